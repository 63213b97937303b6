#include <utility>

#include "adapters/discord/gateway/opcode.hpp"
#include "adapters/discord/gateway/payload.hpp"

namespace nunchi::discord::gateway {
namespace {

using nlohmann::json;

std::string write(Opcode op, json data) {
    const json payload{{"op", static_cast<int>(op)}, {"d", std::move(data)}};
    return payload.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string write_heartbeat(std::optional<Sequence> last) {
    return write(Opcode::heartbeat, last ? json(*last) : json());
}

std::string write_identify(const Identify& identify) {
    const auto& properties = identify.properties;
    json data{
        {"token", identify.token.reveal()},
        {"properties",
         {{"os", properties.os}, {"browser", properties.browser}, {"device", properties.device}}},
        {"compress", false},
        {"large_threshold", 50},
        {"intents", identify.intents},
    };
    data["shard"] = json::array({identify.shard, identify.shard_count});
    return write(Opcode::identify, std::move(data));
}

std::string write_resume(const Resume& resume) {
    json data{{"token", resume.token.reveal()}, {"session_id", resume.session_id}, {"seq", resume.sequence}};
    return write(Opcode::resume, std::move(data));
}

}  // namespace nunchi::discord::gateway
