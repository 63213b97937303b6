// Nunchi's side of the tokenizer tests: JSON on stdin, one value a line, to JSON lines on stdout.
//   "text"           → [ids]                                    without [CLS] and [SEP]
//   ["first","second"] → {"ids":[…],"token_types":[…]}          with [CLS] and [SEP]
//   {"bytes":"hex"}  → [ids]                                    of any bytes
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "classifier/text/kobert_tokenizer.hpp"
#include "classifier/text/normaliser.hpp"
#include "classifier/text/spiece_proto.hpp"
#include "classifier/text/tokenizer_json.hpp"

namespace {

using nunchi::text::AddedToken;
using nunchi::text::KobertTokenizer;
using nunchi::text::Normaliser;
using nunchi::text::SpecialText;
using Json = nlohmann::json;

struct Options {
    std::filesystem::path spiece;
    std::vector<std::string> added;  // text=id
    std::string mode = "literal";
    bool is_normalised = false;
    bool shows_text = false;
    std::filesystem::path folder;
};

AddedToken parse_added(const std::string& argument) {
    const auto equals = argument.rfind('=');
    return {argument.substr(0, equals), std::stoi(argument.substr(equals + 1))};
}

std::string bytes_of(const std::string& hex) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

/// Writes tokenizer.json and tokenizer_config.json; answers the exit status.
int write_folder(const Options& options, const std::vector<AddedToken>& added) {
    const std::string bytes = nunchi::text::read_spiece_file(options.spiece).value();
    const auto model = nunchi::text::parse_spiece(std::as_bytes(std::span(bytes))).value();
    const auto files = nunchi::text::tokenizer_files(model, added, 64).value();
    std::ofstream(options.folder / "tokenizer.json") << files.tokenizer_json;
    std::ofstream(options.folder / "tokenizer_config.json") << files.tokenizer_config_json;
    return 0;
}

Json answer(const Json& request, const KobertTokenizer& tokenizer, const Normaliser* normaliser,
            const Options& options) {
    const auto mode = options.mode == "guarded" ? SpecialText::guarded : SpecialText::literal;
    if (request.is_array()) {
        const auto pair =
            tokenizer.encode_pair(request.at(0).get<std::string>(), request.at(1).get<std::string>(), mode);
        return {{"ids", pair.ids}, {"token_types", pair.token_types}};
    }
    std::string text =
        request.is_object() ? bytes_of(request.at("bytes").get<std::string>()) : request.get<std::string>();
    if (normaliser != nullptr) text = (*normaliser)(text);
    if (options.shows_text) return {{"text", text}, {"ids", tokenizer.tokenize(text, mode)}};
    return tokenizer.tokenize(text, mode);
}

int answer_lines(const Options& options, const std::vector<AddedToken>& added) {
    const KobertTokenizer tokenizer = KobertTokenizer::load(options.spiece, added).value();
    std::set<std::string> declared;
    for (const AddedToken& token : added) declared.insert(token.text);
    const Normaliser normaliser(declared);
    for (std::string line; std::getline(std::cin, line);) {
        const Normaliser* used = options.is_normalised ? &normaliser : nullptr;
        std::cout << answer(Json::parse(line), tokenizer, used, options).dump() << "\n";
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Tokenizes JSON lines as Nunchi does");
    app.add_option("--spiece", options.spiece, "SentencePiece model")->required();
    app.add_option("--added", options.added, "Added token as text=id; may be repeated");
    app.add_option("--mode", options.mode)->check(CLI::IsMember({"literal", "guarded"}));
    app.add_flag("--normalise", options.is_normalised, "Run the chat normaliser first");
    app.add_flag("--show-text", options.shows_text, "Answer {\"text\":…,\"ids\":…} with the normalised text");
    app.add_option("--write-folder", options.folder, "Write the tokenizer files into this folder and stop");
    CLI11_PARSE(app, argc, argv);
    try {
        std::vector<AddedToken> added;
        added.reserve(options.added.size());
        for (const std::string& argument : options.added) added.push_back(parse_added(argument));
        return options.folder.empty() ? answer_lines(options, added) : write_folder(options, added);
    } catch (const std::exception& error) {
        std::cerr << "tokenize_lines: " << error.what() << "\n";
        return 1;
    }
}
