// The virtual machine behind read_pickle: stack, marks and memo.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/weights/byte_reader.hpp"
#include "classifier/weights/pickle.hpp"
#include "classifier/weights/pickle_opcode.hpp"

namespace nunchi::weights {

/// Runs one pickle, once. The first error ends it.
class PickleMachine {
public:
    PickleMachine(std::span<const std::byte> bytes, std::size_t file_offset)
        : input_(bytes), file_offset_(file_offset) {}

    api::outcome<Pickle> run();

private:
    using Refs = std::vector<PickleRef>;

    /// One opcode; each group of them knows its own and leaves the others to the next.
    void step(PickleOpcode opcode);
    bool step_constant(PickleOpcode opcode);
    bool step_container(PickleOpcode opcode);
    bool step_memo(PickleOpcode opcode);
    bool step_object(PickleOpcode opcode);

    void push(PickleValue value, std::size_t depth = 0);
    void push_text(std::size_t size);
    void push_long(std::size_t size);
    void push_tuple(const std::optional<Refs>& items);
    void push_result(api::outcome<PickleValue> result);

    std::optional<PickleRef> pop();
    std::optional<Refs> pop(std::size_t count);
    std::optional<Refs> pop_to_mark();

    void append(const std::optional<Refs>& items);
    void set_items(const std::optional<Refs>& keys_and_values);
    void put(std::size_t index);
    void get(std::size_t index);
    void find_named_global();
    void find_stacked_global();
    void reduce();
    void build();
    void load_persistent_id();

    /// The value on top of the stack when it is a T; else an error that names what it is.
    template <typename T>
    T* top_as(std::string_view expected);
    bool grow_depth(PickleRef container, PickleRef item);
    void fail(std::string why, api::errc code = api::errc::bad_format);

    ByteReader input_;
    std::size_t file_offset_;
    std::size_t opcode_position_ = 0;
    std::uint8_t opcode_ = 0;
    Pickle pickle_;
    std::vector<std::uint8_t> depths_;  // of pickle_.values: 0 for what holds nothing
    Refs stack_;
    std::vector<std::size_t> marks_;              // heights of the stack
    std::vector<std::optional<PickleRef>> memo_;  // by index
    std::size_t memoized_ = 0;                    // what MEMOIZE numbers
    std::optional<api::Failure> error_;
};

}  // namespace nunchi::weights
