// What an error of the classifier means for the message.
#pragma once

#include <boost/system/error_code.hpp>

namespace nunchi::pipeline {

enum class ClassifierFault {
    withdrawn,       // the call was cancelled: the process stops, the message is delivered again
    overloaded,      // later it may go
    unavailable,     // the classifier stops, is being replaced, or cannot be reached: later it may go
    of_the_message,  // it would fail again the same way, and must not come back for ever
};

/// Errors that are not of classifier/api (a network's) are `unavailable`.
ClassifierFault fault_of(boost::system::error_code error);

}  // namespace nunchi::pipeline
