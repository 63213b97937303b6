// The classifier for programs that are not asynchronous.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <future>
#include <memory>
#include <string>

#include "classifier/api/classifier.hpp"

namespace nunchi::cli {

/// Runs the classifier's coroutines on a thread of its own. Safe to call from several threads.
class BlockingClassifier {
public:
    explicit BlockingClassifier(api::Classifier& classifier);
    ~BlockingClassifier();

    std::future<api::result<api::Prediction>> start(std::string text);

    api::result<api::Prediction> classify(std::string text) { return start(std::move(text)).get(); }

private:
    api::Classifier& classifier_;
    boost::asio::thread_pool thread_{1};
};

}  // namespace nunchi::cli
