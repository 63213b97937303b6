#include "bot/store/sqlite_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <ctime>
#include <iomanip>
#include <sstream>
#include <string_view>
#include <system_error>
#include <vector>

#include "bot/store/error.hpp"

namespace nunchi::store {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

std::string system_message() {
    return std::error_code(errno, std::generic_category()).message();
}

api::Failure not_writable(const fs::path& path, const std::string& reason) {
    return {
        make_error_code(errc::not_writable),
        path.string() + ": cannot be made or written (" + reason +
            "): give the folder to the user that runs nunchi, or set store.path to a file in another folder"};
}

fs::path with_ending(const fs::path& file, std::string_view ending) {
    return file.string().append(ending);
}

/// "20261122T101010Z" of a backup of the file; empty for other files.
std::string backup_time(const fs::path& file, const fs::path& candidate) {
    constexpr std::string_view kEnding = ".bak";
    constexpr std::size_t kTimeSize = std::string_view("20261122T101010Z").size();
    const std::string name = candidate.filename().string();
    const std::string begin = file.filename().string() + ".v";
    if (!name.starts_with(begin) || !name.ends_with(kEnding)) return {};
    if (name.size() < begin.size() + 2 + kTimeSize + kEnding.size()) return {};
    return name.substr(name.size() - kEnding.size() - kTimeSize, kTimeSize);
}

/// Newest first.
std::vector<fs::path> backups_of(const fs::path& file) {
    std::vector<std::pair<std::string, fs::path>> dated;
    std::error_code error;
    for (fs::directory_iterator entry(file.parent_path(), error), end; !error && entry != end;
         entry.increment(error)) {
        if (auto time = backup_time(file, entry->path()); !time.empty()) {
            dated.emplace_back(std::move(time), entry->path());
        }
    }
    std::sort(dated.rbegin(), dated.rend());
    std::vector<fs::path> found;
    for (auto& [time, path] : dated) found.push_back(std::move(path));
    return found;
}

}  // namespace

FileLock::~FileLock() {
    if (descriptor_ >= 0) close(descriptor_);
}

api::outcome<void> make_folder_of(const fs::path& file) {
    const fs::path folder = file.parent_path();
    std::error_code error;
    if (fs::is_directory(folder, error)) return {};
    fs::create_directories(folder.parent_path(), error);
    if (error) return not_writable(folder, error.message());
    if (mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST) return not_writable(folder, system_message());
    return {};
}

api::outcome<FileLock> lock_beside(const fs::path& file) {
    const fs::path path = with_ending(file, ".lock");
    const int descriptor = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
    if (descriptor < 0) return not_writable(path, system_message());
    FileLock lock(descriptor);
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
    if (errno != EWOULDBLOCK) return not_writable(path, system_message());
    return api::Failure{
        make_error_code(errc::in_use),
        file.string() +
            ": another nunchi works with this file, and two would answer twice: stop the other "
            "one, or set store.url to a PostgreSQL database, which several processes can share"};
}

api::outcome<void> make_private_file(const fs::path& file) {
    const int descriptor = open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
    if (descriptor < 0) return not_writable(file, system_message());
    close(descriptor);
    return {};
}

void flush_to_disk(const fs::path& file) {
    for (const fs::path& path : {file, file.parent_path()}) {
        const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0) continue;
        fsync(descriptor);
        close(descriptor);
    }
}

fs::path backup_name(const fs::path& file, int version, std::chrono::system_clock::time_point now) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    std::ostringstream ending;
    ending << ".v" << version << "-" << std::put_time(&utc, "%Y%m%dT%H%M%SZ") << ".bak";
    return with_ending(file, ending.str());
}

void remove_old_backups(const fs::path& file, std::size_t keep) {
    const std::vector<fs::path> backups = backups_of(file);
    for (std::size_t i = keep; i < backups.size(); ++i) {
        std::error_code ignored;  // a backup too many harms nobody
        fs::remove(backups[i], ignored);
    }
}

std::string way_out(const fs::path& file) {
    const std::string name = file.filename().string();
    std::string sentence =
        "move " + name + ", " + name + "-wal and " + name + "-shm out of " + file.parent_path().string();
    const std::vector<fs::path> backups = backups_of(file);
    if (backups.empty()) return sentence + " and put a backup in their place; without one nunchi begins anew";
    return sentence + " and copy a backup, of which the newest here is " +
           backups.front().filename().string() + ", to " + name + "; without one nunchi begins anew";
}

}  // namespace nunchi::store
