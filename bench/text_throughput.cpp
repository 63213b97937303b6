// Tokenizes a file of messages, one a line, as often as it is asked to. Every line on stdin asks for one
// pass: "tokenizer" (KoBERT parity mode) or "encoder" (normaliser, tokenizer and limit, as in serving). The
// answer is
// "<seconds> <ids>". Between passes the program sleeps, so that peers can be timed in turn with it.
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "classifier/model_folder/folder_encoder.hpp"
#include "classifier/model_folder/model_folder.hpp"

namespace {

using nunchi::text::SpecialText;

constexpr std::size_t kMaxTokens = 64;

std::vector<std::string> read_lines(const std::string& path) {
    std::ifstream in(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

/// Prints the CPU seconds of one pass. CPU time, because a core that others also use counts only while it is
/// ours; and all threads count, so none can help unseen.
void time_pass(const std::vector<std::string>& messages,
               const std::function<std::size_t(const std::string&)>& count_ids) {
    std::size_t ids = 0;
    const std::clock_t start = std::clock();
    for (const std::string& message : messages) ids += count_ids(message);
    const std::clock_t ticks = std::clock() - start;
    std::cout << static_cast<double>(ticks) / CLOCKS_PER_SEC << " " << ids << std::endl;
}

void answer_requests(const nunchi::text::TextEncoder& encoder, const std::vector<std::string>& messages) {
    for (std::string request; std::getline(std::cin, request);) {
        if (request == "tokenizer") {
            time_pass(messages, [&](const std::string& message) {
                return encoder.tokenizer().tokenize(message, SpecialText::literal).size();
            });
        } else {
            time_pass(messages,
                      [&](const std::string& message) { return encoder.encode(message).ids.size(); });
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: text_throughput MODEL_FOLDER FILE\n";
        return EXIT_FAILURE;
    }
    const auto folder = nunchi::model_folder::open_model_folder(argv[1]);
    if (!folder) {
        std::cerr << folder.error().message << "\n";
        return EXIT_FAILURE;
    }
    const auto encoder = nunchi::model_folder::create_encoder(*folder, kMaxTokens);
    if (!encoder) {
        std::cerr << encoder.error().message << "\n";
        return EXIT_FAILURE;
    }
    answer_requests(*encoder, read_lines(argv[2]));
    return EXIT_SUCCESS;
}
