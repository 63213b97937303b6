#include "adapters/net/http_exchange.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <utility>

namespace nunchi::net {

namespace asio = boost::asio;
namespace http = boost::beast::http;

using boost::system::error_code;

namespace {

using Parser = http::response_parser<http::string_body>;

constexpr std::uint32_t kMostHeader = 64 * 1024;
constexpr std::size_t kHeadStep = 4 * 1024;
constexpr std::size_t kBodyStep = 64 * 1024;
constexpr int kMostInterim = 8;  // 100 Continue and its like

std::unique_ptr<Parser> create_parser(const ResponseLimits& limits) {
    auto parser = std::make_unique<Parser>();
    parser->header_limit(kMostHeader);
    parser->body_limit(limits.max_bytes);
    parser->skip(!limits.has_body);
    parser->eager(true);
    return parser;
}

error_code parse_error(const error_code& error) {
    if (error == http::error::header_limit || error == http::error::body_limit ||
        error == http::error::buffer_overflow) {
        return errc::too_large;
    }
    return errc::bad_response;
}

/// The peer has closed: the end of the answer, where nothing else marks it, or the loss of the rest.
error_code finish_at_close(Parser& parser, const error_code& read_error) {
    if (read_error != asio::error::eof || !parser.got_some()) return errc::closed;
    error_code error;
    parser.put_eof(error);
    return error ? make_error_code(errc::closed) : error_code();
}

bool is_gone(const error_code& error) {
    return error == errc::closed || error == asio::error::eof || error == asio::error::connection_reset ||
           error == asio::error::broken_pipe;
}

/// Reads until the parser is done.
asio::awaitable<error_code> read_response(ClientStream& stream, Parser& parser,
                                          boost::beast::flat_buffer& buffer) {
    while (!parser.is_done()) {
        error_code error;
        if (buffer.size() > 0) buffer.consume(parser.put(buffer.data(), error));
        if (error && error != http::error::need_more) co_return parse_error(error);
        if (parser.is_done()) break;
        const std::size_t step = parser.is_header_done() ? kBodyStep : kHeadStep;
        const std::size_t room = std::min(step, buffer.max_size() - buffer.size());
        if (room == 0) co_return errc::too_large;
        const auto read = co_await stream.read_some(buffer.prepare(room));
        if (is_gone(read.error)) co_return finish_at_close(parser, read.error);
        if (read.error) co_return read.error;
        buffer.commit(read.size);
    }
    co_return error_code();
}

Response to_response(Parser& parser) {
    Response response;
    response.status = static_cast<int>(parser.get().result_int());
    for (const auto& field : parser.get()) {
        response.headers.add({field.name_string().data(), field.name_string().size()},
                             std::string(field.value()));
    }
    response.body = std::move(parser.get().body());
    return response;
}

}  // namespace

asio::awaitable<Exchange> exchange(ClientStream& stream, std::string_view head, std::string_view body,
                                   ResponseLimits limits) {
    Exchange outcome;
    const auto written = co_await stream.write(head, body);
    outcome.sent = written.size;
    if (written.error == asio::error::operation_aborted) {
        outcome.response = written.error;
        co_return outcome;
    }
    // Whoever refuses a large body may answer and close before it has read it: the answer is worth a look.
    boost::beast::flat_buffer buffer(kMostHeader + kBodyStep);
    for (int interim = 0; interim <= kMostInterim; ++interim) {
        const auto parser = create_parser(limits);
        const error_code error = co_await read_response(stream, *parser, buffer);
        outcome.has_answered = outcome.has_answered || parser->got_some() || buffer.size() > 0;
        if (error) {
            outcome.response = error;
            co_return outcome;
        }
        const int status = static_cast<int>(parser->get().result_int());
        if (status == 101) break;  // nobody asked for that
        if (status / 100 == 1) continue;
        outcome.response = to_response(*parser);
        outcome.can_be_reused = parser->keep_alive() && buffer.size() == 0 && !written.error;
        co_return outcome;
    }
    outcome.response = make_error_code(errc::bad_response);
    co_return outcome;
}

}  // namespace nunchi::net
