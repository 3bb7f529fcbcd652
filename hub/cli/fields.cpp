#include "hub/cli/fields.hpp"

#include <filesystem>
#include <iostream>
#include <set>

#include "hub/core/items.hpp"
#include "hub/core/keys.hpp"

namespace hub::cli {
namespace {

using mapping::Origin;

/// What a subject leads to: an entry, one of its records or all, and the item's route if it is an item.
struct Found {
    std::uint64_t seq = 0;
    std::optional<std::uint32_t> child{};
    std::string route{};
};

std::string where(const Origin& origin, const std::string& mappings_folder) {
    const std::string prefix = "mappings/";
    const std::string file = origin.file.starts_with(prefix) ? (std::filesystem::path(mappings_folder) / origin.file.substr(prefix.size())).lexically_normal().string() : origin.file;
    return file + ":" + std::to_string(origin.line) + ":" + std::to_string(origin.column);
}

Result<Found> find(const World& world, const OpenSite& open, const std::string& subject) {
    Found found;
    if (const auto item = core::parse_item_ref(subject)) {
        found.seq = item->seq;
        found.child = item->child;
        const auto row = open.store->get(core::Table::item, core::key_of(*item));
        const auto known = row ? core::decode_item(*row) : Result<core::Item>(Error{});
        if (!known) return Error{.what = "the journal has no item " + subject, .cure = "`throughgate status SITE --items` lists them", .code = "not_found"};
        found.route = known->route;
        return found;
    }
    const auto id = digest_from_hex(subject);
    if (!id) return Error{.what = "'" + subject + "' is no receipt, record id or item", .cure = "a field belongs to one record: give 64 hexadecimal digits, or an item such as 1042.0.2", .code = "bad_subject"};
    if (const auto row = open.store->get(core::Table::record, as_bytes(*id)))
        if (const auto place = core::decode_record_place(*row)) return Found{place->seq, place->child, {}};
    const Status read = open.store->entries(1, [&](const core::StoredEntry& stored) {
        if (core::id_of(stored.entry.header, world.digester).digest == *id) found.seq = stored.entry.seq;
        return found.seq == 0;
    });
    if (!read) return read.error();
    if (found.seq == 0) return Error{.what = "the journal knows nothing of '" + subject + "'", .code = "not_found"};
    return found;
}

/// The plan that the entry was taken under: today's, or one out of the journal.
Result<core::PlanPtr> plan_of(const World& world, const OpenSite& open, const PlanDigest& digest) {
    if (open.site.plan->digest == digest) return open.site.plan;
    core::PlanPtr plan;
    const Status read = open.store->entries(1, [&](const core::StoredEntry& stored) {
        if (stored.entry.header.kind != core::EntryKind::plan || stored.entry.header.plan != digest) return true;
        Problems ignored;
        if (const auto bundle = site::decode_bundle(stored.entry.payload)) plan = site::compile(*bundle, world.digester, connector_checks(world), ignored);
        return false;
    });
    if (!read) return read.error();
    if (!plan) return Error{.what = "the plan that this record came in under does not compile any more", .cure = "ask the version of the hub that took it", .code = "old_plan"};
    return plan;
}

/// The entry's document as its sender wrote it, read again.
Result<formats::Document> document_of(const core::Entry& entry, const mapping::Mapping& mapping) {
    if (entry.erased) return Error{.what = "the record has been erased", .code = "erased"};
    formats::Document document(&mapping.from());
    const formats::Decoded decoded = formats::make_decoder(mapping.from())->decode(entry.payload, "the record", document);
    if (!decoded.problems.empty()) return Error{.what = "the input was not valid: nothing was made of it", .cure = "`throughgate trace` without --field says why", .code = "invalid"};
    return document;
}

class FieldTrace {
public:
    FieldTrace(World& world, const OpenSite& open, core::PlanPtr plan, core::Entry entry, Found found)
        : world_(world), folder_(open.site.mappings_folder), plan_(std::move(plan)), entry_(std::move(entry)), found_(std::move(found)), received_at_(to_text(entry_.header.instant)) {}

    int run(const std::string& path) {
        const auto exchange = plan_->exchanges.find(entry_.header.exchange);
        if (exchange == plan_->exchanges.end()) return fail(world_, {.what = "the entry is no record of an exchange", .cure = "give a record, its receipt, or an item", .code = "no_exchange"});
        const mapping::Mapping& inward = *exchange->second.mapping;
        auto source = document_of(entry_, inward);
        if (!source) return fail(world_, source.error());
        if (found_.route.empty()) return canonical(inward, *source, path);
        const auto route = plan_->routes.find(found_.route);
        if (route == plan_->routes.end()) return fail(world_, {.what = "the item has no output: its route is '" + found_.route + "'", .cure = "give the record's id", .code = "no_output"});
        return output(inward, *source, route->second, path);
    }

private:
    mapping::Given given() const { return {{}, {}, received_at_, entry_.header.sender, {}, entry_.header.message_id}; }

