#include "classifier/weights/pickle.hpp"

#include "classifier/weights/pickle_machine.hpp"

namespace nunchi::weights {

api::outcome<Pickle> read_pickle(std::span<const std::byte> bytes, std::size_t file_offset) {
    if (bytes.size() <= kMaxPickleBytes) return PickleMachine(bytes, file_offset).run();
    return PickleMachine(bytes.first(kMaxPickleBytes), file_offset).run();
}

std::string describe_value(const PickleValue& value) {
    struct Describe {
        std::string operator()(const PickleNone&) const { return "None"; }
        std::string operator()(bool) const { return "a truth value"; }
        std::string operator()(std::int64_t number) const { return "the number " + std::to_string(number); }
        std::string operator()(double) const { return "a number"; }
        std::string operator()(const std::string& text) const { return "the string " + in_quotes(text); }
        std::string operator()(const PickleTuple&) const { return "a tuple"; }
        std::string operator()(const PickleList&) const { return "a list"; }
        std::string operator()(const PickleDict&) const { return "a dict"; }
        std::string operator()(PickleCallable) const { return "a function"; }
        std::string operator()(StorageType) const { return "a type of storages"; }
        std::string operator()(StorageRef) const { return "a storage"; }
        std::string operator()(TensorRef) const { return "a tensor"; }
    };
    return std::visit(Describe{}, value);
}

}  // namespace nunchi::weights
