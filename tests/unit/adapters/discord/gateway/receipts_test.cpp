#include "adapters/discord/gateway/receipts.hpp"

#include <gtest/gtest.h>

namespace nunchi::discord::gateway {
namespace {

class GatewayReceipts : public testing::Test {
protected:
    chat::Receipt receive(Sequence sequence) {
        receipts->arrive(sequence);
        return receipts->issue(sequence);
    }

    int changes = 0;
    std::shared_ptr<Receipts> receipts = std::make_shared<Receipts>([this] { ++changes; });
};

TEST_F(GatewayReceipts, MoveTheWatermarkWhenTheyFire) {
    receipts->begin_session(1);
    auto second = receive(2);
    auto third = receive(3);
    EXPECT_EQ(receipts->out(), 2U);
    third.handled();
    EXPECT_EQ(receipts->watermark(), 1);
    second.handled();
    EXPECT_EQ(receipts->watermark(), 3);
    EXPECT_EQ(receipts->out(), 0U);
    EXPECT_EQ(changes, 2);
}

TEST_F(GatewayReceipts, HoldTheWatermarkWhenTheyAreDropped) {
    receipts->begin_session(1);
    { const auto dropped = receive(2); }
    receive(3).handled();
    EXPECT_EQ(receipts->watermark(), 1);
    EXPECT_EQ(receipts->out(), 0U);
    EXPECT_EQ(receipts->arrive(2), Watermark::Arrival::repeated);
    receipts->issue(2).handled();
    EXPECT_EQ(receipts->watermark(), 3);
}

TEST_F(GatewayReceipts, OfAFormerSessionMoveNothing) {
    receipts->begin_session(1);
    auto old = receive(2);
    receipts->begin_session(1);
    receipts->arrive(2);
    EXPECT_EQ(receipts->out(), 1U);
    old.handled();
    EXPECT_EQ(receipts->watermark(), 1);
    EXPECT_EQ(receipts->out(), 0U);
}

TEST_F(GatewayReceipts, WithoutASequenceCountOnly) {
    receipts->begin_session(1);
    auto receipt = receipts->issue(std::nullopt);
    EXPECT_EQ(receipts->out(), 1U);
    receipt.handled();
    EXPECT_EQ(receipts->watermark(), 1);
}

TEST_F(GatewayReceipts, OutliveTheirOwner) {
    receipts->begin_session(1);
    auto receipt = receive(2);
    receipts->forget_owner();
    receipts.reset();
    receipt.handled();
    EXPECT_EQ(changes, 0);
}

}  // namespace
}  // namespace nunchi::discord::gateway
