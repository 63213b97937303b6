// The tables of what admins, people and adapters asked to be kept. Private to this folder.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "bot/store/store.hpp"

namespace soci {
class session;
}

namespace nunchi::store {

/// Everything throws soci::soci_error.
class SettingsTables {
public:
    /// The session must outlive it.
    explicit SettingsTables(soci::session& session);
    ~SettingsTables();
    SettingsTables(const SettingsTables&) = delete;
    SettingsTables& operator=(const SettingsTables&) = delete;

    std::optional<ChannelSettings> channel(const chat::Place& place);
    void put_channel(const chat::Place& place, const ChannelSettings& settings);

    bool has_opted_out(const std::string& platform, const std::string& person);
    void set_opted_out(const std::string& platform, const std::string& person, bool opted_out);

    std::optional<std::string> state(const std::string& key);
    void put_state(const std::string& key, const std::string& value);
    void erase_state(const std::string& key);

private:
    struct Statements;
    std::unique_ptr<Statements> statements_;
};

}  // namespace nunchi::store
