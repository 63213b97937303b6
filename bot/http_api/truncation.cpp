#include "bot/http_api/truncation.hpp"

namespace nunchi::http_api {

api::Encoded with_beginning_cut(api::Encoded whole, std::size_t max_tokens) {
    if (whole.ids.size() <= max_tokens) return whole;
    const auto surplus = static_cast<std::ptrdiff_t>(whole.ids.size() - max_tokens);
    whole.ids.erase(whole.ids.begin() + 1, whole.ids.begin() + 1 + surplus);
    return whole;
}

}  // namespace nunchi::http_api
