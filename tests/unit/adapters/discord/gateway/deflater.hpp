// Compresses as Discord does: one stream for a connection, flushed at the end of each message.
#pragma once

#include <zlib.h>
#include <zstd.h>

#include <array>
#include <string>
#include <string_view>

namespace nunchi::discord::gateway {

class ZlibDeflater {
public:
    ZlibDeflater() { deflateInit(&stream_, Z_DEFAULT_COMPRESSION); }
    ~ZlibDeflater() { deflateEnd(&stream_); }
    ZlibDeflater(const ZlibDeflater&) = delete;
    ZlibDeflater& operator=(const ZlibDeflater&) = delete;

    /// Ends with 00 00 ff ff.
    std::string deflate(std::string_view text, int flush = Z_SYNC_FLUSH) {
        std::string out;
        std::array<char, 4096> chunk{};
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
        stream_.avail_in = static_cast<uInt>(text.size());
        do {
            stream_.next_out = reinterpret_cast<Bytef*>(chunk.data());
            stream_.avail_out = chunk.size();
            ::deflate(&stream_, flush);
            out.append(chunk.data(), chunk.size() - stream_.avail_out);
        } while (stream_.avail_out == 0);
        return out;
    }

private:
    z_stream stream_{};
};

class ZstdDeflater {
public:
    ZstdDeflater() : stream_(ZSTD_createCCtx()) {}
    ~ZstdDeflater() { ZSTD_freeCCtx(stream_); }
    ZstdDeflater(const ZstdDeflater&) = delete;
    ZstdDeflater& operator=(const ZstdDeflater&) = delete;

    /// ZSTD_e_flush: the frame goes on. ZSTD_e_end: this message is a frame of its own (D7).
    std::string deflate(std::string_view text, ZSTD_EndDirective end = ZSTD_e_flush) {
        std::string out;
        std::array<char, 4096> chunk{};
        ZSTD_inBuffer in{text.data(), text.size(), 0};
        for (;;) {
            ZSTD_outBuffer buffer{chunk.data(), chunk.size(), 0};
            const std::size_t left = ZSTD_compressStream2(stream_, &buffer, &in, end);
            out.append(chunk.data(), buffer.pos);
            if (left == 0) return out;
        }
    }

private:
    ZSTD_CCtx* stream_;
};

}  // namespace nunchi::discord::gateway
