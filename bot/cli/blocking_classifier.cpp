#include "bot/cli/blocking_classifier.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <utility>

namespace nunchi::cli {

BlockingClassifier::BlockingClassifier(api::Classifier& classifier) : classifier_(classifier) {}

BlockingClassifier::~BlockingClassifier() {
    thread_.join();
}

std::future<api::result<api::Prediction>> BlockingClassifier::start(std::string text) {
    return boost::asio::co_spawn(thread_, classifier_.classify(std::move(text)), boost::asio::use_future);
}

}  // namespace nunchi::cli
