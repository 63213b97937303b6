#include "classifier/weights/foreign_format.hpp"

#include <algorithm>
#include <array>

namespace nunchi::weights {
namespace {

using namespace std::string_view_literals;

struct Format {
    std::string_view start;
    std::string_view advice;
};

constexpr std::string_view kTorchAdvice =
    "this is a PyTorch checkpoint, not safetensors; convert it once with 'nunchi model import'"sv;

constexpr std::array kFormats{
    Format{"version https://git-lfs"sv,
           "this is a Git LFS pointer, not the weights themselves; run 'git lfs pull' in the folder that it "
           "came "
           "from, or download the file from its web page"sv},
    Format{"<!DOCTYPE"sv,
           "this is a web page, not weights; download the file itself (on a hub: 'resolve', not 'blob')"sv},
    Format{"<!doctype"sv,
           "this is a web page, not weights; download the file itself (on a hub: 'resolve', not 'blob')"sv},
    Format{"<html"sv,
           "this is a web page, not weights; download the file itself (on a hub: 'resolve', not 'blob')"sv},
    Format{"\x80\x02"sv, kTorchAdvice},
    Format{"\x80\x03"sv, kTorchAdvice},
    Format{"\x80\x04"sv, kTorchAdvice},
    Format{"\x1f\x8b"sv, "this is a gzip archive; unpack it first"sv},
    Format{"GGUF"sv, "this is a GGUF file; Nunchi reads safetensors"sv},
};

/// A zip lists its entries at its end; torch.save's archives have one called <folder>/data.pkl.
std::string_view describe_zip(std::string_view text) {
    constexpr std::size_t kListing = 1 << 20;
    const std::string_view end = text.substr(text.size() - std::min(text.size(), kListing));
    if (end.find("/data.pkl") != std::string_view::npos) return kTorchAdvice;
    return "this is a zip archive, not safetensors; unpack it and name the model.safetensors inside"sv;
}

/// A header of 640 bytes begins like a pickle (80 02) and one of 35,615 like gzip, so a safetensors file is
/// told by what only it has: a length whose upper half is 0, and then a brace.
bool looks_like_safetensors(std::string_view text) {
    return text.size() > 8 && text.substr(4, 4) == "\0\0\0\0"sv && text[8] == '{';
}

}  // namespace

std::optional<std::string_view> describe_foreign_format(std::span<const std::byte> file) {
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    if (looks_like_safetensors(text)) return std::nullopt;
    if (text.starts_with("PK\x03\x04"sv)) return describe_zip(text);
    for (const Format& format : kFormats) {
        if (text.starts_with(format.start)) return format.advice;
    }
    return std::nullopt;
}

}  // namespace nunchi::weights
