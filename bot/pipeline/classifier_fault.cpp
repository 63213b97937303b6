#include "bot/pipeline/classifier_fault.hpp"

#include <boost/system/errc.hpp>

#include "classifier/api/error.hpp"

namespace nunchi::pipeline {

ClassifierFault fault_of(boost::system::error_code error) {
    if (error == boost::system::errc::operation_canceled) return ClassifierFault::withdrawn;
    if (error.category() != api::error_category()) return ClassifierFault::unavailable;
    switch (static_cast<api::errc>(error.value())) {
        case api::errc::cancelled: return ClassifierFault::withdrawn;
        case api::errc::overloaded: return ClassifierFault::overloaded;
        case api::errc::shutting_down:
        case api::errc::unreachable:
        case api::errc::wrong_model:
        case api::errc::io_error: return ClassifierFault::unavailable;
        case api::errc::empty_input:
        case api::errc::input_too_long:
        case api::errc::bad_token_id:
        case api::errc::inference_failed:
        case api::errc::bad_format:
        case api::errc::not_supported: break;
    }
    return ClassifierFault::of_the_message;
}

}  // namespace nunchi::pipeline
