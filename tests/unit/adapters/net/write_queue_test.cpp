#include "adapters/net/write_queue.hpp"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

namespace nunchi::net {
namespace {

class WriteQueueTest : public testing::Test {
protected:
    std::shared_ptr<WriteTicket> push(std::string payload) {
        auto ticket = std::make_shared<WriteTicket>(context_.get_executor());
        queue_.push(Frame{.is_binary = false, .payload = std::move(payload)}, ticket);
        return ticket;
    }
    std::string front() const { return std::get<Frame>(queue_.front()).payload; }

    boost::asio::io_context context_;
    WriteQueue queue_{1000};
};

TEST_F(WriteQueueTest, GivesBackInTheOrderOfTheCalls) {
    const auto first = push("first");
    const auto second = push("second");

    EXPECT_EQ(front(), "first");
    queue_.pop({});
    EXPECT_EQ(front(), "second");

    EXPECT_TRUE(first->outcome && *first->outcome);
    EXPECT_FALSE(second->outcome);
}

TEST_F(WriteQueueTest, HasNoRoomBeyondItsBacklog) {
    push(std::string(600, 'a'));

    EXPECT_TRUE(queue_.has_room(200));
    EXPECT_FALSE(queue_.has_room(400));
    queue_.pop({});
    EXPECT_TRUE(queue_.has_room(400));
}

TEST_F(WriteQueueTest, TakesASingleFrameOfAnySize) {
    EXPECT_TRUE(queue_.has_room(1'000'000));
}

TEST_F(WriteQueueTest, CountsEmptyFramesToo) {
    int taken = 0;
    while (queue_.has_room(0) && taken < 1000) {
        push("");
        ++taken;
    }

    EXPECT_LT(taken, 20);
}

TEST_F(WriteQueueTest, FailsAllThatWaitButTheOneUnderWay) {
    const auto under_way = push("a");
    const auto second = push("b");
    const auto third = push("c");

    queue_.fail_waiting(errc::closed);

    EXPECT_FALSE(under_way->outcome);
    EXPECT_EQ(second->outcome->error(), errc::closed);
    EXPECT_EQ(third->outcome->error(), errc::closed);
    EXPECT_EQ(front(), "a");
    queue_.pop(make_error_code(errc::closed));
    EXPECT_TRUE(queue_.empty());
    EXPECT_EQ(under_way->outcome->error(), errc::closed);
}

}  // namespace
}  // namespace nunchi::net
