// One connection to a database, whichever it is. Private to this folder.
#pragma once

#include <exception>
#include <memory>
#include <string>

#include "bot/store/message_tables.hpp"
#include "bot/store/settings_tables.hpp"
#include "classifier/api/error.hpp"

namespace soci {
class session;
}

namespace nunchi::store {

/// What an exception of the database means for the work that was under way.
enum class Trouble {
    refused,  // this statement failed; others may do better
    busy,     // it waited too long for somebody else; others would too
    lost,     // the connection is gone, and with it the transaction
};

/// What became of a transaction whose COMMIT was not answered.
enum class LostCommit { done, undone, unknown };

/// Used by one thread at a time. What is not noexcept throws soci::soci_error.
class Database {
public:
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    virtual ~Database();

    MessageTables& messages() { return *messages_; }
    SettingsTables& settings() { return *settings_; }

    /// For messages: the file, or the server and the database. Holds no secret.
    const std::string& name() const { return name_; }

    virtual void begin() = 0;
    void commit();

    /// Also forgets the prepared statements, which may not be used again after an exception.
    void roll_back() noexcept;

    /// Connects anew after Trouble::lost.
    virtual api::outcome<void> reconnect() = 0;

    /// Asked after reconnect(), of the last transaction that was begun.
    virtual LostCommit lost_commit() noexcept { return LostCommit::unknown; }

    virtual Trouble trouble_of(const std::exception& error) const noexcept = 0;

    /// What has time until the callers have their answers.
    virtual void tidy_up() noexcept {}

    /// Expired keys are removed in so many steps, each short enough to make others wait for it.
    virtual unsigned key_slices() const noexcept = 0;

    /// Gives the disk back some of what is free. Within a transaction.
    virtual void shrink() {}

protected:
    explicit Database(std::string name);

    soci::session& session() const { return *session_; }
    void use_session(std::unique_ptr<soci::session> session);
    void drop_session() noexcept;

private:
    void make_tables();

    std::string name_;
    std::unique_ptr<soci::session> session_;
    // They use the session.
    std::unique_ptr<MessageTables> messages_;
    std::unique_ptr<SettingsTables> settings_;
};

/// The exception's sentence on one line, without the statement and the values that SOCI's what() shows.
std::string sentence_of(const std::exception& error);

}  // namespace nunchi::store
