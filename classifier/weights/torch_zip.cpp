#include "classifier/weights/torch_zip.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/weights/zip_directory.hpp"

namespace nunchi::weights {
namespace {

constexpr std::string_view kPickle = "/data.pkl";

/// "archive" of "archive/data.pkl"; nothing when no entry is called so.
std::optional<std::string> top_folder(const std::vector<ZipEntry>& entries) {
    for (const auto& entry : entries) {
        if (entry.name.size() <= kPickle.size() || !entry.name.ends_with(kPickle)) continue;
        auto top = entry.name.substr(0, entry.name.size() - kPickle.size());
        if (top.find('/') == std::string::npos) return top;
    }
    return std::nullopt;
}

class TorchZip {
public:
    TorchZip(std::span<const std::byte> file, const std::vector<ZipEntry>& entries, std::string top)
        : file_(file), top_(std::move(top)) {
        for (const auto& entry : entries) entries_.emplace(entry.name, &entry);
    }

    api::outcome<StorageBytes> entry(const std::string& name) const {
        const auto found = entries_.find(top_ + "/" + name);
        if (found == entries_.end())
            return api::failure(api::errc::bad_format, "the zip archive lacks its entry " +
                                                           in_quotes(top_ + "/" + name) +
                                                           "; download or copy the file again");
        const auto bytes = bytes_of(file_, *found->second);
        if (!bytes) return bytes.error();
        return StorageBytes{*bytes, found->second->data_offset};
    }

    /// PyTorch writes "little" or "big" since 2.0; older files are as the machine was, and those were little.
    bool is_big_endian() const {
        const auto order = entry("byteorder");
        return order && std::string_view(reinterpret_cast<const char*>(order->bytes.data()),
                                         order->bytes.size()) != "little";
    }

private:
    std::span<const std::byte> file_;
    std::string top_;
    std::map<std::string_view, const ZipEntry*> entries_;
};

}  // namespace

api::outcome<TorchTensors> parse_torch_zip(std::span<const std::byte> file) {
    auto directory = read_zip_directory(file);
    if (!directory) return directory.error();
    const auto top = top_folder(directory->entries);
    if (!top) {
        return api::failure(
            api::errc::not_supported,
            "this is a zip archive, but none of torch.save (it has no data.pkl); unpack it and "
            "import the folder with config.json and pytorch_model.bin inside");
    }
    if (auto checked = check_stored(file, *directory); !checked) return checked.error();

    const TorchZip archive(file, directory->entries, *top);
    if (archive.is_big_endian()) {
        return api::failure(
            api::errc::not_supported,
            "the numbers are stored big-endian; load the file in Python and save it again on a usual "
            "machine");
    }
    const auto data = archive.entry("data.pkl");
    if (!data) return data.error();
    const auto pickle = read_pickle(data->bytes, data->file_offset);
    if (!pickle) return pickle.error();
    return tensors_of(
        *pickle, [&](const PickledStorage& storage) { return archive.entry("data/" + storage.key); },
        file.size());
}

}  // namespace nunchi::weights
