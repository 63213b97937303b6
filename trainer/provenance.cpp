#include "trainer/provenance.hpp"

#include "config/build_info.hpp"

namespace nunchi::trainer {

nlohmann::ordered_json software_provenance() {
    const auto& build = config::build_info();
    return {{"nunchi", build.version},
            {"commit", build.commit},
            {"libtorch", NUNCHI_TORCH_VERSION},
            {"sentencepiece", NUNCHI_SENTENCEPIECE_VERSION},
            {"utf8proc", NUNCHI_UTF8PROC_VERSION}};
}

}  // namespace nunchi::trainer
