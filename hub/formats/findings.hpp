// What a decoder has to say about one document: problems up to problems_max, withheld fields up to unknown_paths_max.
// Private to the JSON, CSV and HL7 halves of hub/formats.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "hub/formats/codec.hpp"

namespace hub::formats {

/// Distinct unknown paths kept for one document; further ones are counted together under "<parent>/*". Without it a
/// hostile document could fill the memory with names.
inline constexpr std::size_t unknown_paths_max = 1000;

class Findings {
public:
    Findings(std::string_view name, const Limits& limits, Decoded& into) : name_(name), limits_(limits), into_(into) {}

    void add(std::uint32_t line, std::uint32_t column, std::string code, std::string what, std::string cure = {}) {
        if (full()) return;
        into_.problems.push_back({std::string(name_), static_cast<int>(line), static_cast<int>(column), std::move(code),
                                  std::move(what), std::move(cure)});
    }
    /// One of Limits was passed: named, so that an operator can find and raise it.
    void over(std::uint32_t line, std::string code, std::string_view limit, std::size_t value) {
        add(line, 0, std::move(code), std::string(limit) + " = " + std::to_string(value) + " is exceeded",
            "send less at once, or raise the limit");
    }
    void withheld(const std::string& parent, std::string_view field) {
        auto& paths = into_.unknown_paths;
        std::string path = parent + "/" + std::string(field);
        const auto at = paths.find(path);
        if (at != paths.end()) {
            ++at->second;
        } else if (paths.size() < unknown_paths_max) {
            paths.emplace(std::move(path), 1);
        } else {
            ++paths[parent + "/*"];
        }
    }
    bool none() const { return into_.problems.empty(); }
    bool full() const { return into_.problems.size() >= limits_.problems_max; }

    /// A problem with the value at a path was reported: validation need not add that it is missing or wrong.
    void reported(std::string path) { reported_.insert(std::move(path)); }

    /// Our own validation, once the bytes have become a tree.
    void validated(const Document& document) {
        for (auto& problem : validate(document, name_)) {
            if (full()) return;
            if (!is_reported(problem.what)) into_.problems.push_back(std::move(problem));
        }
    }

private:
    /// Findings of validate() start with the path they are about.
    bool is_reported(std::string_view what) const {
        for (const auto& path : reported_)
            if (what.starts_with(path + " ") || what.starts_with(path + "/")) return true;
        return false;
    }

    std::string_view name_;
    const Limits& limits_;
    Decoded& into_;
    std::set<std::string> reported_{};
};

}  // namespace hub::formats
