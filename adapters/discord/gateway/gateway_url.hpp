// Where to connect: the URLs that Discord or the operator give, with our query.
#pragma once

#include <string>
#include <string_view>

#include "adapters/discord/gateway/error.hpp"
#include "adapters/discord/gateway/options.hpp"

namespace nunchi::discord::gateway {

/// "wss://gateway.discord.gg" becomes "wss://gateway.discord.gg/?v=10&encoding=json&compress=zstd-stream":
/// the same query for the gateway's own URL and for that of a resume, whether they end in a slash or not and
/// whether they have a path or not (G2, G3). A query that is there already is replaced. errc::bad_url for
/// anything that is no ws or wss URL; whether it may be plain is the client's to decide.
result<std::string> connect_url(std::string_view base, Compression compression);

/// Whether both lead to the same host and port.
bool is_same_host(std::string_view left, std::string_view right);

}  // namespace nunchi::discord::gateway
