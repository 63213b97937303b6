// Replies that were written to a page and are not known to be on its screen yet.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>

namespace nunchi::web {

class Confirmations {
public:
    enum class Outcome {
        pending,      // nothing was heard; at the end of the wait it means that the page was too slow
        confirmed,    // the page has it
        reader_gone,  // its connection ended; the answer is to be sent again when the reader returns
    };

    /// One reply. Several may wait for the same id: a reply may be sent twice.
    class Wait {
    public:
        /// `wake` is called once, when the outcome is known; it must not destroy the wait.
        Wait(std::shared_ptr<Confirmations> owner, std::string id, std::function<void()> wake);
        ~Wait();
        Wait(const Wait&) = delete;
        Wait& operator=(const Wait&) = delete;

        Outcome outcome() const { return outcome_; }

    private:
        friend class Confirmations;
        void settle(Outcome outcome);

        std::shared_ptr<Confirmations> owner_;
        std::string id_;
        std::function<void()> wake_;
        Outcome outcome_ = Outcome::pending;
        std::list<Wait*>::iterator place_;
    };

    /// An id that nobody waits for is passed over.
    void confirm(std::string_view id);
    void reader_gone();

private:
    std::list<Wait*> waits_;
};

}  // namespace nunchi::web
