// A hub without threads, formats or disk: a plan made in code, records made by hand, one step after another on a store in
// memory. Every step checks that the books balance when `audit` is called.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hub/core/accounts.hpp"
#include "hub/core/step.hpp"
#include "tests/support/fake_keys.hpp"
#include "tests/support/memory_store.hpp"

namespace desk {

using namespace hub;
using namespace hub::core;

/// What a test says about one person's record; it becomes a Child under the plan of the day.
struct Spec {
    std::vector<people::Identifier> identifiers{};
    std::vector<std::string> routes{};  ///< that match; those the plan no longer has are left out
    std::vector<Consent> consents{};
    std::vector<Fact> facts{};
    std::vector<std::string> lacks{};   ///< on every route
    std::vector<Child::Delivery> deliveries{};
    std::vector<Fact> taken_back{};
};

people::Identifier noms(const std::string& value);
people::Identifier crn(const std::string& value);
people::Identifier urn(const std::string& value);
people::Identifier flawed(const std::string& value);
Fact fact(const std::string& kind, const std::string& value, const std::string& valid_from = "2026-01-01");

class Desk {
public:
    Desk();

    std::shared_ptr<Plan> plan;  ///< change it before a step: each step sees it as it is then
    support::MemoryStore store{};
    Instant now{};               ///< one minute further after each entry
    bool group_mode = false;     ///< steps pile up in an overlay until flush()
    void flush();
    std::map<std::string, std::size_t> unknown_paths{};  ///< that messages are found to have

    Stepped record(const std::string& message_id, const std::vector<Spec>& children, const std::string& body = "body");
    /// A record of this type that the hub made itself.
    Stepped own_record(const std::string& type, const std::string& message_id, const std::vector<Spec>& children);
    Stepped invalid(const std::string& message_id, const std::string& body = "body");
    Stepped lease(const ItemRef& item, const std::string& body = "letter");
    Stepped outcome(const ItemRef& item, Attempt::Came came, const std::string& code = {}, const std::string& detail = {});
    Stepped act(Act::Verb verb, const ItemRef& item, Act rest = {});
    Stepped tick(const std::vector<ItemRef>& expired, const std::vector<PersonId>& woken = {});
    /// Rows of a table, by key.
    std::map<std::string, std::string> rows(Table table) const;

    Item item(const ItemRef& ref) const;
    Person person(const PersonId& id) const;
    std::vector<Item> items() const;
    std::vector<Due> due(const std::string& route) const;
    /// The one person who has an identifier; zero when nobody or several have it.
    PersonId who(const people::Identifier& identifier) const;
    /// Empty when accounts computed from residues agree with every projection.
    Problems audit() const;
    /// Messages become valid, or invalid, under another plan.
    void mend(std::uint64_t seq, const std::vector<Spec>& children) { specs_[seq].children = children; specs_[seq].valid = true; }

private:
    struct Message {
        Header header{};
        std::vector<Spec> children{};
        bool valid = true;
    };
    Stepped run(Entry entry, const Subject* subject);
    Stepped take(const std::string& message_id, Message message, const std::string& body, const std::string& source = "court_drop", const std::string& exchange = "spi");
    std::shared_ptr<const Prepared> prepared(const Message& message) const;
    Entry entry(EntryKind kind, const std::string& payload);

    support::FakeDigester digester_{};
    support::FakeKeyStore keys_{};
    Overlay overlay_{store};
    std::vector<Commit> group_{};
    std::map<std::uint64_t, Message> specs_{};
    std::uint64_t nonce_ = 0;
};

}  // namespace desk
