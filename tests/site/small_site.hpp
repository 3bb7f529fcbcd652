// A complete site in a few lines, in memory: memos come in from the clerk, notes about people go out to the library.
#pragma once

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>

#include "hub/site/site.hpp"
#include "tests/support/fake_keys.hpp"
#include "tests/support/memory_disk.hpp"

namespace tests {

struct SmallSite {
    support::MemoryDisk disk{};
    support::FakeDigester digester{};
    hub::Problems problems{};
    hub::Instant now{};  ///< the summer of 2026

    SmallSite();

    /// Replaces the first `from` in a file of the site; that it is there is required.
    void edit(const std::string& path, const std::string& from, const std::string& to);
    /// Loads afresh; the problems of this load alone stand in `problems`.
    std::optional<hub::site::Loaded> load();
    /// The one problem with this code, or a failed test that prints what there is.
    hub::Problem problem(const std::string& code);
    /// How many problems the last load had with this code.
    std::size_t count(const std::string& code) const;

    static hub::site::ConnectorChecks checks();
    static constexpr const char* site = "/site/site.xml";
    static constexpr const char* agreement = "/site/agreements/clerk_library.xml";
    static constexpr const char* canonical = "/lib/schemas/canonical/note.xsd";
    static constexpr const char* facts = "/lib/schemas/canonical/facts.xml";
    static constexpr const char* memo_in = "/lib/mappings/memo_in/mapping.xml";
    static constexpr const char* note_out = "/lib/mappings/note_out/mapping.xml";
};

/// Line on which `text` first stands in a file, from 1.
int line_of(const SmallSite& site, const std::string& path, const std::string& text);

}  // namespace tests
