#include "bot/ops/process_metrics.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <utility>

namespace nunchi::ops {
namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

MetricFamily family(std::string name, std::string help, MetricType type, double value) {
    prometheus::ClientMetric metric;
    metric.gauge.value = value;
    metric.counter.value = value;
    return {std::move(name), std::move(help), type, {std::move(metric)}};
}

/// A file of /proc has no size, so it is read to its end.
std::string content_of(const char* path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Seconds since 1970 of the machine's start: "btime 1700000000" in /proc/stat.
std::optional<double> boot_time() {
    std::ifstream file("/proc/stat");
    std::string word;
    for (double value = 0; file >> word; file.ignore(1U << 20U, '\n')) {
        if (word == "btime" && file >> value) return value;
    }
    return std::nullopt;
}

std::optional<double> open_files() {
    std::error_code error;
    double count = -1;  // The listing itself is one of them.
    for (std::filesystem::directory_iterator file("/proc/self/fd", error), end; !error && file != end;
         file.increment(error)) {
        ++count;
    }
    if (error) return std::nullopt;
    return count;
}

void add_stat(const ProcessStat& stat, std::vector<MetricFamily>& out) {
    const auto ticks_per_second = static_cast<double>(sysconf(_SC_CLK_TCK));
    out.push_back(family("process_cpu_seconds_total", "User and system time of this process.",
                         MetricType::Counter, static_cast<double>(stat.cpu_ticks) / ticks_per_second));
    out.push_back(family("process_virtual_memory_bytes", "Address space of this process.", MetricType::Gauge,
                         static_cast<double>(stat.virtual_bytes)));
    out.push_back(
        family("process_resident_memory_bytes", "Memory of this process that is in RAM.", MetricType::Gauge,
               static_cast<double>(stat.resident_pages) * static_cast<double>(sysconf(_SC_PAGESIZE))));
    if (const auto booted = boot_time()) {
        out.push_back(family("process_start_time_seconds", "When this process started, since 1970.",
                             MetricType::Gauge,
                             *booted + static_cast<double>(stat.start_ticks) / ticks_per_second));
    }
}

}  // namespace

std::optional<ProcessStat> parse_process_stat(std::string_view line) {
    // The second field is the program's name in parentheses and may hold anything, parentheses too.
    const auto name_end = line.rfind(')');
    if (name_end == std::string_view::npos) return std::nullopt;
    line.remove_prefix(name_end + 1);

    constexpr std::size_t kUserTime = 14, kSystemTime = 15, kStartTime = 22, kVirtual = 23, kResident = 24;
    std::array<unsigned long long, kResident + 1> fields{};
    for (std::size_t field = 3; field <= kResident; ++field) {
        const auto begin = line.find_first_not_of(' ');
        if (begin == std::string_view::npos) return std::nullopt;
        line.remove_prefix(begin);
        const auto word = line.substr(0, line.find_first_of(" \n"));
        line.remove_prefix(word.size());
        const bool is_used = field == kUserTime || field == kSystemTime || field >= kStartTime;
        if (!is_used) continue;
        const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), fields[field]);
        if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    }
    return ProcessStat{.cpu_ticks = fields[kUserTime] + fields[kSystemTime],
                       .start_ticks = fields[kStartTime],
                       .virtual_bytes = fields[kVirtual],
                       .resident_pages = fields[kResident]};
}

std::vector<MetricFamily> collect_process_metrics() {
    std::vector<MetricFamily> families;
    if (const auto stat = parse_process_stat(content_of("/proc/self/stat"))) add_stat(*stat, families);
    if (const auto count = open_files()) {
        families.push_back(family("process_open_fds", "Open files and sockets.", MetricType::Gauge, *count));
    }
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        families.push_back(family("process_max_fds", "How many files and sockets may be open.",
                                  MetricType::Gauge, static_cast<double>(limit.rlim_cur)));
    }
    return families;
}

}  // namespace nunchi::ops
