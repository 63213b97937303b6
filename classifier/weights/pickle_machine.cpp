#include "classifier/weights/pickle_machine.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "classifier/weights/torch_objects.hpp"

namespace nunchi::weights {

api::outcome<Pickle> PickleMachine::run() {
    while (!error_) {
        opcode_position_ = input_.position();
        opcode_ = input_.number<std::uint8_t>();
        const auto opcode = static_cast<PickleOpcode>(opcode_);
        if (!input_.failed() && opcode == PickleOpcode::stop) break;
        if (!input_.failed()) step(opcode);
        if (input_.failed()) {
            fail("the pickle does not end within its " + std::to_string(input_.position() + input_.left()) +
                 " bytes; the file may be an unfinished download");
        }
    }
    if (!error_ && (stack_.size() != 1 || !marks_.empty())) fail("not exactly one value is left at the end");
    if (error_) return *error_;
    pickle_.root = stack_.front();
    pickle_.size = input_.position();
    return std::move(pickle_);
}

void PickleMachine::step(PickleOpcode opcode) {
    if (step_constant(opcode) || step_container(opcode) || step_memo(opcode) || step_object(opcode)) return;
    fail(
        "this opcode does not occur in a state_dict, so it is refused; save the weights alone, with "
        "torch.save(model.state_dict(), \"model.pt\")",
        api::errc::not_supported);
}

bool PickleMachine::step_constant(PickleOpcode opcode) {
    switch (opcode) {
        case PickleOpcode::none: push(PickleNone{}); return true;
        case PickleOpcode::newtrue: push(true); return true;
        case PickleOpcode::newfalse: push(false); return true;
        case PickleOpcode::binint1: push(std::int64_t{input_.number<std::uint8_t>()}); return true;
        case PickleOpcode::binint2: push(std::int64_t{input_.number<std::uint16_t>()}); return true;
        case PickleOpcode::binint:
            push(std::int64_t{static_cast<std::int32_t>(input_.number<std::uint32_t>())});
            return true;
        case PickleOpcode::long1: push_long(input_.number<std::uint8_t>()); return true;
        // The only number that pickle writes with its first byte first.
        case PickleOpcode::binfloat:
            push(std::bit_cast<double>(__builtin_bswap64(input_.number<std::uint64_t>())));
            return true;
        case PickleOpcode::short_binstring:
        case PickleOpcode::short_binunicode: push_text(input_.number<std::uint8_t>()); return true;
        case PickleOpcode::binstring:
        case PickleOpcode::binunicode: push_text(input_.number<std::uint32_t>()); return true;
        default: return false;
    }
}

bool PickleMachine::step_container(PickleOpcode opcode) {
    switch (opcode) {
        case PickleOpcode::mark:
            if (marks_.size() == kMaxPickleDepth) fail("marks nest too deeply");
            marks_.push_back(stack_.size());
            return true;
        case PickleOpcode::empty_tuple: push(PickleTuple{}); return true;
        case PickleOpcode::tuple: push_tuple(pop_to_mark()); return true;
        case PickleOpcode::tuple1: push_tuple(pop(1)); return true;
        case PickleOpcode::tuple2: push_tuple(pop(2)); return true;
        case PickleOpcode::tuple3: push_tuple(pop(3)); return true;
        case PickleOpcode::empty_list: push(PickleList{}); return true;
        case PickleOpcode::append: append(pop(1)); return true;
        case PickleOpcode::appends: append(pop_to_mark()); return true;
        case PickleOpcode::empty_dict: push(PickleDict{}); return true;
        case PickleOpcode::setitem: set_items(pop(2)); return true;
        case PickleOpcode::setitems: set_items(pop_to_mark()); return true;
        default: return false;
    }
}

bool PickleMachine::step_memo(PickleOpcode opcode) {
    switch (opcode) {
        case PickleOpcode::binput: put(input_.number<std::uint8_t>()); return true;
        case PickleOpcode::long_binput: put(input_.number<std::uint32_t>()); return true;
        case PickleOpcode::memoize: put(memoized_); return true;
        case PickleOpcode::binget: get(input_.number<std::uint8_t>()); return true;
        case PickleOpcode::long_binget: get(input_.number<std::uint32_t>()); return true;
        default: return false;
    }
}

bool PickleMachine::step_object(PickleOpcode opcode) {
    constexpr std::uint8_t kNewestProtocol = 5;
    switch (opcode) {
        case PickleOpcode::proto:
            if (input_.number<std::uint8_t>() > kNewestProtocol)
                fail("the pickle's protocol is newer than 5; save it with pickle_protocol=2");
            return true;
        // How many bytes the writer took together; nothing depends on it.
        case PickleOpcode::frame: input_.number<std::uint64_t>(); return true;
        case PickleOpcode::global: find_named_global(); return true;
        case PickleOpcode::stack_global: find_stacked_global(); return true;
        case PickleOpcode::reduce: reduce(); return true;
        case PickleOpcode::build: build(); return true;
        case PickleOpcode::binpersid: load_persistent_id(); return true;
        default: return false;
    }
}

void PickleMachine::find_named_global() {
    const auto module = input_.line(kMaxPickleString);
    const auto name = input_.line(kMaxPickleString);
    if (!input_.failed()) push_result(find_global(module, name));
}

void PickleMachine::find_stacked_global() {
    const auto names = pop(2);
    if (!names) return;
    const auto* module = std::get_if<std::string>(&pickle_.values[names->front()]);
    const auto* name = std::get_if<std::string>(&pickle_.values[names->back()]);
    if (module == nullptr || name == nullptr) return fail("the name of a global must be two strings");
    push_result(find_global(*module, *name));
}

void PickleMachine::reduce() {
    const auto operands = pop(2);
    if (!operands) return;
    const auto* arguments = std::get_if<PickleTuple>(&pickle_.values[operands->back()]);
    if (arguments == nullptr) return fail("the arguments of a call must be a tuple");
    push_result(call(pickle_.values[operands->front()], *arguments, pickle_));
}

void PickleMachine::build() {
    const auto state = pop();
    if (!state) return;
    // An OrderedDict of torch brings its _metadata, the versions of the modules: of no use here.
    const auto* dict = top_as<PickleDict>("an OrderedDict");
    if (dict != nullptr && !dict->is_ordered) fail("BUILD needs an OrderedDict and found a dict");
}

void PickleMachine::load_persistent_id() {
    const auto id = pop();
    if (!id) return;
    const auto* tuple = std::get_if<PickleTuple>(&pickle_.values[*id]);
    if (tuple == nullptr) return fail("a storage must be described by a tuple");
    push_result(load_persistent(*tuple, pickle_));
}

void PickleMachine::push_result(api::outcome<PickleValue> result) {
    if (!result) return fail(result.error().message, static_cast<api::errc>(result.error().code.value()));
    push(std::move(*result));
}

void PickleMachine::fail(std::string why, api::errc code) {
    if (error_) return;
    error_ = api::failure(code, opcode_name(opcode_) + " at file offset " +
                                    std::to_string(file_offset_ + opcode_position_) + ": " + std::move(why));
}

}  // namespace nunchi::weights
