#include "adapters/net/url.hpp"

#include <gtest/gtest.h>

namespace nunchi::net {
namespace {

/// scheme kind, host, port and target in one line.
std::string parts(std::string_view text) {
    const result<Url> url = parse_url(text);
    if (!url) return url.error() == errc::bad_url ? "bad_url" : "other";
    return std::string(url->is_secure ? "secure " : "plain ") + (url->is_websocket ? "ws " : "http ") +
           url->host + " " + std::to_string(url->port) + " " + url->target;
}

TEST(Url, TakesApartTheFourSchemes) {
    EXPECT_EQ(parts("https://example.com/a?b=c"), "secure http example.com 443 /a?b=c");
    EXPECT_EQ(parts("http://example.com:8080"), "plain http example.com 8080 /");
    EXPECT_EQ(parts("wss://gateway.discord.gg/?v=10&encoding=json"),
              "secure ws gateway.discord.gg 443 /?v=10&encoding=json");
    EXPECT_EQ(parts("ws://localhost:1/x"), "plain ws localhost 1 /x");
    EXPECT_EQ(parts("HTTPS://EXAMPLE.com?q"), "secure http example.com 443 /?q");
}

TEST(Url, TakesAddresses) {
    EXPECT_EQ(parts("http://192.0.2.1/"), "plain http 192.0.2.1 80 /");
    EXPECT_EQ(parts("http://[::1]:8080/"), "plain http ::1 8080 /");
    EXPECT_EQ(parts("https://[2001:DB8::1]"), "secure http 2001:db8::1 443 /");
}

TEST(Url, RefusesUserNamesAndFragments) {
    for (const char* text : {"https://user@example.com/", "https://user:secret@example.com/",
                             "https://example.com/#a", "https://trusted.example\\@evil.example/"}) {
        EXPECT_EQ(parts(text), "bad_url") << text;
    }
    EXPECT_EQ(parts("https://example.com/@user"), "secure http example.com 443 /@user");
}

TEST(Url, RefusesNumbersThatOnlySomeTakeForAddresses) {
    for (const char* text :
         {"http://127.1/", "http://0x7f.0.0.1/", "http://0x7f000001/", "http://2130706433/",
          "http://127.0.0.1./", "http://192.0.2.256/", "http://a.1/"}) {
        EXPECT_EQ(parts(text), "bad_url") << text;
    }
}

TEST(Url, RefusesBrokenHostsAndPorts) {
    for (const char* text : {"",
                             "https://",
                             "https:///a",
                             "https://:443/",
                             "https://a:/",
                             "https://a:0/",
                             "https://a:65536/",
                             "https://a:x/",
                             "https://a:80:80/",
                             "https://.a/",
                             "https://a..b/",
                             "https://a b/",
                             "https://가.example/",
                             "https://a%41/",
                             "https://[::1/",
                             "https://[::1]x/",
                             "https://[1.2.3.4]/",
                             "https://::1/",
                             "https://[fe80::1%25eth0]/",
                             "ftp://a/",
                             "//a/",
                             "a.example",
                             "https:/a/"}) {
        EXPECT_EQ(parts(text), "bad_url") << text;
    }
    EXPECT_EQ(parts("https://" + std::string(254, 'a') + "/"), "bad_url");
}

TEST(Url, RefusesWhatCouldForgeARequest) {
    EXPECT_EQ(parts("https://a.example/ HTTP/1.1"), "bad_url");
    EXPECT_EQ(parts("https://a.example/\r\nX: y"), "bad_url");
    EXPECT_EQ(parts("https://a.example/\x7f"), "bad_url");
    EXPECT_EQ(parts(std::string("https://a.example/\0", 19)), "bad_url");
    EXPECT_EQ(parts("https://a.example/안녕"), "bad_url");
    EXPECT_EQ(parts("https://a.example/" + std::string(8192, 'a')), "bad_url");
}

TEST(Url, AuthorityNamesThePortWhereItIsNotTheSchemesOwn) {
    EXPECT_EQ(parse_url("https://a.example:443/")->authority(), "a.example");
    EXPECT_EQ(parse_url("https://a.example:80/")->authority(), "a.example:80");
    EXPECT_EQ(parse_url("ws://[::1]:80/")->authority(), "[::1]");
    EXPECT_EQ(parse_url("ws://[::1]:81/")->authority(), "[::1]:81");
}

TEST(Proxy, TakesHostPortAndUser) {
    const auto plain = parse_proxy("http://proxy.example:3128");
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->host, "proxy.example");
    EXPECT_EQ(plain->port, 3128);
    EXPECT_EQ(plain->authorization, "");

    const auto with_user = parse_proxy("http://us%40er:pa%3Ass@[::1]/");
    ASSERT_TRUE(with_user);
    EXPECT_EQ(with_user->host, "::1");
    EXPECT_EQ(with_user->port, 80);
    // printf 'us@er:pa:ss' | base64
    EXPECT_EQ(with_user->authorization, "Basic dXNAZXI6cGE6c3M=");
}

TEST(Proxy, RefusesEverythingElse) {
    for (const char* text : {"", "proxy:3128", "https://proxy:3128", "socks5://proxy", "http://",
                             "http://a/path", "http://user@a:1", "http://u%zz:p@a:1", "http://a:x"}) {
        EXPECT_EQ(parse_proxy(text).error(), errc::bad_url) << text;
    }
}

TEST(Loopback, IsKnownByItsName) {
    for (const char* host : {"localhost", "LOCALHOST", "127.0.0.1", "127.255.0.7", "::1"})
        EXPECT_TRUE(is_loopback(host)) << host;
    for (const char* host :
         {"localhost.example", "128.0.0.1", "::2", "::ffff:127.0.0.1", "127.0.0.1.example", "0.0.0.0", ""}) {
        EXPECT_FALSE(is_loopback(host)) << host;
    }
}

TEST(CoversHost, TakesTheHostAndAllBelowIt) {
    const std::vector<std::string> entries{"example.com", ".corp.example", "10.0.0.1", ""};

    for (const char* host :
         {"example.com", "api.EXAMPLE.com", "corp.example", "a.b.corp.example", "10.0.0.1"}) {
        EXPECT_TRUE(covers_host(entries, host)) << host;
    }
    for (const char* host : {"badexample.com", "example.com.evil.example", "com", "110.0.0.1", ""}) {
        EXPECT_FALSE(covers_host(entries, host)) << host;
    }
    EXPECT_TRUE(covers_host({"*"}, "anything.example"));
    EXPECT_FALSE(covers_host({}, "anything.example"));
}

}  // namespace
}  // namespace nunchi::net
