// Small wrong changes of a mapping, one at a time, to see whether its examples would notice them.
//
// A change is made in the rules as read; what the checker then refuses needs no example. Every change has a kind, and a rule may
// say why no example can notice one: <unnoticed edit="step" reason="..."/> in front of it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/mapping/mapping.hpp"

namespace hub::mapping {

struct Program;

/// One change of one rule. `variants` are tried in turn until one compiles: "another value" may be one that the target refuses.
struct Edit {
    int line = 0, column = 0;
    std::string kind{};    ///< drop, constant, path, step, code, test, branch, swap, piece, reject: what <unnoticed edit=> names
    std::string what{};    ///< "remove <trim>"
    std::string excuse{};  ///< the reason that the mapping states; empty: none
    std::vector<std::function<void(Program&)>> variants{};
};

/// An <unnoticed>; with how many edits it stands for.
struct Excuse {
    int line = 0, column = 0;
    std::string kind{};
    std::vector<std::size_t> edits{};  ///< indexes into edits()
};

class Mutations {
public:
    /// Nothing when the mapping does not compile. The schemas and tables outlive the result.
    static std::unique_ptr<Mutations> of(const std::string& path, std::string_view text, SchemaLibrary& schemas, const CodeTables& codes);
    ~Mutations();

    const std::vector<Edit>& edits() const;
    const std::vector<Excuse>& excuses() const;
    /// The mapping as it stands.
    const Mapping& original() const;
    /// The mapping with the edit; null when the checker refuses every variant.
    std::shared_ptr<const Mapping> make(const Edit& edit) const;

private:
    Mutations();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace hub::mapping
