// HTTP requests and responses as plain values, so that no header of ours shows Beast.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nunchi::net {

/// Header names compare without regard to case.
struct HeaderLess {
    using is_transparent = void;
    bool operator()(std::string_view left, std::string_view right) const;
};

class Headers {
public:
    using Map = std::multimap<std::string, std::string, HeaderLess>;

    void set(std::string_view name, std::string value);  // in place of what was there
    void add(std::string_view name, std::string value);

    /// The first value; empty when there is none.
    std::string_view get(std::string_view name) const;
    bool contains(std::string_view name) const;

    Map::const_iterator begin() const { return fields_.begin(); }
    Map::const_iterator end() const { return fields_.end(); }

private:
    Map fields_;
};

/// What a server takes in.
struct Request {
    std::string method;  // "GET", in capitals
    std::string path;    // decoded, without the query: "/predict"
    std::string query;   // as it came, without the question mark
    Headers headers;
    std::string body;
    std::string remote_address;  // "127.0.0.1"

    /// The decoded value of a query parameter; empty when there is none.
    std::string query_value(std::string_view name) const;
    /// The value of a cookie; empty when there is none.
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
