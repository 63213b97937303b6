#include "bot/pipeline/rule_book.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <utility>

namespace nunchi::pipeline {
namespace {

namespace asio = boost::asio;

/// Threads are treated as their channel is.
chat::Place channel_of(const chat::Place& place) {
    return {place.platform, place.community, place.channel, {}};
}

chat::Place community_of(const chat::Place& place) {
    return {place.platform, place.community, {}, {}};
}

std::string settings_key(const chat::Place& place) {
    return chat::key_of({place.platform, place.community, place.channel});
}

std::string person_key(std::string_view platform, std::string_view person) {
    return chat::key_of({platform, person});
}

Rules rules_from(const store::ChannelSettings& channel, const store::ChannelSettings& community,
                 bool has_opted_out) {
    Rules rules;
    rules.has_opted_out = has_opted_out;
    // A name that this version does not know counts as none.
    if (channel.mode) rules.mode = mode_named(*channel.mode);
    if (!rules.mode && community.mode) rules.mode = mode_named(*community.mode);
    if (channel.tone) rules.tone = tone_named(*channel.tone);
    if (!rules.tone && community.tone) rules.tone = tone_named(*community.tone);
    rules.min_confidence = channel.min_confidence ? channel.min_confidence : community.min_confidence;
    return rules;
}

}  // namespace

template <typename Value>
std::optional<Value> RuleBook::find(Book<Value>& book, std::string_view key, TimePoint now) {
    const Known<Value>* known = book.find(key);
    if (known == nullptr) return std::nullopt;
    // In milliseconds: a staleness of "for ever" has no nanoseconds.
    const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(now - known->since);
    return age < staleness_ ? std::optional(known->value) : std::nullopt;
}

std::optional<Rules> RuleBook::known(const chat::Place& place, const std::string& author, TimePoint now) {
    const auto opt_out = find(opt_outs_, person_key(place.platform, author), now);
    if (!opt_out) return std::nullopt;
    const auto channel = find(settings_, settings_key(channel_of(place)), now);
    if (!channel) return std::nullopt;
    // Direct messages and the web chat belong to no community.
    const auto community = place.community.empty() ? std::optional(Settings{})
                                                   : find(settings_, settings_key(community_of(place)), now);
    if (!community) return std::nullopt;
    return rules_from(*channel, *community, *opt_out);
}

asio::awaitable<store::result<Rules>> RuleBook::look_up(chat::Place place, std::string author,
                                                        TimePoint now) {
    using namespace asio::experimental::awaitable_operators;
    auto [channel, community, opt_out] =
        co_await (settings_of(channel_of(place), now) && settings_of(community_of(place), now) &&
                  opt_out_of(place.platform, std::move(author), now));
    if (!channel) co_return channel.error();
    if (!community) co_return community.error();
    if (!opt_out) co_return opt_out.error();
    co_return rules_from(*channel, *community, *opt_out);
}

asio::awaitable<store::result<store::ChannelSettings>> RuleBook::settings_of(chat::Place place,
                                                                             TimePoint now) {
    if (place.community.empty() && place.channel.empty()) co_return Settings{};
    const std::string key = settings_key(place);
    if (auto known = find(settings_, key, now)) co_return std::move(*known);
    const auto asked_after = times_forgotten_;
    const auto answer = co_await store_.channel_settings(std::move(place));
    if (!answer) co_return answer.error();
    Settings settings = answer->value_or(Settings{});
    if (asked_after == times_forgotten_) settings_.get(key) = {settings, now};
    co_return settings;
}

asio::awaitable<store::result<bool>> RuleBook::opt_out_of(std::string platform, std::string person,
                                                          TimePoint now) {
    const std::string key = person_key(platform, person);
    if (const auto known = find(opt_outs_, key, now)) co_return *known;
    const auto asked_after = times_forgotten_;
    const auto answer = co_await store_.has_opted_out(std::move(platform), std::move(person));
    // A bool can be made of an error code, so it must be said which of the two this is.
    if (!answer) co_return store::result<bool>(boost::system::in_place_error, answer.error());
    if (asked_after == times_forgotten_) opt_outs_.get(key) = {*answer, now};
    co_return *answer;
}

void RuleBook::forget() {
    ++times_forgotten_;
    settings_.clear();
    opt_outs_.clear();
}

}  // namespace nunchi::pipeline
