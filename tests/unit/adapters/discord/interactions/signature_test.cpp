#include "adapters/discord/interactions/signature.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace nunchi::discord::interactions {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

struct Vector {
    std::string key;
    std::string message;
    std::string signature;
};

// RFC 8032, section 7.1, TEST 1 to 3.
const std::vector<Vector> kVectors{
    {"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595"
     "bbe24655141438e7a100b"},
    {"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "\x72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb43"
     "02aeeb00d291612bb0c00"},
    {"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "\xaf\x82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716"
     "ed28dc027beceea1ec40a"},
};

std::string upper(std::string hex) {
    for (char& c : hex) {
        if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
    }
    return hex;
}

TEST(Signature, AcceptsTheVectorsOfRfc8032) {
    for (const Vector& vector : kVectors) {
        const auto verifier = Verifier::create(vector.key);
        ASSERT_TRUE(verifier);
        EXPECT_TRUE(verifier->verify("", vector.message, vector.signature));
        EXPECT_TRUE(verifier->verify(vector.message, "", vector.signature));
        EXPECT_TRUE(Verifier::create(upper(vector.key))->verify("", vector.message, upper(vector.signature)));
    }
}

TEST(Signature, CoversTimestampThenBody) {
    // Made by Node's crypto with the key of TEST 1 over 1700000000{"type":1}.
    const std::string signature =
        "1695961a47c91a1ec033b819b7e87e3dbc583dd0cee6d1fd0216f58ac87b6228ae531ddbf91fb7bc28d7edf7f08604da16f54624f38"
        "a6bc0614e4dc13cd47f0f";
    const auto verifier = Verifier::create(kVectors[0].key);
    EXPECT_TRUE(verifier->verify("1700000000", R"({"type":1})", signature));
    EXPECT_FALSE(verifier->verify("1700000001", R"({"type":1})", signature));
    EXPECT_FALSE(verifier->verify("1700000000", R"({"type":2})", signature));
    EXPECT_FALSE(verifier->verify(R"({"type":1})", "1700000000", signature));
}

TEST(Signature, OfAnotherKeyIsRefused) {
    EXPECT_FALSE(Verifier::create(kVectors[1].key)->verify("", kVectors[0].message, kVectors[0].signature));
}

TEST(Signature, WithAnyBitFlippedIsRefused) {
    const Vector& vector = kVectors[2];
    const auto verifier = Verifier::create(vector.key);
    for (std::size_t i = 0; i < vector.signature.size(); ++i) {
        std::string forged = vector.signature;
        forged[i] = forged[i] == '0' ? '1' : '0';
        EXPECT_FALSE(verifier->verify("", vector.message, forged)) << i;
    }
}

TEST(Signature, ThatIsNoHexIsRefused) {
    const Vector& vector = kVectors[0];
    const auto verifier = Verifier::create(vector.key);
    std::string wrong = vector.signature;
    wrong[5] = 'g';
    for (const std::string& signature : {std::string(), std::string("00"), wrong, vector.signature + "00",
                                         vector.signature.substr(1), " " + vector.signature.substr(1)}) {
        EXPECT_FALSE(verifier->verify("", vector.message, signature)) << signature;
    }
}

TEST(Signature, NeedsAKeyOf64Digits) {
    for (const std::string& key :
         {std::string(), std::string("abc"), std::string(64, 'x'), kVectors[0].key + "00",
          kVectors[0].key.substr(2), "0x" + kVectors[0].key.substr(2)}) {
        EXPECT_FALSE(Verifier::create(key)) << key;
    }
}

TEST(Freshness, LastsFiveMinutesOnBothSides) {
    const system_clock::time_point now{seconds(1'700'000'000)};
    for (const char* fresh : {"1700000000", "1699999700", "1700000300"})
        EXPECT_TRUE(is_fresh(fresh, now)) << fresh;
    for (const char* stale : {"1699999699", "1700000301", "0", "170000000", "999999999999"}) {
        EXPECT_FALSE(is_fresh(stale, now)) << stale;
    }
}

TEST(Freshness, NeedsAWholeNumber) {
    const system_clock::time_point now{seconds(1'700'000'000)};
    for (const char* odd : {"", "now", "-1700000000", "+1700000000", "1700000000.0", " 1700000000",
                            "1700000000 ", "0x6553f100", "99999999999999999999"}) {
        EXPECT_FALSE(is_fresh(odd, now)) << odd;
    }
}

}  // namespace
}  // namespace nunchi::discord::interactions
