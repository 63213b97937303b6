// What holds in a channel, and where it was chosen.
#pragma once

#include "bot/pipeline/pipeline.hpp"
#include "bot/store/store.hpp"

namespace nunchi::commands {

enum class Origin { channel, community, standard };

template <typename T>
struct Effective {
    T value{};
    Origin origin = Origin::standard;
};

struct SettingsView {
    Effective<pipeline::Mode> mode;
    Effective<double> min_confidence;
    Effective<pipeline::Tone> tone;
};

/// Names that this version does not know count as not chosen, as they do when messages are answered.
SettingsView view_of(const store::ChannelSettings& channel, const store::ChannelSettings& community,
                     const pipeline::PlatformOptions& standard);

}  // namespace nunchi::commands
