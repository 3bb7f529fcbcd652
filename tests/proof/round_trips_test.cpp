// Where an exchange exists in both directions, canonical -> partner -> canonical gives back what the partner's format carries.
//
// What it carries is what comes back the first time. Three things are asserted of it. A second trip changes nothing: it is
// carried in full. The first trip alters nothing: each value that comes back stood in the same field of the record, unless
// the field is listed below with the reason. And each pair carries something.
#include <boost/test/unit_test.hpp>

#include "hub/formats/facets.hpp"
#include "tests/proof/comparison.hpp"
#include "tests/proof/trial.hpp"

using namespace proof;
using hub::formats::DeclId;
using hub::formats::Document;
using hub::formats::Lexical;
using hub::formats::NodeId;
using hub::formats::Schema;
using hub::mapping::Given;

namespace {

constexpr std::size_t back_min = 60;      ///< documents of a pair that must come back
constexpr std::size_t trips_one_in = 2;   ///< of the inputs that each exchange is given elsewhere

const Given on_the_way_out{"00ff", "00ff", "2026-03-02T07:14:09Z", "court", "police", "1"};
const Given on_the_way_in{"00ff", "", "2026-03-02T07:14:09Z", "court", "", "1"};

struct Altered {
    std::string out{};   ///< how the names of the exchanges towards the partner begin
    std::string path{};
    std::string reason{};
};
const std::vector<Altered> altered{
    {"allocation_to_", "/allocation/officer/unit/region", "the region is found again from the unit's code"},
    {"consent_to_health_", "/consent_record/consent/@given", "a consent that was withdrawn is one that is not given"},
    {"consent_to_health_", "/consent_record/person/identifier", "the record's reference comes back as an identifier as well"},
    {"custody_event_to_probation", "/custody_event/person/name/given", "the format has one field for all middle names"},
    {"custody_event_to_probation", "/custody_event/reason", "several reasons share one reason of the published event"},
    {"management_notice_to_", "/management_notice/notified_by", "who notifies is who sends"},
    {"person_update_to_health_a", "/person_update/person/address/line", "HL7 has three lines at most, and the rest shares one"},
    {"person_update_to_health_a", "/person_update/person/name/given", "HL7 has one component for all further given names"},
    {"person_update_to_health_a", "/person_update/person/preferred_name/given", "HL7 has one component for all further given names"},
    {"person_update_to_health_a", "/person_update/recorded_at", "HL7 times are local and to the second"},
    {"referral_outcome_to_health_", "/referral_outcome/person/identifier", "the record's reference comes back as an identifier as well"},
    {"referral_outcome_to_housing", "/referral_outcome/reason", "a ground of the reply stands for the reason"},
    {"referral_to_health", "/referral/person/identifier", "the record's reference comes back as an identifier as well"},
    {"referral_to_health_hl7", "/referral/person/address/line", "HL7 has three lines at most, and the rest shares one"},
    {"referral_to_health_hl7", "/referral/person/name/given", "HL7 has one component for all further given names"},
    {"referral_to_health_hl7", "/referral/person/preferred_name/given", "HL7 has one component for all further given names"},
    {"report_request_to_probation", "/report_request/hearing/time", "a hearing's time is local and has no zone"},
};

/// The entry of the list that the field falls under; null when there is none.
const Altered* entry_for(const std::string& out, const std::string& path) {
    for (const Altered& each : altered)
        if (out.rfind(each.out, 0) == 0 && (path == each.path || path.rfind(each.path + "/", 0) == 0)) return &each;
    return nullptr;
}

/// One way to write each value: whole numbers without sign + and leading zeros.
std::string normal(const hub::formats::SimpleType& type, std::string_view text) {
    if (type.base != Lexical::integer) return std::string(text);
    if (text.starts_with('+')) text.remove_prefix(1);
    while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
    return std::string(text);
}

/// What a document says of the fields that the way out reads.
using Said = std::map<std::string, std::multiset<std::string>>;
Said said(const Document& document, const std::set<DeclId>& of) {
    Said all;
    for (NodeId node = 0; node < document.size(); ++node) {
        const DeclId decl = document[node].decl;
        const auto* type = document.schema()[decl].type;
        if (type == nullptr || document[node].text_size == 0 || of.count(decl) == 0) continue;
        std::string scratch;
        all[document.schema().path_of(decl)].insert(normal(*type, hub::formats::apply_whitespace(*type, document.text(node), scratch)));
    }
    return all;
}

std::multiset<std::string> values(const Said& all, const std::string& path) {
    const auto found = all.find(path);
    return found == all.end() ? std::multiset<std::string>() : found->second;
}

struct Pair {
    const Exchange* out;
    const Exchange* in;
};

/// Every exchange away from the hub with every one that reads the same format into the same record type.
std::vector<Pair> pairs() {
    std::vector<Pair> all;
    for (const Exchange& out : shipped().exchanges)
        for (const Exchange& in : shipped().exchanges)
            if (!out.inward() && in.inward() && &out.from() == &in.to() && &out.to() == &in.from()) all.push_back({&out, &in});
    return all;
}

class Trip {
public:
    explicit Trip(const Pair& pair) : pair_(pair) {}

