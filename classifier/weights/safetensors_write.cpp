#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "classifier/weights/atomic_file.hpp"
#include "classifier/weights/safetensors.hpp"
#include "classifier/weights/safetensors_header.hpp"

namespace nunchi::weights {
namespace {

using Json = nlohmann::ordered_json;

/// nlohmann drops or replaces invalid bytes on request and otherwise throws; where both give the same there
/// are none.
bool is_utf8(const std::string& text) {
    const Json value(text);
    return value.dump(-1, ' ', false, Json::error_handler_t::ignore) ==
           value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

api::Failure cannot_write(const TensorView& tensor, std::string_view why) {
    return api::failure(api::errc::bad_format,
                        "cannot write tensor " + in_quotes(tensor.name) + ": " + std::string(why));
}

api::outcome<void> check(const TensorView& tensor, const Json& header) {
    if (tensor.name == "__metadata__" || !is_utf8(tensor.name))
        return cannot_write(tensor, "its name is not allowed");
    if (header.contains(tensor.name)) return cannot_write(tensor, "another one has the same name");
    const auto size = byte_size(tensor.dtype, tensor.shape);
    if (size == tensor.bytes.size() && tensor.shape.size() <= kMaxRank) return {};
    return cannot_write(tensor, std::string(name_of(tensor.dtype)) + " of shape " +
                                    describe_shape(tensor.shape) + " does not take " +
                                    std::to_string(tensor.bytes.size()) + " bytes");
}

api::outcome<Json> metadata_json(const std::map<std::string, std::string>& metadata) {
    Json json = Json::object();
    for (const auto& [key, value] : metadata) {
        if (!is_utf8(key) || !is_utf8(value)) {
            return api::failure(api::errc::bad_format,
                                "cannot write the metadata " + in_quotes(key) + ": it is not UTF-8");
        }
        json[key] = value;
    }
    return json;
}

api::outcome<std::string> header_of(const std::vector<const TensorView*>& tensors,
                                    const std::map<std::string, std::string>& metadata) {
    Json header = Json::object();
    if (!metadata.empty()) {
        auto json = metadata_json(metadata);
        if (!json) return json.error();
        header["__metadata__"] = std::move(*json);
    }
    std::size_t offset = 0;
    for (const TensorView* tensor : tensors) {
        if (const auto checked = check(*tensor, header); !checked) return checked.error();
        const std::size_t end = offset + tensor->bytes.size();
        header[tensor->name] = {
            {"dtype", name_of(tensor->dtype)}, {"shape", tensor->shape}, {"data_offsets", {offset, end}}};
        offset = end;
    }
    std::string text = header.dump();
    // The data begin at a multiple of 8, so that with the sorting each tensor is aligned in a mapped file.
    text.resize((text.size() + 7) / 8 * 8, ' ');
    return text;
}

std::string little_endian_64(std::uint64_t value) {
    std::string bytes;
    for (int i = 0; i < 8; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xff);
    return bytes;
}

std::vector<const TensorView*> in_writing_order(std::span<const TensorView> tensors) {
    std::vector<const TensorView*> order;
    for (const TensorView& tensor : tensors) order.push_back(&tensor);
    std::ranges::stable_sort(order, [](const TensorView* a, const TensorView* b) {
        return a->dtype != b->dtype ? a->dtype > b->dtype : a->name < b->name;
    });
    return order;
}

}  // namespace

api::outcome<void> write_safetensors(const std::filesystem::path& path, std::span<const TensorView> tensors,
                                     const std::map<std::string, std::string>& metadata) {
    const std::vector<const TensorView*> order = in_writing_order(tensors);
    const auto header = header_of(order, metadata);
    if (!header) return api::Failure{header.error().code, path.string() + ": " + header.error().message};

    auto file = AtomicFile::create(path);
    if (!file) return file.error();
    const std::string start = little_endian_64(header->size()) + *header;
    if (auto written = file->write(std::as_bytes(std::span(start))); !written) return written;
    for (const TensorView* tensor : order) {
        if (auto written = file->write(tensor->bytes); !written) return written;
    }
    return file->commit();
}

}  // namespace nunchi::weights
