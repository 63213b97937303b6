// What the machine does with its stack, its memo and its containers.
#include <algorithm>
#include <ranges>
#include <utility>

#include "classifier/weights/pickle_machine.hpp"

namespace nunchi::weights {

void PickleMachine::push(PickleValue value, std::size_t depth) {
    if (stack_.size() == kMaxPickleStack) return fail("the stack grows too large");
    if (depth > kMaxPickleDepth) return fail("containers nest too deeply");
    stack_.push_back(static_cast<PickleRef>(pickle_.values.size()));
    pickle_.values.push_back(std::move(value));
    depths_.push_back(static_cast<std::uint8_t>(depth));
}

void PickleMachine::push_text(std::size_t size) {
    if (size > kMaxPickleString)
        return fail("a string of " + std::to_string(size) + " bytes, more than the allowed " +
                    std::to_string(kMaxPickleString));
    push(std::string(input_.text(size)));
}

void PickleMachine::push_long(std::size_t size) {
    constexpr std::size_t kBytes = 8;
    if (size > kBytes)
        return fail("a whole number of " + std::to_string(size) + " bytes, more than the allowed 8");
    std::uint64_t value = 0;
    std::uint8_t last = 0;
    for (std::size_t i = 0; i < size; ++i) {
        last = input_.number<std::uint8_t>();
        value |= std::uint64_t{last} << (8 * i);
    }
    const bool is_negative = (last & 0x80) != 0;
    if (is_negative && size < kBytes) value |= ~std::uint64_t{0} << (8 * size);
    push(static_cast<std::int64_t>(value));
}

void PickleMachine::push_tuple(const std::optional<Refs>& items) {
    if (!items) return;
    std::size_t depth = 0;
    for (const auto item : *items) depth = std::max<std::size_t>(depth, depths_[item]);
    push(PickleTuple{*items}, depth + 1);
}

std::optional<PickleRef> PickleMachine::pop() {
    // What lies below the last mark belongs to the container that is being gathered.
    if (stack_.size() <= (marks_.empty() ? 0 : marks_.back())) {
        fail("it needs more values than the stack holds");
        return std::nullopt;
    }
    const auto top = stack_.back();
    stack_.pop_back();
    return top;
}

std::optional<PickleMachine::Refs> PickleMachine::pop(std::size_t count) {
    Refs items(count);
    for (auto& item : items | std::views::reverse) {
        const auto top = pop();
        if (!top) return std::nullopt;
        item = *top;
    }
    return items;
}

std::optional<PickleMachine::Refs> PickleMachine::pop_to_mark() {
    if (marks_.empty()) {
        fail("no MARK is before it");
        return std::nullopt;
    }
    const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(marks_.back());
    Refs items(first, stack_.end());
    stack_.erase(first, stack_.end());
    marks_.pop_back();
    return items;
}

template <typename T>
T* PickleMachine::top_as(std::string_view expected) {
    const bool has_top = stack_.size() > (marks_.empty() ? 0 : marks_.back());
    auto* value = has_top ? &pickle_.values[stack_.back()] : nullptr;
    auto* found = value == nullptr ? nullptr : std::get_if<T>(value);
    if (found == nullptr)
        fail("it needs " + std::string(expected) + " and found " +
             (value == nullptr ? "nothing" : describe_value(*value)) +
             "; the file is damaged or made to do harm");
    return found;
}

template PickleDict* PickleMachine::top_as<PickleDict>(std::string_view);

bool PickleMachine::grow_depth(PickleRef container, PickleRef item) {
    const auto depth = std::max<std::size_t>(depths_[container], std::size_t{depths_[item]} + 1);
    if (depth > kMaxPickleDepth) fail("containers nest too deeply");
    depths_[container] = static_cast<std::uint8_t>(depth);
    return !error_;
}

void PickleMachine::append(const std::optional<Refs>& items) {
    if (!items) return;
    auto* list = top_as<PickleList>("a list");
    if (list == nullptr) return;
    for (const auto item : *items) {
        if (!grow_depth(stack_.back(), item)) return;
        list->items.push_back(item);
    }
}

void PickleMachine::set_items(const std::optional<Refs>& keys_and_values) {
    if (!keys_and_values) return;
    auto* dict = top_as<PickleDict>("a dict");
    if (dict == nullptr) return;
    if (keys_and_values->size() % 2 != 0) return fail("a key is there without a value");
    for (std::size_t i = 0; i < keys_and_values->size(); i += 2) {
        const auto key = (*keys_and_values)[i];
        const auto value = (*keys_and_values)[i + 1];
        const bool is_key = std::holds_alternative<std::string>(pickle_.values[key]) ||
                            std::holds_alternative<std::int64_t>(pickle_.values[key]);
        if (!is_key)
            return fail("a key is " + describe_value(pickle_.values[key]) + ", not a string or a number");
        if (!grow_depth(stack_.back(), value)) return;
        dict->items.emplace_back(key, value);
    }
}

void PickleMachine::put(std::size_t index) {
    if (input_.failed()) return;
    if (index >= kMaxPickleMemo) return fail("memo index " + std::to_string(index) + " is too large");
    const auto top = pop();
    if (!top) return;
    stack_.push_back(*top);
    if (index >= memo_.size()) memo_.resize(index + 1);
    if (!memo_[index]) ++memoized_;
    memo_[index] = *top;
}

void PickleMachine::get(std::size_t index) {
    if (input_.failed()) return;
    if (index >= memo_.size() || !memo_[index])
        return fail("memo index " + std::to_string(index) + " is not set");
    if (stack_.size() == kMaxPickleStack) return fail("the stack grows too large");
    stack_.push_back(*memo_[index]);
}

}  // namespace nunchi::weights
