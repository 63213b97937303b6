#include "classifier/weights/torch_file.hpp"

#include <string>
#include <utility>

#include "classifier/weights/foreign_format.hpp"
#include "classifier/weights/torch_legacy.hpp"
#include "classifier/weights/torch_zip.hpp"

namespace nunchi::weights {
namespace {

using namespace std::string_view_literals;

bool is_zip(std::span<const std::byte> file) {
    return std::string_view(reinterpret_cast<const char*>(file.data()), file.size()).starts_with("PK\3\4"sv);
}

}  // namespace

api::outcome<TorchTensors> parse_torch(std::span<const std::byte> file) {
    // By the first bytes and never by the name, and no other reader is tried when one fails.
    if (is_zip(file)) return parse_torch_zip(file);
    if (is_torch_legacy(file)) return parse_torch_legacy(file);
    if (const auto foreign = describe_foreign_format(file, WeightsFormat::torch))
        return api::failure(api::errc::not_supported, std::string(*foreign));
    return api::failure(
        api::errc::bad_format,
        "this is no file of torch.save (it begins neither as a zip archive nor with torch's magic "
        "number); is it an unfinished download?");
}

api::outcome<TorchFile> TorchFile::open(const std::filesystem::path& path) {
    auto file = MappedFile::open(path);
    if (!file) return file.error();
    auto content = parse_torch(file->bytes());
    if (!content) return api::Failure{content.error().code, path.string() + ": " + content.error().message};
    return TorchFile(std::move(*file), std::move(*content));
}

TorchFile::TorchFile(MappedFile file, TorchTensors content)
    : file_(std::move(file)), content_(std::move(content)) {}

std::string_view TorchFile::format() const {
    return is_torch_legacy(file_.bytes()) ? "torch legacy" : "torch zip";
}

}  // namespace nunchi::weights
