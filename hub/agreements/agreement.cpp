// Reads agreements/*.xml. The document's shape is the XSD's affair; here is what an XSD cannot say.
#include "hub/agreements/agreement.hpp"

#include <array>
#include <optional>

#include "hub/formats/config_xml.hpp"

namespace hub::agreements {
namespace {

constexpr std::array<std::pair<std::string_view, Regime>, 2> regimes = {
    {{"law_enforcement", Regime::law_enforcement}, {"uk_gdpr", Regime::uk_gdpr}}};
constexpr std::array<std::pair<std::string_view, State>, 5> states = {{{"draft", State::draft},
                                                                       {"live", State::live},
                                                                       {"suspended", State::suspended},
                                                                       {"lapsed", State::lapsed},
                                                                       {"revoked", State::revoked}}};

template <class Names>
auto value_of(const Names& names, std::string_view word) -> std::optional<decltype(names[0].second)> {
    for (const auto& [name, value] : names)
        if (name == word) return value;
    return std::nullopt;
}
template <class Names, class Value>
std::string_view word_of(const Names& names, Value wanted) {
    for (const auto& [name, value] : names)
        if (value == wanted) return name;
    return {};
}

class Reader {
public:
    Reader(const std::string& path, Problems& problems) : problems_(problems) { agreement_->file = path; }

    std::shared_ptr<const Agreement> read(const formats::ConfigElement& root) {
        const std::size_t before = problems_.size();
        Agreement& a = *agreement_;
        a.line = root.line;
        a.column = root.column;
        a.name = root.token("name");
        read_word(root, "regime", regimes, a.regime);
        read_word(root, "state", states, a.state);
        a.valid_from = read_date(root, "valid-from");
        a.valid_to = read_date(root, "valid-to");
        if (!(a.valid_from < a.valid_to))
            say(root, "TG-A002", "agreement '" + a.name + "' ends on or before the day it begins",
                "valid-to is the first day on which it no longer holds: put it after valid-from");
        for (const auto& child : root.children) read_child(child);
        if (a.clauses.empty()) say(root, "TG-A005", "agreement '" + a.name + "' has no clause", "add one: without a clause nothing may be shared");
        return problems_.size() == before ? agreement_ : nullptr;
    }

private:
    void say(const formats::ConfigElement& at, std::string code, std::string what, std::string cure) {
        problems_.push_back({agreement_->file, at.line, at.column, std::move(code), std::move(what), std::move(cure)});
    }

    template <class Names, class Value>
    void read_word(const formats::ConfigElement& at, std::string_view attribute, const Names& names, Value& into) {
        if (const auto value = value_of(names, at.token(attribute))) into = *value;
        else say(at, "TG-A001", std::string(attribute) + " is '" + at.token(attribute) + "', which is not known", "use a word of schemas/site/agreement.xsd");
    }

    Instant read_date(const formats::ConfigElement& at, std::string_view attribute) {
        const std::string day = at.token(attribute);
        const auto instant = parse_instant(day + "T00:00:00Z");
        if (instant && day.size() == 10) return *instant;
        say(at, "TG-A001", std::string(attribute) + " '" + day + "' is not a date", "write it as 2026-04-01, without a zone: it means its start in UTC");
        return {};
    }

    void read_child(const formats::ConfigElement& child) {
        Agreement& a = *agreement_;
        if (child.name == "title") a.title = child.text;
        if (child.name == "purpose") a.purpose = child.text;
        if (child.name == "party") read_party(child);
        if (child.name == "clause") read_clause(child);
        if (child.name == "basis") {
            a.basis = child.text;
            a.citation = child.token("citation");
        }
        if (child.name == "gateway") a.gateway = child.text + " (" + child.token("citation") + ")";
    }

    void read_party(const formats::ConfigElement& at) {
        std::string name = at.token("name");
        for (const std::string& known : agreement_->parties)
            if (known == name) return say(at, "TG-A003", "party '" + name + "' is named twice", "name each party once");
        agreement_->parties.push_back(std::move(name));
    }

    void read_clause(const formats::ConfigElement& at) {
        Clause clause;
        clause.id = at.token("id");
        clause.record_type = at.token("record");
        clause.line = at.line;
        clause.column = at.column;
        for (const Clause& known : agreement_->clauses) {
            if (known.id == clause.id)
                say(at, "TG-A004", "clause '" + clause.id + "' stands here and at line " + std::to_string(known.line), "give each clause an id of its own");
            else if (known.record_type == clause.record_type)
                say(at, "TG-A004", "records of type '" + clause.record_type + "' have a clause here and at line " + std::to_string(known.line),
                    "put everything about one record type into one clause");
        }
        for (const auto& child : at.children) {
            if (child.name == "consent") clause.consents.push_back(child.token("kind"));
            if (child.name == "needs") clause.needs.push_back(read_path(child));
            if (child.name == "share") {
                std::string path = read_path(child);
                if (child.token("below") == "all") clause.trees.insert(path);
                if (!clause.paths.insert(std::move(path)).second)
                    say(child, "TG-A006", "path '" + child.token("path") + "' is shared twice in this clause", "keep one of the two");
            }
        }
        agreement_->clauses.push_back(std::move(clause));
    }

    std::string read_path(const formats::ConfigElement& at) {
        std::string path = at.token("path");
        if (path.empty() || path.front() == '/' || path.back() == '/' || path.find("//") != std::string::npos || path.find('[') != std::string::npos)
            say(at, "TG-A007", "'" + path + "' is not a path below the record's root", "write it as person/name/family, without a leading slash or predicates");
        return path;
    }

    Problems& problems_;
    std::shared_ptr<Agreement> agreement_ = std::make_shared<Agreement>();  // shared: it becomes the plan's, as const
};

}  // namespace

std::shared_ptr<const Agreement> read(const std::string& path, std::string_view text, Problems& problems, const std::string* xsd) {
    const auto root = formats::read_config(path, text, xsd, problems);
    if (!root) return nullptr;
    if (root->name != "agreement" || root->ns != "urn:throughgate:agreement:1") {
        problems.push_back({path, root->line, root->column, "TG-A001", "this is not an agreement: its root is '" + root->name + "'",
                            "begin with <agreement xmlns=\"urn:throughgate:agreement:1\" ...>"});
        return nullptr;
    }
    return Reader(path, problems).read(*root);
}

bool in_force(const Agreement& agreement, Instant at) {
    return agreement.state == State::live && agreement.valid_from <= at && at < agreement.valid_to;
}

std::string_view name_of(Regime regime) { return word_of(regimes, regime); }
std::string_view name_of(State state) { return word_of(states, state); }

}  // namespace hub::agreements
