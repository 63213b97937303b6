// Requests as Slack sends them.
#pragma once

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <chrono>
#include <cstdio>
#include <string>

#include "adapters/net/http_message.hpp"

namespace nunchi::slack::events {

inline const std::string kSecret = "8f742231b10e8888abcd99yyyzzz85a5";

/// Written without the code under test: OpenSSL's one-shot function.
inline std::string sign(const std::string& timestamp, const std::string& body,
                        const std::string& secret = kSecret) {
    const std::string base = "v0:" + timestamp + ":" + body;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(base.data()), base.size(), digest, &size);
    std::string text = "v0=";
    for (unsigned int i = 0; i < size; ++i) {
        char hex[3];
        std::snprintf(hex, sizeof hex, "%02x", static_cast<unsigned>(digest[i]));
        text += hex;
    }
    return text;
}

inline std::string timestamp_of(std::chrono::system_clock::time_point when) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(when.time_since_epoch()).count());
}

inline net::Request signed_request(const std::string& content_type, const std::string& body,
                                   const std::string& timestamp) {
    net::Request request;
    request.method = "POST";
    request.path = "/slack/events";
    request.body = body;
    request.headers.set("Content-Type", content_type);
    request.headers.set("X-Slack-Request-Timestamp", timestamp);
    request.headers.set("X-Slack-Signature", sign(timestamp, body));
    return request;
}

inline net::Request signed_json(
    const std::string& body, std::chrono::system_clock::time_point when = std::chrono::system_clock::now()) {
    return signed_request("application/json", body, timestamp_of(when));
}

inline net::Request signed_form(
    const std::string& body, std::chrono::system_clock::time_point when = std::chrono::system_clock::now()) {
    return signed_request("application/x-www-form-urlencoded", body, timestamp_of(when));
}

inline const std::string kMessageEvent =
    R"({"token":"t","team_id":"T1","api_app_id":"A1","type":"event_callback","event_id":"Ev1","event_time":1,)"
    R"("event":{"type":"message","channel":"C1","user":"U1","text":"정말 좋아요","ts":"1595926230.009600"}})";

}  // namespace nunchi::slack::events
