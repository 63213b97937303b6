#include "adapters/slack/web_api/describe.hpp"

namespace nunchi::slack::web_api {

std::string describe(Method method, const Reading& reading) {
    std::string text = std::string(traits(method).name) + ": ";
    if (reading.error_code.empty()) return text + "HTTP " + std::to_string(reading.status);
    text += reading.error_code;
    if (!reading.needed.empty()) text += " (needs " + reading.needed + ", has " + reading.provided + ")";
    return text;
}

std::string describe(Method method, boost::system::error_code error) {
    return std::string(traits(method).name) + ": " + error.message();
}

Failure failure_of(Method method, const Reading& reading, boost::system::error_code code) {
    return {.code = code,
            .status = reading.status,
            .error = reading.error,
            .error_code = reading.error_code,
            .needed = reading.needed,
            .provided = reading.provided,
            .message = describe(method, reading)};
}

Failure failure_of(Method method, boost::system::error_code code) {
    return {.code = code, .message = describe(method, code)};
}

}  // namespace nunchi::slack::web_api
