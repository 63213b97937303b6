#include "adapters/net/tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include <array>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>

namespace nunchi::net {

namespace asio = boost::asio;
namespace ssl = asio::ssl;

result<std::shared_ptr<ssl::context>> create_tls_context(const std::filesystem::path& ca_file) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_client);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    // Idle connections give their 32 KiB of buffers back.
    SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    constexpr std::array<unsigned char, 9> kHttp11{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(context->native_handle(), kHttp11.data(), kHttp11.size());
    boost::system::error_code error;
    context->set_verify_mode(ssl::verify_peer, error);
    if (!error) context->set_default_verify_paths(error);
    if (!error && !ca_file.empty()) context->load_verify_file(ca_file.string(), error);
    if (error) return error;
    return context;
}

bool expect_host(SSL* ssl, const std::string& host) {
    boost::system::error_code is_name;
    asio::ip::make_address(host, is_name);
    X509_VERIFY_PARAM* expected = SSL_get0_param(ssl);
    if (!is_name) return X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1;
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (X509_VERIFY_PARAM_set1_host(expected, host.data(), host.size()) != 1) return false;
    // What the macro SSL_set_tlsext_host_name does, without its C cast.
    void* name = const_cast<char*>(host.c_str());
    return SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name) == 1;
}

boost::system::error_code tls_error(const boost::system::error_code& error) {
    if (error == ssl::error::stream_truncated) return errc::closed;
    if (error.category() == ssl::error::get_stream_category()) return errc::bad_response;
    if (error.category() != asio::error::get_ssl_category()) return error;
    const auto code = static_cast<unsigned long>(error.value());
    return ERR_GET_REASON(code) == SSL_R_CERTIFICATE_VERIFY_FAILED ? errc::bad_certificate
                                                                   : errc::bad_response;
}

}  // namespace nunchi::net
