// The records that clocks ask the hub to make, as a source like any other: what comes of them is journalled, routed under agreements
// and accounted for in the same way. A notice leaves its table in the step of the record that it became; made twice after a crash,
// the second is a duplicate.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hub/api/source.hpp"
#include "hub/core/clocks.hpp"
#include "hub/core/store.hpp"
#include "hub/routes/parts.hpp"

namespace hub::routes {

/// One thread, as every source.
class NoticeSource : public Source {
public:
    explicit NoticeSource(const Parts& parts) : parts_(parts) {}
    Status open() override { return Done{}; }
    Result<std::vector<Incoming>> next(std::stop_token stop) override;
    Status settle(const std::vector<Settlement>& settlements) override;

private:
    Result<std::vector<Incoming>> due();
    Incoming make(const std::string& key, const core::Notice& notice);

    const Parts& parts_;
    std::set<std::string> under_way_{};  ///< keys, until they are settled
};

/// How the engine's own source stands in a plan: its name, its one sender and what it carries.
core::SourceEnd notice_end(const core::Plan& plan);

}  // namespace hub::routes
