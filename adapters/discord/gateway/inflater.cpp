#include "adapters/discord/gateway/inflater.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <limits>

namespace nunchi::discord::gateway {
namespace {

constexpr std::size_t kChunk = 64 * 1024;

/// What one frame may ask for as its window: 8 MiB, which RFC 8878 (3.1.1.1.2) recommends to support.
constexpr int kMaxWindowLog = 23;

class Plain final : public Inflater {
public:
    explicit Plain(std::size_t max_bytes) : max_bytes_(max_bytes) {}

    result<std::string> inflate(std::string_view message) override {
        if (message.size() > max_bytes_) return errc::too_large;
        return std::string(message);
    }

private:
    std::size_t max_bytes_;
};

class Zlib final : public Inflater {
public:
    explicit Zlib(std::size_t max_bytes) : max_bytes_(max_bytes) {
        is_usable_ = inflateInit(&stream_) == Z_OK;
    }
    ~Zlib() override { inflateEnd(&stream_); }
    Zlib(const Zlib&) = delete;
    Zlib& operator=(const Zlib&) = delete;

    result<std::string> inflate(std::string_view message) override {
        using namespace std::string_view_literals;
        if (waiting_.size() + message.size() > max_bytes_) return errc::too_large;
        waiting_ += message;
        // A message ends with a sync flush and may come in several frames (1.9).
        if (!waiting_.ends_with("\0\0\xff\xff"sv)) return std::string();
        const std::string whole = std::exchange(waiting_, {});
        return inflate_whole(whole);
    }

private:
    result<std::string> inflate_whole(std::string_view bytes) {
        if (!is_usable_ || bytes.size() > std::numeric_limits<uInt>::max()) return errc::damaged;
        std::string text;
        // zlib's own interface takes what it only reads as not const.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_.avail_in = static_cast<uInt>(bytes.size());
        do {
            const int status = step(text);
            if (text.size() > max_bytes_) return errc::too_large;
            if (status == Z_BUF_ERROR) break;
            if (status != Z_OK && status != Z_STREAM_END) return errc::damaged;
            // Some servers make each message a stream of its own (as D7).
            if (status == Z_STREAM_END && inflateReset(&stream_) != Z_OK) return errc::damaged;
        } while (stream_.avail_in > 0 || is_more_behind_);
        return text;
    }

    int step(std::string& text) {
        std::array<char, kChunk> out;
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = out.size();
        const int status = ::inflate(&stream_, Z_SYNC_FLUSH);
        text.append(out.data(), out.size() - stream_.avail_out);
        is_more_behind_ = stream_.avail_out == 0;
        return status;
    }

    std::size_t max_bytes_;
    z_stream stream_{};
    bool is_usable_ = false;
    bool is_more_behind_ = false;  // the last step filled all the room it had
    std::string waiting_;
};

class Zstd final : public Inflater {
public:
    explicit Zstd(std::size_t max_bytes)
        : max_bytes_(max_bytes), stream_(ZSTD_createDStream(), ZSTD_freeDStream) {
        if (stream_) ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
    }

    result<std::string> inflate(std::string_view message) override {
        if (!stream_) return errc::damaged;
        if (message.size() > max_bytes_) return errc::too_large;
        std::string text;
        ZSTD_inBuffer in{.src = message.data(), .size = message.size(), .pos = 0};
        bool is_more_behind = !message.empty();
        while (in.pos < in.size || is_more_behind) {
            std::array<char, kChunk> chunk;
            ZSTD_outBuffer out{.dst = chunk.data(), .size = chunk.size(), .pos = 0};
            // A return value above zero only says that the frame goes on; at zero the next one may begin
            // (D7).
            const std::size_t left = ZSTD_decompressStream(stream_.get(), &out, &in);
            if (ZSTD_isError(left) != 0) return errc::damaged;
            text.append(chunk.data(), out.pos);
            if (text.size() > max_bytes_) return errc::too_large;
            is_more_behind = out.pos == out.size;
        }
        return text;
    }

private:
    std::size_t max_bytes_;
    std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream_;
};

}  // namespace

std::unique_ptr<Inflater> create_inflater(Compression compression, std::size_t max_bytes) {
    switch (compression) {
        case Compression::none: return std::make_unique<Plain>(max_bytes);
        case Compression::zlib_stream: return std::make_unique<Zlib>(max_bytes);
        case Compression::zstd_stream: return std::make_unique<Zstd>(max_bytes);
    }
    return std::make_unique<Plain>(max_bytes);
}

}  // namespace nunchi::discord::gateway
