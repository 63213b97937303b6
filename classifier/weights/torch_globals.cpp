#include <algorithm>
#include <array>
#include <string>

#include "classifier/weights/torch_objects.hpp"

namespace nunchi::weights {
namespace {

struct Global {
    std::string_view module;
    std::string_view name;
    PickleValue (*value)();
};

template <PickleCallable Callable>
PickleValue callable_value() {
    return Callable;
}

template <Dtype Type>
PickleValue storage_type() {
    return StorageType{Type};
}

constexpr std::array kGlobals{
    Global{"collections", "OrderedDict", callable_value<PickleCallable::ordered_dict>},
    Global{"torch._utils", "_rebuild_tensor_v2", callable_value<PickleCallable::rebuild_tensor_v2>},
    Global{"torch._utils", "_rebuild_parameter", callable_value<PickleCallable::rebuild_parameter>},
    Global{"torch", "FloatStorage", storage_type<Dtype::f32>},
    Global{"torch", "HalfStorage", storage_type<Dtype::f16>},
    Global{"torch", "BFloat16Storage", storage_type<Dtype::bf16>},
    Global{"torch", "DoubleStorage", storage_type<Dtype::f64>},
    Global{"torch", "LongStorage", storage_type<Dtype::i64>},
    Global{"torch", "IntStorage", storage_type<Dtype::i32>},
    Global{"torch", "ShortStorage", storage_type<Dtype::i16>},
    Global{"torch", "CharStorage", storage_type<Dtype::i8>},
    Global{"torch", "ByteStorage", storage_type<Dtype::u8>},
    Global{"torch", "BoolStorage", storage_type<Dtype::boolean>},
};

constexpr std::string_view kSaveStateDict =
    "save the weights alone, with torch.save(model.state_dict(), \"model.pt\"), and import that file";

/// The words for who asks why the file is refused: a class of a notebook says something else than os.system.
std::string refusal(std::string_view module, std::string_view name) {
    std::string global(in_quotes(std::string(module) + "." + std::string(name)));
    const auto starts_with = [module](std::string_view prefix) { return module.starts_with(prefix); };
    if (module == "__main__" || starts_with("torch.nn") || starts_with("transformers"))
        return global +
               ": the file holds a whole model object, not its weights, and Nunchi runs no code of files; " +
               std::string(kSaveStateDict);
    if (starts_with("__torch__"))
        return global + ": the file is a TorchScript program; in Python, " + std::string(kSaveStateDict);
    if (starts_with("torch"))
        return global + " is not supported: only dense tensors of the usual number types are; in Python, " +
               std::string(kSaveStateDict);
    return global + " is not allowed: a file of weights needs it not, and it could run code; " +
           std::string(kSaveStateDict);
}

}  // namespace

api::outcome<PickleValue> find_global(std::string_view module, std::string_view name) {
    const auto* found = std::find_if(kGlobals.begin(), kGlobals.end(), [&](const Global& global) {
        return global.module == module && global.name == name;
    });
    if (found == kGlobals.end()) return api::failure(api::errc::not_supported, refusal(module, name));
    return found->value();
}

}  // namespace nunchi::weights
