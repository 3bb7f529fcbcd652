// What the readers of a site share: the bundle, the plan in the making, and how they complain.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hub/formats/config_xml.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/site/site.hpp"

namespace hub::site {

/// One compilation. Used by one thread, once.
struct Reading {
    const Bundle& bundle;
    const Digester& digester;
    const ConnectorChecks& checks;
    Problems& problems;
    core::Plan& plan;
    formats::SchemaTexts schema_texts{};   ///< below schemas/, without that prefix
    mapping::SchemaLibrary schemas{schema_texts};
    mapping::CodeTables codes{};
    std::map<std::string, std::shared_ptr<const agreements::Agreement>> agreements{};
    /// Kind and name of what is declared but did not compile: what is wrong with it has been said, and nobody who names it
    /// is at fault.
    std::set<std::pair<std::string, std::string>> broken{};

    Reading(const Bundle& b, const Digester& d, const ConnectorChecks& c, Problems& p, core::Plan& into)
        : bundle(b), digester(d), checks(c), problems(p), plan(into) {}
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    /// site.xml, then its parts in the order in which it names them. False with problems.
    bool open_documents();
    /// The elements of this name in the site and its parts, in order. While `take` runs, complaints name the file they stand in.
    void each(const std::string& name, const std::function<void(const formats::ConfigElement&)>& take);
    const formats::ConfigElement& site() const { return *documents_.front().root; }
    /// The file of the element that each() is giving; otherwise site.xml.
    const std::string& file() const { return file_; }

    /// A configuration file of the bundle, held to schemas/site/<xsd>. Null with problems.
    std::shared_ptr<formats::ConfigElement> config(const std::string& path, const std::string& xsd);

    void complain(const formats::ConfigElement& at, const std::string& code, const std::string& what, const std::string& cure);
    /// "no <kind> is named 'x'", with the nearest known name as the cure; nothing when x is broken.
    void unknown(const formats::ConfigElement& at, const std::string& code, const std::string& kind, const std::string& name,
                 const std::vector<std::string>& known);

    inline static const std::string site_file = "site/site.xml";

private:
    struct Document {
        std::string path{};
        std::shared_ptr<formats::ConfigElement> root{};
    };
    bool open_part(const formats::ConfigElement& named);

    std::vector<Document> documents_{};  ///< never empty once open_documents() has said true
    std::string file_ = site_file;
};

/// A problem when what decides about a record's way stands at or below a declaration that the schema marks as never-routes.
/// `decider` names what decides; `place` gives file, line and column.
void refuse_never_routes(Reading& reading, const formats::Schema& schema, formats::DeclId read, const std::string& decider, const Problem& place);

template <class Value>
std::vector<std::string> names_of(const std::map<std::string, Value>& map) {
    std::vector<std::string> names;
    for (const auto& [name, value] : map) names.push_back(name);
    return names;
}

/// "did you mean 'x'?", or all that are known when none is near.
std::string nearest_name(const std::string& name, const std::vector<std::string>& known);

/// The schemas of a bundle, as the readers look for them.
void take_schemas(Reading& reading);

/// In the order in which they need each other.
void read_parties(Reading& reading);
void read_codes(Reading& reading);
void read_records(Reading& reading);
void read_exchanges(Reading& reading);
void read_agreements(Reading& reading);
/// After the record types: rules may make records. Nothing without <rules>.
void read_rules(Reading& reading, const std::vector<deadlines::GivenSetting>& also = {});
void read_states(Reading& reading);
/// What keeps a record of the type with these values from being a valid one (TG-D236 to TG-D238).
std::vector<deadlines::SetFault> faults_of_made(const core::RecordType& type, const std::vector<deadlines::SetValue>& sets);
void read_ends(Reading& reading);
/// After the routes: whoever answers for a duty can be told.
void check_notice_routes(Reading& reading);
void read_routes(Reading& reading);

}  // namespace hub::site