    /// Through both exchanges, each time through bytes; nothing when one of them rejects or makes several records.
    std::optional<Document> go(const Document& canonical) {
        const auto partner = once(*pair_.out, canonical, on_the_way_out);
        return partner ? once(*pair_.in, *partner, on_the_way_in) : std::nullopt;
    }

private:
    static std::optional<Document> once(const Exchange& exchange, const Document& from, const Given& given) {
        std::string bytes;
        hub::formats::encode(from, bytes);
        Document decoded(&exchange.from());
        BOOST_REQUIRE(hub::formats::make_decoder(exchange.from())->decode(bytes, "record", decoded).problems.empty());
        std::vector<Document> outputs;
        if (!exchange.mapping->apply(decoded, given, outputs).empty() || outputs.size() != 1) return std::nullopt;
        return std::move(outputs.front());
    }

    const Pair& pair_;
};

struct Result {
    std::size_t back = 0, kept = 0;
    std::set<std::string> carried{}, in_part{};  ///< paths; what is in part does not come back always
    std::set<const Altered*> used{};
};

void compare(const Pair& pair, const Document& before, const Document& after, Result& result) {
    const auto& fields = pair.out->mapping->reads();
    const Said first = said(before, fields), second = said(after, fields);
    for (const auto& [path, texts] : second) {
        const auto stood = values(first, path);
        std::size_t kept = 0;
        for (const std::string& each : texts) {
            const bool known = texts.count(each) <= stood.count(each);
            kept += known ? 1 : 0;
            if (known || each == on_the_way_in.record_id) continue;
            const Altered* entry = entry_for(pair.out->name, path);
            if (entry != nullptr) result.used.insert(entry);
            BOOST_TEST((entry != nullptr),
                       pair.out->name << " and back by " << pair.in->name << ": '" << each << "' came back in " << path << "\n" << written_out(before));
        }
        result.kept += kept;
        if (kept > 0) result.carried.insert(path);
    }
    for (const auto& [path, texts] : first)
        if (values(second, path).size() < texts.size()) result.in_part.insert(path);
}

Result travel(const Pair& pair) {
    Documents documents(pair.out->from(), seed_wanted());
    for (const auto& example : pair.out->examples) documents.learn(example);
    Trip trip(pair);
    Result result;
    const std::size_t wanted = inputs_wanted() / trips_one_in;
    while (documents.made() < wanted || (result.back < back_min && documents.made() < 50 * wanted)) {
        const Document canonical = documents.next();
        const auto again = trip.go(canonical);
        if (!again) continue;
        ++result.back;
        compare(pair, canonical, *again, result);
        const auto third = trip.go(*again);
        BOOST_TEST(third.has_value(), pair.out->name << " does not take what " << pair.in->name << " gave back\n" << written_out(*again));
        if (!third) continue;
        const auto& fields = pair.out->mapping->reads();
        BOOST_TEST((said(*again, fields) == said(*third, fields)), pair.out->name << " and " << pair.in->name << " change on the second trip: "
                   << difference(*again, *third) << "\n" << written_out(*again));
    }
    return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(round_trips)

BOOST_AUTO_TEST_CASE(give_back_what_the_partner_format_carries) {
    std::size_t number = 0;
    std::set<const Altered*> used;
    for (const Pair& pair : pairs()) {
        const Result result = travel(pair);
        ++number;
        used.insert(result.used.begin(), result.used.end());
        BOOST_TEST(result.back >= back_min, pair.out->name << " and " << pair.in->name << ": only " << result.back << " documents come back");
        BOOST_TEST(result.kept > result.back, pair.out->name << " and " << pair.in->name << " carry next to nothing");
        std::size_t whole = 0;
        for (const std::string& path : result.carried) whole += result.in_part.count(path) == 0 ? 1 : 0;
        BOOST_TEST_MESSAGE(pair.out->name << " and back by " << pair.in->name << ": " << result.back << " documents, " << result.carried.size()
                           << " fields carried, " << whole << " of them always");
    }
    BOOST_TEST(number >= 30u);
    for (const Altered& each : altered)
        if (used.count(&each) == 0) BOOST_TEST_MESSAGE(each.out << ": " << each.path << " stands in the list and was not altered this time");
}

BOOST_AUTO_TEST_SUITE_END()
