#include "classifier/api/error.hpp"

#include <boost/system/system_error.hpp>
#include <utility>

namespace nunchi::api {
namespace {

// Boost's error_category has a protected, non-virtual destructor on purpose; categories are never deleted.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wnon-virtual-dtor"
class Category final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "nunchi.classifier"; }

    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::overloaded: return "the classifier is overloaded";
            case errc::shutting_down: return "the classifier is shutting down";
            case errc::cancelled: return "the request was cancelled";
            case errc::empty_input: return "the request holds no token ids";
            case errc::input_too_long: return "the request holds more token ids than the model has positions";
            case errc::bad_token_id: return "a token id lies outside of the model's vocabulary";
            case errc::wrong_model: return "the token ids were made for another model";
            case errc::inference_failed: return "the inference failed";
            case errc::io_error: return "a file could not be read or written";
            case errc::bad_format: return "the content breaks its format";
            case errc::not_supported: return "the content is not supported";
            case errc::unreachable: return "the remote classifier did not answer";
        }
        return "unknown classifier error";
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

Failure failure(errc code, std::string message) {
    return Failure{make_error_code(code), std::move(message)};
}

void throw_exception_from_error(const Failure& failure, const boost::source_location& where) {
    boost::throw_exception(boost::system::system_error(failure.code, failure.message), where);
}

}  // namespace nunchi::api
