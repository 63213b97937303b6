// How the client trusts: system certificates, one CA file beside them, TLS 1.2 and later.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "adapters/net/error.hpp"

namespace nunchi::net {

/// Fails with OpenSSL's error when the CA file (may be empty) cannot be read or holds no certificate.
result<std::shared_ptr<boost::asio::ssl::context>> create_tls_context(const std::filesystem::path& ca_file);

/// What the peer has to prove, and what it is told: the host's name. False when OpenSSL refuses the name.
bool expect_host(SSL* ssl, const std::string& host);

/// An error of a handshake, a read or a write over TLS: errc::bad_certificate, errc::bad_response,
/// errc::closed when the peer left without a goodbye, or the error as it is when it is none of OpenSSL's.
boost::system::error_code tls_error(const boost::system::error_code& error);

}  // namespace nunchi::net
