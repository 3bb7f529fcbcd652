// See letters.hpp.
#include "hub/routes/letters.hpp"

namespace hub::routes {

void LetterCache::keep(PostedPtr posted) {
    drop(posted->letter.item);
    bytes_ += posted->letter.body.size();
    oldest_first_.push_back(posted);
    known_[posted->letter.item] = std::prev(oldest_first_.end());
    while (!oldest_first_.empty() && (known_.size() > letters_max_ || bytes_ > bytes_max_)) {
        const core::ItemRef oldest = oldest_first_.front()->letter.item;
        drop(oldest);
    }
}

PostedPtr LetterCache::find(const core::ItemRef& item) const {
    const auto found = known_.find(item);
    return found == known_.end() ? nullptr : *found->second;
}

void LetterCache::drop(const core::ItemRef& item) {
    const auto found = known_.find(item);
    if (found == known_.end()) return;
    bytes_ -= (*found->second)->letter.body.size();
    oldest_first_.erase(found->second);
    known_.erase(found);
}

Result<core::StoredEntry> read_entry(const core::Store& store, std::uint64_t seq) {
    std::optional<core::StoredEntry> found;
    const Status read = store.entries(seq, [&](const core::StoredEntry& stored) {
        if (stored.entry.seq == seq) found = stored;
        return false;
    });
    if (!read) return read.error();
    if (!found) return Error{Remedy::stop, "the journal has no entry " + std::to_string(seq), "", "run throughgate verify", "TG-R020"};
    return std::move(*found);
}

namespace {

Error no_letter(std::string what, std::string code) {
    return Error{Remedy::reject, std::move(what), "", "correct the record at its source, or withdraw the item", std::move(code)};
}

Result<PostedPtr> render_again(const core::Store& store, const core::PlanPtr& plan, const core::Item& item,
                               core::Workbench& bench, const Digester& digester) {
    const auto route = plan->routes.find(item.route);
    if (route == plan->routes.end()) return no_letter("the plan has no route " + item.route, "route_gone");
    const Result<core::StoredEntry> stored = read_entry(store, item.ref.seq);
    if (!stored) return stored.error();
    if (stored->entry.erased) return no_letter("the record's content was erased", "erased");
    const auto prepared = core::prepare(stored->entry.header, stored->entry.payload, plan, bench);
    if (item.ref.child >= prepared->children.size()) {
        return no_letter("the record cannot be prepared under the present plan", "not_preparable");
    }
    auto letter = core::render(prepared->children[item.ref.child], route->second, item.record, stored->entry.header, digester, true);
    if (!letter) return letter.error();
    letter->item = item.ref;
    return PostedPtr(std::make_shared<Posted>(Posted{std::move(*letter), item.record}));
}

}  // namespace

Result<PostedPtr> fetch_letter(const core::Store& store, const core::PlanPtr& plan, const core::ItemRef& ref,
                               core::Workbench& bench, const Digester& digester) {
    const auto row = store.get(core::Table::item, core::key_of(ref));
    if (!row) return no_letter("the journal has no item " + core::to_text(ref), "item_gone");
    const auto item = core::decode_item(*row);
    if (!item) return item.error();
    if (const auto fixed = store.get(core::Table::letter, core::key_of(ref))) {
        auto letter = core::decode_letter(*fixed);
        if (!letter) return letter.error();
        letter->item = ref;
        return PostedPtr(std::make_shared<Posted>(Posted{std::move(*letter), item->record}));
    }
    return render_again(store, plan, *item, bench, digester);
}

}  // namespace hub::routes
