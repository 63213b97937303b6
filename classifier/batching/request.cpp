#include "classifier/batching/request.hpp"

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <utility>

namespace nunchi::batching {

namespace asio = boost::asio;

Request::Request(Handler caller, api::Encoded message)
    : item{std::move(message)},
      handler(std::move(caller)),
      executor(asio::prefer(asio::get_associated_executor(handler),
                            asio::execution::outstanding_work_t::tracked)) {}

void complete(Request& request, Answer answer) {
    const asio::any_io_executor executor = std::move(request.executor);
    asio::post(executor, [handler = std::move(request.handler), answer = std::move(answer)]() mutable {
        // An awaitable's handler clears its cancellation slot before it resumes the coroutine.
        std::move(handler)(std::move(answer));
    });
}

}  // namespace nunchi::batching
