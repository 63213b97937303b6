// HTTP requests and responses as plain values, so that no header of ours shows Beast.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace nunchi::net {

/// Header names compare without regard to case.
struct HeaderLess {
    using is_transparent = void;
    bool operator()(std::string_view left, std::string_view right) const;
};

/// Names with their values; a name may stand several times. Iterates in the order of the names.
class Headers {
public:
    using Map = std::multimap<std::string, std::string, HeaderLess>;

    void set(std::string_view name, std::string value);  // in place of what was there
    void add(std::string_view name, std::string value);
    void erase(std::string_view name);

    /// The first value; empty when there is none. Valid until the headers change.
    std::string_view get(std::string_view name) const;
    bool contains(std::string_view name) const;

    Map::const_iterator begin() const { return fields_.begin(); }
    Map::const_iterator end() const { return fields_.end(); }

private:
    Map fields_;
};

/// Whether name and value may stand in a message as they are: the name is a token, the value holds no control
/// character but the tab. What fails this could forge headers.
bool is_sendable_header(std::string_view name, std::string_view value);

/// What a server takes in.
struct Request {
    std::string method;  // "GET", in capitals
    std::string path;    // decoded, without the query: "/predict"; no NUL, no "." or ".." between slashes
    std::string query;   // as it came, without the question mark
    Headers headers;
    std::string body;
    std::string remote_address;  // "127.0.0.1"

    /// The decoded value of the first query parameter of this name, "+" being a space; empty when there is
    /// none or when its escapes are broken.
    std::string query_value(std::string_view name) const;
    /// The value of the first cookie of this name; empty when there is none or when it holds characters that
    /// no cookie may hold. Valid until the headers change.
    std::string_view cookie(std::string_view name) const;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
};

/// A response with a content type.
Response make_response(int status, std::string_view content_type, std::string body);

}  // namespace nunchi::net
