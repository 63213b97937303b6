#include "bot/ops/process_metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <map>
#include <string>

namespace nunchi::ops {
namespace {

// Written by hand after proc(5): utime 14, stime 15, starttime 22, vsize 23, rss 24.
constexpr std::string_view kLine =
    "4242 (nunchi run) S 1 4242 4242 0 -1 4194560 5000 0 3 0 250 50 0 0 20 0 5 0 123456 1048576000 2560 "
    "18446744073709551615 1 1 0 0 0 0 0 4096 16386 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";

TEST(ProcessStat, ReadsTicksAndSizes) {
    const auto stat = parse_process_stat(kLine);
    ASSERT_TRUE(stat);
    EXPECT_EQ(stat->cpu_ticks, 300U);
    EXPECT_EQ(stat->start_ticks, 123456U);
    EXPECT_EQ(stat->virtual_bytes, 1048576000U);
    EXPECT_EQ(stat->resident_pages, 2560U);
}

TEST(ProcessStat, ReadsPastANameWithSpacesAndParentheses) {
    std::string line(kLine);
    line.replace(line.find("(nunchi run)"), 12, "(a) 1 2 (b c))");
    const auto stat = parse_process_stat(line);
    ASSERT_TRUE(stat);
    EXPECT_EQ(stat->start_ticks, 123456U);
}

TEST(ProcessStat, IsNothingForALineThatIsCutAnywhere) {
    const auto last_needed = kLine.find("2560");
    for (std::size_t length = 0; length < last_needed; ++length) {
        EXPECT_FALSE(parse_process_stat(kLine.substr(0, length))) << length;
    }
    EXPECT_FALSE(parse_process_stat("4242 (nunchi) S 1 4242 4242 0 -1 4 5 0 3 0 x 50 0 0 20 0 5 0 1 1 1 1"));
}

TEST(ProcessMetrics, AgreeWithTheKernelsOtherFile) {
    std::map<std::string, double> values;
    for (const auto& family : collect_process_metrics()) {
        const auto& metric = family.metric.at(0);
        const bool is_counter = family.type == prometheus::MetricType::Counter;
        values[family.name] = is_counter ? metric.counter.value : metric.gauge.value;
    }

    double pages = 0, resident_pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident_pages;
    const auto page = static_cast<double>(sysconf(_SC_PAGESIZE));
    const double now =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    EXPECT_NEAR(values.at("process_virtual_memory_bytes"), pages * page, 64e6);
    EXPECT_NEAR(values.at("process_resident_memory_bytes"), resident_pages * page, 64e6);
    EXPECT_NEAR(values.at("process_start_time_seconds"), now, 300);
    EXPECT_GE(values.at("process_open_fds"), 3);
    EXPECT_LT(values.at("process_open_fds"), values.at("process_max_fds"));
    EXPECT_GE(values.at("process_cpu_seconds_total"), 0);
}

}  // namespace
}  // namespace nunchi::ops
