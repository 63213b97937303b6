#include "classifier/weights/foreign_format.hpp"

#include <algorithm>
#include <array>

namespace nunchi::weights {
namespace {

using namespace std::string_view_literals;

struct Format {
    std::size_t offset;
    std::string_view mark;
    std::string_view advice;
};

constexpr std::string_view kTorchAdvice =
    "this is a PyTorch checkpoint, not safetensors; convert it once with 'nunchi model import'"sv;
constexpr std::string_view kPickleAdvice =
    "this is a Python pickle, but none of torch.save; save the weights with torch.save(model.state_dict(), "
    "\"model.pt\")"sv;
constexpr std::string_view kPageAdvice =
    "this is a web page, not weights; download the file itself (on a hub: 'resolve', not 'blob')"sv;
constexpr std::string_view kPointerAdvice =
    "this is a Git LFS pointer, not the weights themselves; run 'git lfs pull' in the folder that it came "
    "from, or download the file from its web page"sv;

constexpr std::array kFormats{
    Format{0, "version https://git-lfs"sv, kPointerAdvice},
    Format{0, "<!DOCTYPE"sv, kPageAdvice},
    Format{0, "<!doctype"sv, kPageAdvice},
    Format{0, "<html"sv, kPageAdvice},
    Format{0, "\x1f\x8b"sv, "this is a gzip archive; unpack it first"sv},
    Format{0, "GGUF"sv, "this is a GGUF file; Nunchi reads safetensors and PyTorch's state_dicts"sv},
    Format{257, "ustar"sv,
           "this is a tar archive; unpack it and import the folder or the checkpoint inside"sv},
};

std::string_view as_text(std::span<const std::byte> file) {
    return {reinterpret_cast<const char*>(file.data()), file.size()};
}

bool is_pickle(std::string_view text) {
    return text.starts_with("\x80\x02"sv) || text.starts_with("\x80\x03"sv) ||
           text.starts_with("\x80\x04"sv) || text.starts_with("\x80\x05"sv);
}

/// A zip lists its entries at its end; torch.save's archives have one called <folder>/data.pkl.
std::string_view describe_zip(std::string_view text) {
    constexpr std::size_t kListing = 1 << 20;
    const std::string_view end = text.substr(text.size() - std::min(text.size(), kListing));
    if (end.find("/data.pkl") != std::string_view::npos) return kTorchAdvice;
    return "this is a zip archive, not safetensors; unpack it and name the model.safetensors inside"sv;
}

std::optional<std::string_view> describe_for_torch(std::string_view text) {
    if (is_pickle(text)) return kPickleAdvice;
    return std::nullopt;
}

std::optional<std::string_view> describe_for_safetensors(std::string_view text) {
    if (text.starts_with("PK\x03\x04"sv)) return describe_zip(text);
    if (is_pickle(text)) return kTorchAdvice;
    return std::nullopt;
}

}  // namespace

/// A header of 640 bytes begins like a pickle (80 02) and one of 35,615 like gzip, so more than the first
/// bytes of the length have to be looked at.
bool looks_like_safetensors(std::span<const std::byte> file) {
    const auto text = as_text(file);
    return text.size() > 8 && text.substr(4, 4) == "\0\0\0\0"sv && text[8] == '{';
}

std::optional<std::string_view> describe_foreign_format(std::span<const std::byte> file,
                                                        WeightsFormat wanted) {
    const auto text = as_text(file);
    if (looks_like_safetensors(file)) {
        if (wanted == WeightsFormat::safetensors) return std::nullopt;
        return "this is a safetensors file; call it model.safetensors, in the folder that it came from"sv;
    }
    for (const Format& format : kFormats) {
        if (text.size() > format.offset && text.substr(format.offset).starts_with(format.mark))
            return format.advice;
    }
    return wanted == WeightsFormat::torch ? describe_for_torch(text) : describe_for_safetensors(text);
}

}  // namespace nunchi::weights
