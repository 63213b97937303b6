#include "classifier/weights/torch_legacy.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/weights/byte_reader.hpp"

namespace nunchi::weights {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kMagic = "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19\x2e"sv;
constexpr std::int64_t kProtocol = 1001;

using StoragesByKey = std::map<std::string, StorageBytes, std::less<>>;

api::Failure broken(std::string message) {
    return api::failure(api::errc::bad_format, std::move(message));
}

/// What torch.load checks, too: the protocol, and the byte order of the machine that wrote the file.
std::optional<std::string> system_error(const Pickle& protocol, const Pickle& system) {
    const auto* number = std::get_if<std::int64_t>(&protocol.values[protocol.root]);
    if (number == nullptr || *number != kProtocol)
        return "the protocol is not 1001; save the file again with PyTorch 1.6 or newer";
    const auto* dict = std::get_if<PickleDict>(&system.values[system.root]);
    if (dict == nullptr) return "the description of the system is missing";
    for (const auto& [key, value] : dict->items) {
        const auto* name = std::get_if<std::string>(&system.values[key]);
        const auto* is_little = std::get_if<bool>(&system.values[value]);
        if (name != nullptr && *name == "little_endian" && is_little != nullptr && *is_little)
            return std::nullopt;
    }
    return "the numbers are stored big-endian; load the file in Python and save it again on a usual machine";
}

/// Where each storage lies, in the order of the keys.
api::outcome<StoragesByKey> find_storages(std::span<const std::byte> file, std::size_t offset,
                                          const Pickle& keys, const Pickle& data) {
    const auto* list = std::get_if<PickleList>(&keys.values[keys.root]);
    if (list == nullptr) return broken("the list of storages is missing");
    ByteReader reader(file);
    reader.take(offset);
    StoragesByKey storages;
    for (const auto item : list->items) {
        const auto* key = std::get_if<std::string>(&keys.values[item]);
        const auto known = key == nullptr ? data.storage_of_key.end() : data.storage_of_key.find(*key);
        if (known == data.storage_of_key.end()) return broken("the list of storages names an unknown one");
        const auto& storage = data.storages[known->second];
        const auto at = reader.position();
        const auto count = reader.number<std::uint64_t>();
        if (reader.failed() || count != storage.count || count > reader.left() / item_size(storage.dtype)) {
            return broken("storage " + in_quotes(*key) + " at file offset " + std::to_string(at) +
                          " should have " + std::to_string(storage.count) +
                          " elements; the file may be an unfinished download");
        }
        const auto begin = reader.position();
        storages[*key] = {reader.take(count * item_size(storage.dtype)), begin};
    }
    if (reader.left() > 0) {
        return broken(std::to_string(reader.left()) + " bytes at file offset " +
                      std::to_string(reader.position()) + " belong to no storage");
    }
    return storages;
}

}  // namespace

bool is_torch_legacy(std::span<const std::byte> file) {
    return std::string_view(reinterpret_cast<const char*>(file.data()), file.size()).starts_with(kMagic);
}

api::outcome<TorchTensors> parse_torch_legacy(std::span<const std::byte> file) {
    std::array<Pickle, 4> pickles;
    auto& [protocol, system, data, keys] = pickles;
    auto offset = kMagic.size();
    for (auto& pickle : pickles) {
        auto read = read_pickle(file.subspan(offset), offset);
        if (!read) return read.error();
        pickle = std::move(*read);
        offset += pickle.size;
    }
    if (const auto error = system_error(protocol, system)) return broken(*error);
    const auto storages = find_storages(file, offset, keys, data);
    if (!storages) return storages.error();
    const auto find = [&](const PickledStorage& storage) -> api::outcome<StorageBytes> {
        const auto found = storages->find(storage.key);
        if (found == storages->end()) return broken("storage " + in_quotes(storage.key) + " is missing");
        return found->second;
    };
    return tensors_of(data, find, file.size());
}

}  // namespace nunchi::weights
