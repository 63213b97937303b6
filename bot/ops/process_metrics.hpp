// process_*: what this process takes of the machine, under the names that every Prometheus client uses.
#pragma once

#include <prometheus/metric_family.h>

#include <optional>
#include <string_view>
#include <vector>

namespace nunchi::ops {

struct ProcessStat {
    unsigned long long cpu_ticks = 0;    // user and system
    unsigned long long start_ticks = 0;  // since the machine's start
    unsigned long long virtual_bytes = 0;
    unsigned long long resident_pages = 0;
};

/// Reads a line of /proc/PID/stat (proc(5)); nothing when it is none. Pure.
std::optional<ProcessStat> parse_process_stat(std::string_view line);

/// CPU seconds, memory, open files and their limit, start time. A value that the kernel does not give is left
/// out.
std::vector<prometheus::MetricFamily> collect_process_metrics();

}  // namespace nunchi::ops
