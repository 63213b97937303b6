#include "bot/store/error.hpp"

#include <string>

namespace nunchi::store {
namespace {

// Boost's error_category has a protected, non-virtual destructor on purpose; categories are never deleted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "nunchi.store"; }

    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::overloaded: return "too many calls wait for the store";
            case errc::closing: return "the store is being closed";
            case errc::too_large: return "the value is larger than the store keeps";
            case errc::failed: return "the database refused the work";
            case errc::unavailable: return "the database server cannot be reached";
            case errc::not_writable: return "the database file cannot be made, read or written";
            case errc::damaged: return "the database file is damaged";
            case errc::in_use: return "the database file is in use by another process";
            case errc::newer_schema: return "the database was written by a newer version";
            case errc::bad_url: return "the URL of the database is not valid";
        }
        return "unknown store error";
    }
};
#pragma GCC diagnostic pop

}  // namespace

const boost::system::error_category& error_category() {
    static const Category category;
    return category;
}

boost::system::error_code make_error_code(errc code) {
    return {static_cast<int>(code), error_category()};
}

}  // namespace nunchi::store
