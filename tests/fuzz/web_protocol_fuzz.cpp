// uses: nunchi_web
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <variant>

#include "adapters/web/protocol.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view frame(reinterpret_cast<const char*>(data), size);
    const auto parsed = nunchi::web::parse_from_page(frame);
    if (!parsed) return 0;
    // What was taken in can be written out again.
    if (const auto* message = std::get_if<nunchi::web::PageMessage>(&*parsed)) {
        nunchi::web::to_json(nunchi::web::Ack{message->id});
        nunchi::web::to_json(nunchi::web::PageNotice{message->id, "too_long", message->text});
    }
    return 0;
}
