// throughgate hold, release, retry, reroute, withdraw, resolve: operators' acts, journalled with who and why.
//
// A running hub does them (it alone writes its journal); without one, the act is journalled here in the same way.
#include <iostream>

#include "hub/cli/commands.hpp"
#include "hub/core/step.hpp"
#include "hub/routes/control.hpp"

namespace hub::cli {
namespace {

using core::Act;

Result<Act::Verb> verb_of(const std::string& name) {
    static const std::map<std::string, Act::Verb> verbs{{"hold", Act::Verb::hold},       {"release", Act::Verb::release},   {"retry", Act::Verb::retry},
                                                        {"reroute", Act::Verb::reroute}, {"withdraw", Act::Verb::withdraw}, {"resolve", Act::Verb::resolve}};
    const auto found = verbs.find(name);
    if (found == verbs.end()) return Error{.what = "there is no act '" + name + "'", .code = "no_act"};
    return found->second;
}

Result<Act> act_of(const ActRequest& request) {
    const auto verb = verb_of(request.verb);
    if (!verb) return verb.error();
    const auto item = core::parse_item_ref(request.item);
    if (!item) return item.error();
    Act act{.verb = *verb, .item = *item, .who = request.who, .why = request.why, .consent = request.consent, .route = request.route};
    if (!request.person.empty() && request.person != "new") {
        const auto person = digest_from_hex(request.person);
        if (!person) return person.error();
        act.person = PersonId{*person};
    }
    return act;
}

std::uint64_t nonce(Random& random) {
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t value = 0;
    for (const std::uint8_t byte : bytes) value = value << 8 | byte;
    return value;
}

core::Entry entry_for(World& world, const OpenSite& open, core::EntryKind kind, std::string payload, const std::string& source, std::uint64_t seq) {
    core::Entry entry{.seq = seq};
    entry.header = {.kind = kind, .instant = world.clock.now(), .plan = open.site.plan->digest, .source = source, .nonce = nonce(world.random)};
    entry.header.raw_digest = world.digester.sha256(payload);
    entry.payload = std::move(payload);
    return entry;
}

/// The journal must hold every plan that an entry names.
bool plan_is_journalled(const OpenSite& open) {
    bool found = false;
    const Status read = open.store->entries(1, [&](const core::StoredEntry& stored) {
        found = stored.entry.header.kind == core::EntryKind::plan && stored.entry.header.plan == open.site.plan->digest;
        return !found;
    });
    return read && found;
}

/// The record entry that the act is about, prepared under today's plan.
std::shared_ptr<const core::Prepared> prepare_subject(const OpenSite& open, std::uint64_t seq, core::Subject& subject) {
    std::shared_ptr<const core::Prepared> prepared;
    const Status read = open.store->entries(seq, [&](const core::StoredEntry& stored) {
        if (stored.entry.seq != seq || stored.entry.erased) return false;
        core::Workbench bench;
        prepared = core::prepare(stored.entry.header, stored.entry.payload, open.site.plan, bench);
        subject = {seq, stored.entry.header, prepared.get()};
        return false;
    });
    return read ? prepared : nullptr;
}

Result<core::Stepped> perform(World& world, OpenSite& open, const Act& act) {
    std::vector<core::Commit> group;
    std::uint64_t seq = open.store->next_seq();
    core::Overlay overlay(*open.store);
    const core::StepContext context{world.digester, *open.keys};
    if (!plan_is_journalled(open)) {
        core::Entry entry = entry_for(world, open, core::EntryKind::plan, open.site.plan->bundle, "operator", seq++);
        core::Stepped stepped = core::step(overlay, entry, nullptr, open.site.plan, context);
        overlay.apply(stepped.delta);
        group.push_back({std::move(entry), std::move(stepped.delta)});
    }
    core::Entry entry = entry_for(world, open, core::EntryKind::act, core::encode(act), act.who, seq);
    core::Subject subject;
    std::shared_ptr<const core::Prepared> prepared;
    if (const std::uint64_t needed = core::subject_of(entry); needed != 0) prepared = prepare_subject(open, needed, subject);
    core::Stepped stepped = core::step(overlay, entry, prepared ? &subject : nullptr, open.site.plan, context);
    if (!stepped.journal) return stepped;
    group.push_back({std::move(entry), stepped.delta});
    if (const Status appended = open.store->append(group); !appended) return appended.error();
    return stepped;
}

int tell(const World& world, bool journalled, const std::string& receipt, const Problems& problems) {
    Report report;
    report.facts = {{"journalled", journalled ? "yes" : "no"}};
    if (!receipt.empty()) report.facts.push_back({"entry", receipt});
    report.problems = problems;
    print(report, world.format, journalled ? std::cout : std::cerr);
    return journalled ? exit_good : exit_problems;
}

}  // namespace

int act(World& world, const ActRequest& request) {
    const Result<Act> wanted = act_of(request);
    if (!wanted) return fail(world, wanted.error());
    site::Loaded site;
    if (!load_site(world, request.site, site)) return exit_problems;
    const auto reply = routes::ask_hub(world.net, world.clock, site.control_socket, *wanted);
    if (reply) return tell(world, reply->journalled, reply->receipt, reply->problems);
    if (reply.error().code != routes::no_hub) return fail(world, reply.error());
    OpenSite open;
    if (!open_site(world, request.site, journal::Mode::writer, open)) return exit_problems;
    const auto stepped = perform(world, open, *wanted);
    if (!stepped) return fail(world, stepped.error());
    return tell(world, stepped->journal, stepped->receipt, stepped->problems);
}

}  // namespace hub::cli
