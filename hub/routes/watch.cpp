// See watch.hpp.
#include "hub/routes/watch.hpp"

namespace hub::routes {

void Refusals::add(const std::string& source, Outcome told, const Problem& why) {
    const std::lock_guard lock(mutex_);
    Refusal& row = rows_[{source, told, why.code}];
    if (row.times++ == 0) row = {source, told, why.code, why.what, 1};
}

std::vector<Refusal> Refusals::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<Refusal> rows;
    for (const auto& [place, row] : rows_) rows.push_back(row);
    return rows;
}

}  // namespace hub::routes
