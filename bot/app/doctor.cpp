#include "bot/app/doctor.hpp"

#include <spdlog/fmt/fmt.h>
#include <sys/timex.h>
#include <sysexits.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <filesystem>
#include <ostream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "adapters/discord/doctor.hpp"
#include "adapters/net/http_client.hpp"
#include "adapters/slack/doctor.hpp"
#include "bot/app/discord_options.hpp"
#include "bot/app/healthcheck.hpp"
#include "bot/app/listeners.hpp"
#include "bot/app/platform_options.hpp"
#include "bot/app/slack_options.hpp"
#include "bot/store/error.hpp"
#include "bot/store/store.hpp"
#include "config/build_info.hpp"
#include "config/paths.hpp"

#ifdef NUNCHI_HAS_TORCH
#include "bot/app/local_model.hpp"
#include "classifier/engine/runtime.hpp"
#endif

namespace nunchi::bot {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLittleDisk = 512ULL * 1024 * 1024;
constexpr std::chrono::seconds kAskWithin{5};

enum class Verdict {
    fine,
    notice,  // works, but the operator should know
    wrong,
};

struct Finding {
    Verdict verdict = Verdict::fine;
    std::string subject;
    std::string detail;
    std::string fix;  // what to do; empty when it is fine
};

using Findings = std::vector<Finding>;

void add_build(Findings& findings) {
    findings.push_back({Verdict::fine, "program", config::version_line("nunchi"), ""});
}

#ifdef NUNCHI_HAS_TORCH

void add_runtime(Findings& findings, const config::ClassifierSettings& settings) {
    const auto runtime = engine::inspect_runtime();
    findings.push_back(
        {Verdict::fine, "libtorch",
         fmt::format("{}, {} kernels, {} threads", runtime.libtorch, runtime.cpu, runtime.threads), ""});
    if (runtime.has_cuda) {
        findings.push_back({Verdict::fine, "gpu", "CUDA is there", ""});
    } else if (settings.device == config::Device::cuda) {
        findings.push_back({Verdict::wrong, "gpu", "classifier.device is \"cuda\", and libtorch finds no GPU",
                            "install the driver and a libtorch with CUDA (script/bootstrap --cuda), or set "
                            "classifier.device = \"auto\""});
    } else {
        findings.push_back({Verdict::fine, "gpu", "none; the CPU reads", ""});
    }
}

void add_local_model(Findings& findings, const Program& program) {
    std::string inference_error;
    const auto local = load_local_model(program.settings.classifier, program.environment,
                                        [&](const std::string& message) { inference_error = message; });
    if (!local) {
        findings.push_back({Verdict::wrong, "model", local.error().message,
                            "nunchi model list shows what there is; nunchi model verify NAME checks one"});
        return;
    }
    const auto goldens = local->folder.manifest.golden.size();
    findings.push_back({Verdict::fine, "model",
                        fmt::format("{} on {} in {}: hashes, tokenizer and {} golden sentences are right",
                                    local->folder.model_id(), local->device, local->precision, goldens),
                        ""});
}

#endif

void add_remote(Findings& findings, const config::ClassifierSettings& settings) {
    const auto answer = fetch(settings.url + "/info", kAskWithin);
    if (!answer) {
        findings.push_back({Verdict::wrong, "classifier",
                            fmt::format("{} does not answer: {}", settings.url, answer.error().message()),
                            "check classifier.url, and that the server runs and can be reached from here"});
    } else if (answer->status == 401) {
        findings.push_back({Verdict::notice, "classifier", settings.url + " answers, and asks for a token",
                            "set classifier.url_token_file to the file with its token"});
    } else {
        findings.push_back(
            {answer->status == 200 ? Verdict::fine : Verdict::wrong, "classifier",
             fmt::format("{} answers with {}", settings.url, answer->status),
             answer->status == 200 ? "" : "it must be a Nunchi or a Text Embeddings Inference server"});
    }
}

void add_classifier(Findings& findings, const Program& program) {
    if (!program.settings.classifier.url.empty()) return add_remote(findings, program.settings.classifier);
#ifdef NUNCHI_HAS_TORCH
    add_runtime(findings, program.settings.classifier);
    add_local_model(findings, program);
#else
    findings.push_back({Verdict::wrong, "classifier",
                        "this build has no libtorch, and classifier.url is not set",
                        "set classifier.url to the address of another Nunchi"});
#endif
}

void add_store(Findings& findings, const Program& program) {
    store::Options options;
    options.url = program.settings.store.url;
    options.sqlite_file = program.settings.store.path;
    if (options.url.empty() && options.sqlite_file.empty()) {
        options.sqlite_file = config::state_dir(program.environment) / "nunchi.db";
    }
    const auto place = options.url.empty() ? options.sqlite_file.string() : std::string("PostgreSQL");
    const auto opened = store::open_store(std::move(options));
    if (opened) {
        findings.push_back({Verdict::fine, "store", place + ": opens and is whole", ""});
    } else if (opened.error().code == store::errc::in_use) {
        findings.push_back({Verdict::fine, "store", place + ": in use by a running nunchi", ""});
    } else {
        findings.push_back({Verdict::wrong, "store", opened.error().message, "see the sentence above"});
    }
}

void add_disk(Findings& findings, const Program& program) {
    auto folder = program.settings.store.path.empty() ? config::state_dir(program.environment)
                                                      : program.settings.store.path.parent_path();
    std::error_code error;
    while (!folder.empty() && !fs::exists(folder, error)) folder = folder.parent_path();
    const auto space = fs::space(folder.empty() ? fs::path(".") : folder, error);
    if (error) return;
    const auto detail = fmt::format("{} MB free in {}", space.available / 1'000'000, folder.string());
    if (space.available < kLittleDisk) {
        findings.push_back({Verdict::wrong, "disk", detail, "make room: the store needs 512 MB to be safe"});
    } else {
        findings.push_back({Verdict::fine, "disk", detail, ""});
    }
}

void add_listener(Findings& findings, const Program& program) {
    const auto& http = program.settings.http;
    const auto url = base_url(http, static_cast<std::uint16_t>(http.port));
    if (const auto answer = fetch(url + "/livez", kAskWithin); answer && answer->status == 200) {
        findings.push_back({Verdict::fine, "port", url + ": a nunchi is running there", ""});
        return;
    }
    const auto token = private_token(http, program.environment);
    if (!token) {
        findings.push_back({Verdict::wrong, "token", token.error().message, "see the sentence above"});
        return;
    }
    boost::asio::io_context context{1};
    const auto opened =
        open_private_listener(context.get_executor(), net::Router(), http, *token, program.log);
    if (opened) {
        findings.push_back({Verdict::fine, "port", url + ": free", ""});
    } else {
        findings.push_back(
            {Verdict::wrong, "port", opened.error().message, "end the other program or choose another port"});
    }
}

Verdict verdict_of(chat::Finding::Verdict verdict) {
    switch (verdict) {
        case chat::Finding::Verdict::fine: return Verdict::fine;
        case chat::Finding::Verdict::notice: return Verdict::notice;
        case chat::Finding::Verdict::wrong: break;
    }
    return Verdict::wrong;
}

/// Runs a platform's own examination.
void examine_with(Findings& findings, boost::asio::io_context& context,
                  boost::asio::awaitable<std::vector<chat::Finding>> examination) {
    boost::asio::co_spawn(context, std::move(examination),
                          [&](std::exception_ptr, std::vector<chat::Finding> found) {
                              for (auto& one : found) {
                                  findings.push_back({verdict_of(one.verdict), std::move(one.subject),
                                                      std::move(one.detail), std::move(one.fix)});
                              }
                              context.stop();
                          });
    context.run();
}

void add_discord(Findings& findings, const Program& program) {
    if (program.settings.discord.token.empty()) {
        findings.push_back({Verdict::fine, "discord", "off: discord.token_file is not set", ""});
        return;
    }
    const auto options = discord_options(program.settings.discord, program.settings.net);
    boost::asio::io_context context{1};
    auto client = net::create_http_client(context.get_executor(), client_options(program.settings.net));
    if (!options || !client) {
        const auto reason = options ? client.error().message() : options.error().message;
        findings.push_back({Verdict::wrong, "discord", reason, "correct the setting"});
        return;
    }
    const auto rest =
        discord::rest::create_rest_client(context.get_executor(), options->rest, **client, program.log);
    examine_with(findings, context, discord::examine(*rest, options->profile));
}

void add_slack(Findings& findings, const Program& program) {
    if (program.settings.slack.bot_token.empty()) {
        findings.push_back({Verdict::fine, "slack", "off: slack.bot_token_file is not set", ""});
        return;
    }
    const auto options = slack_options(program.settings.slack, program.settings.net);
    boost::asio::io_context context{1};
    auto client = net::create_http_client(context.get_executor(), client_options(program.settings.net));
    if (!options || !client) {
        const auto reason = options ? client.error().message() : options.error().message;
        findings.push_back({Verdict::wrong, "slack", reason, "correct the setting"});
        return;
    }
    const auto web =
        slack::web_api::create_web_client(context.get_executor(), options->web, **client, program.log);
    examine_with(findings, context, slack::examine(*web, *options));
}

/// Signatures of webhooks and one-time links hold for minutes, so the clock must be right.
void add_clock(Findings& findings) {
    timex state{};
    const int status = adjtimex(&state);
    if (status == -1 || status == TIME_ERROR) {
        findings.push_back({Verdict::notice, "clock", "not known to be synchronised",
                            "timedatectl set-ntp true (in a container: on the machine around it)"});
    } else {
        findings.push_back({Verdict::fine, "clock", "synchronised", ""});
    }
}

const char* mark(Verdict verdict) {
    switch (verdict) {
        case Verdict::fine: return "ok     ";
        case Verdict::notice: return "notice ";
        case Verdict::wrong: return "WRONG  ";
    }
    return "";
}

}  // namespace

int run_doctor(std::ostream& out, const Program& program) {
    Findings findings;
    add_build(findings);
    findings.push_back({Verdict::fine, "settings", "they are valid", ""});  // or the program had ended before
    add_classifier(findings, program);
    add_store(findings, program);
    add_disk(findings, program);
    add_listener(findings, program);
    add_discord(findings, program);
    add_slack(findings, program);
    add_clock(findings);

    std::size_t wrong = 0;
    for (const auto& finding : findings) {
        out << mark(finding.verdict) << fmt::format("{:<11}", finding.subject) << finding.detail << "\n";
        if (!finding.fix.empty()) out << std::string(18, ' ') << "-> " << finding.fix << "\n";
        wrong += finding.verdict == Verdict::wrong ? 1U : 0U;
    }
    if (wrong == 0) {
        out << "Everything that the bot needs is there.\n";
        return EX_OK;
    }
    out << fmt::format("{} of {} checks failed.\n", wrong, findings.size());
    return EX_CONFIG;
}

}  // namespace nunchi::bot
