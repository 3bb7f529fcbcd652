// A compiled exchange: one party's format to canonical, or canonical to one party's format.
//
// The language is described in schemas/site/mapping.xsd. Compilation checks everything that can be known before a
// document is seen and reports all problems at once; application walks a flat plan over declaration ids and compares
// no names. A Mapping is immutable; any thread may apply it.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/formats/codec.hpp"
#include "hub/formats/schema.hpp"

namespace hub::mapping {

/// A dated code list, mappings/codes/<name>.xml. Rows are (from, to), valid from and to a date.
class CodeTable;
using CodeTables = std::map<std::string, std::shared_ptr<const CodeTable>>;

/// Reads a code table; problems name file and line.
std::shared_ptr<const CodeTable> read_code_table(const std::string& path, std::string_view text, Problems& problems);

class Prover;

/// Schemas already read, by "path#root#format"; compile() reads missing ones out of `texts` and keeps them here, so that
/// all exchanges of a site share one canonical schema object.
class SchemaLibrary {
public:
    explicit SchemaLibrary(const formats::SchemaTexts& texts);
    ~SchemaLibrary();
    /// Null when the schema cannot be read; the reasons are appended to `problems`.
    std::shared_ptr<const formats::Schema> get(const std::string& path, const std::string& root, formats::Format format,
                                               Problems& problems);

private:
    const formats::SchemaTexts& texts_;  ///< outlives us
    std::map<std::string, std::shared_ptr<const formats::Schema>> read_{};
    friend class Compiler;
    std::unique_ptr<Prover> prover_;  ///< remembers what was shown of the schemas' types
};

/// Values that the hub itself provides to a mapping (`<given name=>`); all of them stand in the journal.
struct Given {
    std::string_view record_id{};     ///< hexadecimal
    std::string_view delivery_key{};  ///< hexadecimal; empty on the way in
    std::string_view received_at{};   ///< ISO instant, UTC
    std::string_view sender{};        ///< party name
    std::string_view recipient{};     ///< party name; empty on the way in
    std::string_view message_id{};    ///< the sender's key; may be empty
};

/// Why a document could not be mapped: a `<reject>` was met, a code was not in its table, a limit was passed.
struct Rejection {
    std::string code{};
    std::string what{};  ///< names the source path and line, never the value
    int line = 0;        ///< of the source document
};

/// Values that may be looked up in a code table.
struct CodeUse {
    std::string table{};
    bool any = false;               ///< any text; `values` is empty then
    std::set<std::string> values{};
};

class Mapping {
public:
    ~Mapping();
    const std::string& name() const;
    const formats::Schema& from() const;
    const formats::Schema& to() const;
    bool strict() const;  ///< unknown source fields make the record invalid

    /// Maps one document into one document for each match of `split` (exactly one without it). `out` is cleared first;
    /// its documents' memory is reused. An empty result: everything went well; otherwise `out` is empty.
    std::vector<Rejection> apply(const formats::Document& source, const Given& given,
                                 std::vector<formats::Document>& out) const;

    /// Source declarations whose values can reach the output or steer it (for agreements, law 7).
    const std::set<formats::DeclId>& reads() const;
    /// Source declarations dropped, with their reasons.
    const std::map<formats::DeclId, std::string>& drops() const;
    /// Numbers for `throughgate check`: fields mapped, dropped, checked.
    struct Counts {
        std::size_t mapped = 0, dropped = 0, constants = 0, tables = 0;
        std::size_t proved = 0;   ///< values shown to fit their target whatever the source
        std::size_t checked = 0;  ///< left undecided (patterns and formats): checked as a record is mapped
        std::size_t handled = 0;  ///< a rule says what happens to a value that does not fit
    };
    Counts counts() const;
    const std::vector<CodeUse>& code_uses() const;

    /// One line for each target field: "person/name/family <- CourtIndividualDefendant/.../PersonFamilyName (line 31)".
    std::string explain() const;

private:
    friend class Compiler;
    Mapping();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Null when there are problems. Codes TG-M001 and up.
std::shared_ptr<const Mapping> compile(const std::string& path, std::string_view text, SchemaLibrary& schemas,
                                       const CodeTables& codes, Problems& problems);

/// A test over one document, as in `<when test=>`: path, path = 'x', path != 'x', path in ('a', 'b'), not(...), and, or.
/// Also what a route's `when` is.
class Condition {
public:
    ~Condition();
    /// `received_at` says which day's rows of a code table count; without it only rows without dates do.
    bool holds(const formats::Document& document, std::string_view received_at = {}) const;
    const std::set<formats::DeclId>& reads() const;
    const std::vector<CodeUse>& code_uses() const;

private:
    friend class Compiler;
    Condition();
    struct Impl;
    std::unique_ptr<Impl> impl_;
};
/// Null when there are problems; an empty text is a condition that always holds. `place` gives file and line; `codes` are
/// the tables that `path in codes('name')` may name.
std::shared_ptr<const Condition> compile_condition(std::string_view text, const formats::Schema& schema, const CodeTables& codes,
                                                   const Problem& place, Problems& problems);

/// A path without a mapping around it: for facts, identifiers and agreements. Relative to the root element.
/// Returns every declaration that the path selects (one, or none with a problem).
formats::DeclId resolve_path(std::string_view text, const formats::Schema& schema, const Problem& place, Problems& problems);

}  // namespace hub::mapping
