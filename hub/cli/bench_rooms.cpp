// The machine's bare limits, and what one record costs in each room.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "hub/cli/bench_parts.hpp"
#include "hub/core/step.hpp"
#include "hub/formats/bare.hpp"

namespace hub::cli::measure {
namespace {

const core::Exchange& court_exchange(const Context& context) { return context.plan->exchanges.at("court_result_in"); }

/// Appends of `bytes` times `records`, each batch with one fdatasync: the disk's own limit.
double sync_seconds(Context& context, std::size_t bytes, std::size_t records) {
    const std::string path = context.folder + "/bare.log";
    const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) return 0;
    const std::string block(bytes, 'x');
    const double each = seconds_each(context.seconds, context.world.clock, [&] {
        for (std::size_t i = 0; i < records; ++i)
            if (::write(file, block.data(), block.size()) < 0) return;
        ::fdatasync(file);
    });
    ::close(file);
    ::unlink(path.c_str());
    return each;
}

void decode_and_map(Context& context, const Messages& messages, const std::string& size) {
    const mapping::Mapping& mapping = *court_exchange(context).mapping;
    const std::string bytes = messages.make(7);
    const double alone = seconds_each(context.seconds, context.world.clock, [&] { formats::parse_and_validate_alone(mapping.from(), bytes); });
    context.rows.push_back({"bare: libxml2 parse + XSD", size, number(1 / alone), "records/s a core", ""});
    const auto decoder = formats::make_decoder(mapping.from());
    formats::Document source(&mapping.from());
    const double decoded = seconds_each(context.seconds, context.world.clock, [&] { decoder->decode(bytes, "bench", source); });
    context.rows.push_back({"decode + validate into the tree", size, number(1 / decoded), "records/s a core", times(alone / decoded) + " of the bare rate"});
    std::vector<formats::Document> out;
    const mapping::Given given{.received_at = "2026-11-24T09:00:00.000000Z"};
    const double mapped = seconds_each(context.seconds, context.world.clock, [&] { mapping.apply(source, given, out); });
    std::size_t fields = 0;
    for (formats::NodeId node = 0; node < out.front().size(); ++node) fields += out.front()[node].text_size > 0 ? 1 : 0;
    context.rows.push_back({"map to canonical, " + std::to_string(fields) + " fields", size, number(mapped * 1e6), "us", number(mapped * 1e9 / static_cast<double>(fields)) + " ns a field"});
    if (context.field_ns == 0) context.field_ns = mapped * 1e9 / static_cast<double>(fields);
}

void prepare_and_render(Context& context, const Messages& messages, const std::string& size) {
    const std::string bytes = messages.make(7);
    core::Header header{.instant = context.world.clock.now(), .plan = context.plan->digest, .source = "court_http", .sender = "courts", .exchange = "court_result_in"};
    core::Workbench bench;
    const double prepared = seconds_each(context.seconds, context.world.clock, [&] { core::prepare(header, bytes, context.plan, bench); });
    context.rows.push_back({"prepare: decode, validate, map, identifiers, facts, routes", size, number(prepared * 1e6), "us", ""});
    const auto ready = core::prepare(header, bytes, context.plan, bench);
    if (ready->children.empty()) return;
    const core::Route& route = context.plan->routes.at("court_result_police");
    const double rendered = seconds_each(context.seconds, context.world.clock,
                                         [&] { (void)core::render(ready->children[0], route, RecordId{}, header, context.world.digester, false); });
    context.rows.push_back({"render for the police", size, number(rendered * 1e6), "us", ""});
}

/// Steps and appends groups of records, without threads around: the store's own rate.
double commit_seconds(Context& context, const Messages& messages, std::size_t group_size, double& step_s) {
    const std::string path = context.folder + "/journal-" + std::to_string(group_size);
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
    if (!journal::make_site_key(path + "/site.key", context.world.disk, context.world.random)) return 0;
    auto key = journal::read_site_key(path + "/site.key", context.world.disk);
    if (!key) return 0;
    journal::FileKeyStore keys(std::move(*key), context.world.random);
    auto store = journal::open_sqlite_store(path + "/journal.db", context.world.digester, keys, journal::Mode::writer);
    if (!store) return 0;
    core::Workbench bench;
    const core::StepContext step_context{context.world.digester, keys};
    std::uint64_t next = 0;
    std::chrono::nanoseconds stepping{}, appending{};
    const auto began = context.world.clock.steady();
    while (std::chrono::duration<double>(context.world.clock.steady() - began).count() < context.seconds * 2) {
        std::vector<std::pair<core::Entry, std::shared_ptr<const core::Prepared>>> made;
        for (std::size_t i = 0; i < group_size; ++i) {
            core::Entry entry;
            entry.payload = messages.make(++next);
            entry.header = {.instant = context.world.clock.now(), .plan = context.plan->digest, .source = "court_http", .sender = "courts", .message_id = std::to_string(next),
                            .exchange = "court_result_in", .raw_digest = context.world.digester.sha256(entry.payload), .nonce = next};
            auto prepared = core::prepare(entry.header, entry.payload, context.plan, bench);
            made.emplace_back(std::move(entry), std::move(prepared));
        }
        const auto at = context.world.clock.steady();
        core::Overlay overlay(**store);
        std::vector<core::Commit> group;
        std::uint64_t seq = (*store)->next_seq();
        for (auto& [entry, prepared] : made) {
            entry.seq = seq++;
            const core::Subject subject{entry.seq, entry.header, prepared.get()};
            core::Stepped stepped = core::step(overlay, entry, &subject, context.plan, step_context);
            overlay.apply(stepped.delta);
            group.push_back({std::move(entry), std::move(stepped.delta)});
        }
        const auto stepped_at = context.world.clock.steady();
        if (!(*store)->append(group)) return 0;
        stepping += stepped_at - at;
        appending += context.world.clock.steady() - stepped_at;
    }
    store->reset();
    std::filesystem::remove_all(path);
    step_s = std::chrono::duration<double>(stepping).count() / static_cast<double>(next);
    return std::chrono::duration<double>(appending).count() / static_cast<double>(next);
}

}  // namespace

void bare(Context& context) {
    context.fsync_s = sync_seconds(context, 2'048, 1);
    context.rows.push_back({"bare: append + fdatasync", "2 KB", number(context.fsync_s * 1e3), "ms", ""});
    const double batch = sync_seconds(context, 2'048, 64);
    context.bare_rows_64 = 64 / batch;
    context.rows.push_back({"bare: append of 64 + one fdatasync", "2 KB", number(context.bare_rows_64), "records/s", ""});
}

void rooms(Context& context, const Messages& small, const Messages& large) {
    for (const auto& [messages, size] : {std::pair{&small, "2 KB"}, std::pair{&large, "10 KB"}}) {
        decode_and_map(context, *messages, size);
        prepare_and_render(context, *messages, size);
    }
    for (const std::size_t group : {std::size_t{1}, std::size_t{64}}) {
        double step_s = 0;
        const double append_s = commit_seconds(context, small, group, step_s);
        if (append_s <= 0) continue;
        const std::string name = "groups of " + std::to_string(group);
        context.rows.push_back({"step, " + name, "2 KB", number(step_s * 1e6), "us", ""});
        const double limit = group == 1 ? context.fsync_s : 1 / context.bare_rows_64;
        context.rows.push_back({"commit: seal, hash, insert, sync, " + name, "2 KB", number(1 / append_s), "records/s", times(limit / append_s) + " of the bare rate"});
        if (group == 64) context.store_rows_64 = 1 / append_s;
    }
}

}  // namespace hub::cli::measure
