#include "bot/store/database.hpp"

#include <soci/soci.h>

#include <string_view>
#include <utility>

#include "config/escape.hpp"

namespace nunchi::store {
namespace {

/// Both backends put the place of their own code in front of the database's sentence.
std::string_view without_origin(std::string_view sentence) {
    for (const std::string_view mark : {"Fatal error. ", "loadOne: ", "loadRS: ", "prepare: "}) {
        const std::size_t at = sentence.find(mark);
        if (at != std::string_view::npos) sentence.remove_prefix(at + mark.size());
    }
    return sentence;
}

}  // namespace

Database::Database(std::string name) : name_(std::move(name)) {}
Database::~Database() = default;

void Database::commit() {
    session_->commit();
}

void Database::roll_back() noexcept {
    try {
        session_->rollback();
    } catch (const std::exception&) {
        // SQLite rolls back by itself after some errors and then says that there is no transaction. A lost
        // connection shows itself at the next statement.
        make_tables();
        return;
    }
    make_tables();
}

void Database::make_tables() {
    messages_ = std::make_unique<MessageTables>(*session_);
    settings_ = std::make_unique<SettingsTables>(*session_);
}

void Database::use_session(std::unique_ptr<soci::session> session) {
    drop_session();
    session_ = std::move(session);
    make_tables();
}

void Database::drop_session() noexcept {
    settings_.reset();
    messages_.reset();
    session_.reset();
}

std::string sentence_of(const std::exception& error) {
    const auto* soci_error = dynamic_cast<const soci::soci_error*>(&error);
    const std::string whole = soci_error ? soci_error->get_error_message() : error.what();
    std::string_view sentence = without_origin(whole);
    // Further lines of PostgreSQL may quote values.
    sentence = sentence.substr(0, sentence.find('\n'));
    return config::printable(sentence, 300);
}

}  // namespace nunchi::store
