// What follows on Discord's answer to a first response.
#pragma once

#include <optional>

namespace nunchi::discord::interactions {

enum class Acknowledged {
    ours,        // Discord has our deferral; an answer can follow
    by_another,  // somebody else responded first, to be seen by whom we do not know: no answer (I10)
    lost,        // the token is dead, or nobody knows: no answer
    late,        // the 3 s were over first (I8): no answer
};

/// Pure. One of it belongs to one interaction.
class Acknowledgement {
public:
    /// `status` is 0 where no answer came. Nothing: send it once more, while the 3 s last.
    std::optional<Acknowledged> after(int status, int discord_code);

private:
    // The request may have got through: a refusal as a second response then means that it did.
    bool is_uncertain_ = false;
};

}  // namespace nunchi::discord::interactions