    std::vector<Origin> of_child(std::vector<Origin> origins) const {
        std::erase_if(origins, [&](const Origin& each) { return found_.child && each.output != *found_.child; });
        return origins;
    }
    int canonical(const mapping::Mapping& inward, const formats::Document& source, const std::string& path) {
        const formats::DeclId field = find_field(inward, path, report_.problems);
        if (field != formats::no_decl) add_origins("value", of_child(mapping::values_of(inward, field, source, given())), folder_, world_.format, report_);
        return finish();
    }
    int output(const mapping::Mapping& inward, const formats::Document& source, const core::Route& route, const std::string& path) {
        const mapping::Mapping& outward = *route.exchange->mapping;
        std::vector<formats::Document> records;
        if (!inward.apply(source, given(), records).empty() || *found_.child >= records.size()) return fail(world_, {.what = "the record cannot be made again", .code = "old_plan"});
        const formats::DeclId field = find_field(outward, path, report_.problems);
        if (field == formats::no_decl) return finish();
        const RecordId record = core::record_id(core::id_of(entry_.header, world_.digester), *found_.child, world_.digester);
        const std::string record_text = to_text(record), key = to_text(core::delivery_key(record, route.name, route.recipient, world_.digester));
        const auto values = mapping::values_of(outward, field, records[*found_.child], {record_text, key, received_at_, entry_.header.sender, route.recipient, entry_.header.message_id});
        add_origins("value", values, folder_, world_.format, report_);
        std::vector<Origin> before;
        std::set<std::string> seen;
        for (const Origin& each : values) {
            if (each.source_schema.file.empty() || !seen.insert(each.source).second) continue;
            Problems ignored;  // a source with predicates in words is no path
            const formats::DeclId decl = mapping::resolve_path(each.source.substr(0, each.source.find(' ')), inward.to(), {}, ignored);
            if (decl == formats::no_decl) continue;
            for (Origin& origin : of_child(mapping::values_of(inward, decl, source, given()))) before.push_back(std::move(origin));
        }
        add_origins("before_that", before, folder_, world_.format, report_);
        return finish();
    }
    int finish() {
        print(report_, world_.format, std::cout);
        return report_.problems.empty() ? exit_good : exit_problems;
    }

    World& world_;
    const std::string folder_;
    core::PlanPtr plan_;
    core::Entry entry_;
    Found found_;
    const std::string received_at_;
    Report report_{};
};

}  // namespace

void add_origins(const std::string& name, const std::vector<Origin>& origins, const std::string& mappings_folder, ReportFormat format, Report& report) {
    const std::vector<std::string> aspects{"field", "value", "rule", "from", "line", "steps", "code row", "target schema", "source schema"};
    Table all{name, aspects, {}};
    for (const Origin& each : origins) {
        std::string rows;
        for (const std::string& row : each.code_rows) rows += (rows.empty() ? "" : "; ") + row;
        all.rows.push_back({each.target, each.value, where(each, mappings_folder), each.source, each.source_line > 0 ? std::to_string(each.source_line) : "", each.expression, rows,
                            to_text(each.target_schema), to_text(each.source_schema)});
    }
    if (format == ReportFormat::json || all.rows.empty()) {
        report.tables.push_back(std::move(all));
        return;
    }
    for (const auto& row : all.rows) {
        Table one{name, {row[0], ""}, {}};
        for (std::size_t i = 1; i < row.size(); ++i)
            if (!row[i].empty()) one.rows.push_back({"  " + aspects[i], row[i]});
        report.tables.push_back(std::move(one));
    }
}

formats::DeclId find_field(const mapping::Mapping& mapping, const std::string& path, Problems& problems) {
    return mapping::resolve_path(path, mapping.to(), {"--field", 0, 0, {}, {}, {}}, problems);
}

int trace_field(World& world, const std::string& site, const std::string& subject, const std::string& path) {
    OpenSite open;
    if (!open_site(world, site, journal::Mode::snapshot, open)) return exit_problems;
    const auto found = find(world, open, subject);
    if (!found) return fail(world, found.error());
    core::Entry entry;
    const Status read = open.store->entries(found->seq, [&](const core::StoredEntry& stored) {
        entry = stored.entry;
        return false;
    });
    if (!read) return fail(world, read.error());
    auto plan = plan_of(world, open, entry.header.plan);
    if (!plan) return fail(world, plan.error());
    return FieldTrace(world, open, *plan, std::move(entry), *found).run(path);
}

}  // namespace hub::cli
