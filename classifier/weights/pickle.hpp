// A restricted reader of Python pickles: dictionaries, lists, tuples, numbers, strings and tensors without
// their bytes. Nothing is imported or called. https://github.com/python/cpython/blob/main/Lib/pickletools.py
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "classifier/api/error.hpp"
#include "classifier/weights/tensor_view.hpp"

namespace nunchi::weights {

/// Values refer to each other by their place in Pickle::values, so that a dictionary that holds itself
/// neither leaks nor needs recursion.
using PickleRef = std::uint32_t;

struct PickleNone {};

struct PickleTuple {
    std::vector<PickleRef> items;
};

struct PickleList {
    std::vector<PickleRef> items;
};

struct PickleDict {
    std::vector<std::pair<PickleRef, PickleRef>> items;  // as written; keys are strings or whole numbers
    bool is_ordered = false;                             // collections.OrderedDict
};

/// What a pickle may call (REDUCE); each has its meaning in torch_objects.cpp and runs no code of the file.
enum class PickleCallable : std::uint8_t { ordered_dict, rebuild_tensor_v2, rebuild_parameter };

/// torch.FloatStorage and its like.
struct StorageType {
    Dtype dtype = Dtype::f32;
};

struct StorageRef {
    std::uint32_t index = 0;  // in Pickle::storages
};

struct TensorRef {
    std::uint32_t index = 0;  // in Pickle::tensors
};

using PickleValue = std::variant<PickleNone, bool, std::int64_t, double, std::string, PickleTuple, PickleList,
                                 PickleDict, PickleCallable, StorageType, StorageRef, TensorRef>;

/// Elements that tensors share. Each key of a file comes once, with one type and count.
struct PickledStorage {
    Dtype dtype = Dtype::f32;
    std::string key;
    std::size_t count = 0;
};

/// A view of a storage. Every element lies inside of it, and the size of the shape fits in 63 bits.
struct PickledTensor {
    std::uint32_t storage = 0;  // in Pickle::storages
    std::size_t offset = 0;     // in elements, as the strides
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;
};

struct Pickle {
    std::vector<PickleValue> values;
    std::vector<PickledStorage> storages;
    std::map<std::string, std::uint32_t, std::less<>> storage_of_key;  // its place in `storages`
    std::vector<PickledTensor> tensors;
    PickleRef root = 0;    // of `values`
    std::size_t size = 0;  // bytes read, STOP included
};

/// Beyond what files of BERT's size need: theirs take some hundred kilobytes and nest six deep.
inline constexpr std::size_t kMaxPickleBytes = std::size_t{4} << 20;
inline constexpr std::size_t kMaxPickleStack = std::size_t{1} << 16;
inline constexpr std::size_t kMaxPickleMemo = std::size_t{1} << 20;
inline constexpr std::size_t kMaxPickleString = std::size_t{1} << 16;
inline constexpr std::size_t kMaxPickleDepth = 64;
inline constexpr std::size_t kMaxPickleTensors = std::size_t{1} << 16;

/// Runs the pickle at the start of `bytes` up to its STOP; what follows is not looked at. `file_offset` is
/// where `bytes` begin, for messages only. errc::not_supported for an opcode or a global that is not on the
/// list, errc::bad_format for everything else; the message names the opcode, its file offset and what to do.
api::outcome<Pickle> read_pickle(std::span<const std::byte> bytes, std::size_t file_offset);

/// "a dict", "a tensor", "the string \"model\"": for messages.
std::string describe_value(const PickleValue& value);

}  // namespace nunchi::weights
