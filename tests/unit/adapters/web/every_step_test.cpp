// The exchange message, ack, answer, received, broken at each of its steps in turn: no message may be lost
// and none read or shown twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "adapters/web/adapter.hpp"
#include "tests/unit/adapters/web/fake_web_socket.hpp"
#include "tests/unit/adapters/web/scripted_core.hpp"

namespace nunchi::web {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using ::testing::Each;
using ::testing::Pair;
using ::testing::SizeIs;

enum class Break {
    seen,    // both sides learn of it
    unseen,  // frames are lost, and the server believes in the connection still
};

/// The page's rules (page/outbox.js), in few lines.
class Page {
public:
    Page(int frames_until_break, Break kind) : frames_left_(frames_until_break), kind_(kind) {}

    void write(const std::string& id) {
        unacknowledged_.insert(id);
        if (is_welcome_) say_message(id);
    }

    void connect(const std::shared_ptr<Wire>& wire) {
        wire_ = wire;
        is_welcome_ = false;
        wire_->on_server_frame = [this, wire = wire.get()](const std::string& frame) {
            if (count_frame(*wire)) hear(json::parse(frame));
        };
        say({{"type", "hello"}, {"v", 1}, {"conversation", std::string(32, 'a')}, {"locale", "ko"}});
    }

    void stop_breaking() { frames_left_ = 1'000'000; }
    bool has_broken() const { return frames_left_ < 0; }
    const std::map<std::string, int>& shown() const { return shown_; }

private:
    /// Whether this frame still gets through.
    bool count_frame(Wire& wire) {
        if (wire.is_cut || &wire != wire_.get()) return false;
        if (frames_left_-- > 0) return true;
        if (kind_ == Break::seen) wire.cut();
        return false;
    }

    void say(const json& frame) {
        if (count_frame(*wire_)) wire_->page_says(frame.dump());
    }

    void say_message(const std::string& id) { say({{"type", "message"}, {"id", id}, {"text", "기뻐"}}); }

    void hear(const json& frame) {
        const std::string type = frame["type"];
        if (type == "welcome") {
            is_welcome_ = true;
            for (const auto& id : unacknowledged_) say_message(id);
        } else if (type == "ack") {
            unacknowledged_.erase(frame["id"].get<std::string>());
        } else if (type == "answer") {
            const std::string id = frame["id"];
            unacknowledged_.erase(id);
            if (shown_.contains(id)) {
                ++repeated;
            } else {
                shown_[id] = 1;
            }
            say({{"type", "received"}, {"id", id}});
        }
    }

public:
    int repeated = 0;

private:
    int frames_left_;
    Break kind_;
    std::shared_ptr<Wire> wire_;
    bool is_welcome_ = false;
    std::set<std::string> unacknowledged_;
    std::map<std::string, int> shown_;
};

/// Adapter and core of one process.
struct Process {
    Process(asio::io_context& io, Durable& durable)
        : adapter(create_web_adapter(io.get_executor(), {})), core(io.get_executor(), *adapter, durable) {
        asio::co_spawn(io, adapter->run(core), asio::detached);
    }

    std::unique_ptr<WebAdapter> adapter;
    ScriptedCore core;
};

class Scene {
public:
    explicit Scene(int frames_until_break, Break kind = Break::seen) : page(frames_until_break, kind) {}

    ~Scene() {
        process->adapter->stop_intake();
        if (wire) wire->cut();
        poll();
    }

    void connect() {
        wire = std::make_shared<Wire>(io.get_executor());
        asio::co_spawn(io, process->adapter->serve(std::make_unique<FakeWebSocket>(wire)), asio::detached);
        page.connect(wire);
        poll();
    }

    /// The process dies and another one takes its place; what is durable stays.
    void restart_process() {
        process->adapter->stop_intake();
        wire->cut();
        poll();
        process = std::make_unique<Process>(io, durable);
        poll();
    }

    void write_three() {
        for (const char* id : {"m1", "m2", "m3"}) page.write(id);
        poll();
    }

    void poll() {
        io.restart();
        io.poll();
    }

    void expect_that_all_is_well() const {
        EXPECT_THAT(page.shown(), SizeIs(3));
        EXPECT_THAT(durable.classified, SizeIs(3));
        EXPECT_THAT(durable.classified, Each(Pair(::testing::_, 1)));
        EXPECT_TRUE(durable.pending.empty());
    }

    asio::io_context io;
    Durable durable;
    Page page;
    std::unique_ptr<Process> process = std::make_unique<Process>(io, durable);
    std::shared_ptr<Wire> wire;
};

// hello, welcome, and for each message: message, ack, answer, received.
constexpr int kFrames = 2 + 3 * 4;

TEST(WebEveryStep, TakesAsManyFramesAsTheScriptHas) {
    Scene scene(kFrames);
    scene.poll();
    scene.connect();
    scene.write_three();
    scene.expect_that_all_is_well();
    EXPECT_FALSE(scene.page.has_broken());
    scene.page.write("m4");
    EXPECT_TRUE(scene.page.has_broken());
}

TEST(WebEveryStep, SurvivesABreakOfTheConnection) {
    for (int step = 0; step < kFrames; ++step) {
        SCOPED_TRACE(step);
        Scene scene(step);
        scene.poll();
        scene.connect();
        scene.write_three();
        ASSERT_TRUE(scene.page.has_broken());
        scene.page.stop_breaking();
        scene.connect();
        scene.expect_that_all_is_well();
    }
}

TEST(WebEveryStep, SurvivesARestartOfTheServer) {
    for (int step = 0; step < kFrames; ++step) {
        SCOPED_TRACE(step);
        Scene scene(step);
        scene.poll();
        scene.connect();
        scene.write_three();
        scene.restart_process();
        scene.page.stop_breaking();
        scene.connect();
        scene.expect_that_all_is_well();
    }
}

TEST(WebEveryStep, SurvivesAConnectionThatTheServerHasNotSeenDie) {
    for (int step = 2; step < kFrames; ++step) {
        SCOPED_TRACE(step);
        Scene scene(step, Break::unseen);
        scene.poll();
        scene.connect();
        scene.write_three();
        ASSERT_FALSE(scene.wire->is_cut);
        scene.page.stop_breaking();
        scene.connect();
        scene.expect_that_all_is_well();
    }
}

TEST(WebEveryStep, ShowsARepeatedAnswerOnce) {
    Scene scene(kFrames - 1);  // the last received is lost
    scene.poll();
    scene.connect();
    scene.write_three();
    scene.page.stop_breaking();
    scene.connect();
    scene.expect_that_all_is_well();
    EXPECT_EQ(scene.page.repeated, 1);
}

}  // namespace
}  // namespace nunchi::web
