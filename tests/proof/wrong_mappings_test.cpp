// Every wrong mapping of the corpus is refused with exactly the codes, and in the lines, that its comments name; and where
// the fault is one of documents, the mapping, compiled all the same, really yields an invalid one or loses a field.
#include <boost/test/unit_test.hpp>

#include "hub/mapping/unchecked.hpp"
#include "tests/proof/corpus.hpp"
#include "tests/proof/influence.hpp"
#include "tests/proof/trial.hpp"

using namespace proof;
using hub::formats::DeclId;
using hub::formats::Document;
using hub::formats::NodeId;
using hub::mapping::Mapping;

namespace {

constexpr std::size_t witnesses_tried = 400;

/// Codes for what goes wrong with documents; the others are about the text of a mapping.
const std::set<std::string> invalid_output{"TG-M008", "TG-M010", "TG-M011", "TG-M015", "TG-M021", "TG-M022", "TG-M023", "TG-M026", "TG-M027",
                                           "TG-M033", "TG-M035", "TG-M036", "TG-M045", "TG-M046"};
const std::string lost_field = "TG-M016";

/// Where the faulty rule does nothing at all when its fault is overlooked: no document can show that.
const std::map<std::string, std::string> without_witness{
    {"wrong/empty_constant.xml", "an empty value is written as no value, which the optional remark may be"},
    {"wrong/many_in_one_piece.xml", "without its piece there is no text, and the optional number stays away"},
};

void compare(const Wrong& wrong, const hub::Problems& problems) {
    std::string told;
    for (const hub::Problem& problem : problems) told += "\n  " + hub::to_text(problem);
    BOOST_TEST(!wrong.marks.empty(), wrong.path << " names no code");
    BOOST_TEST((marks_of(problems, wrong.path) == wrong.marks), wrong.path << " wants " << written_out(wrong.marks) << ", and there is" << told);
}

hub::mapping::Given circumstances() { return {"00ff", "00ff", "2026-03-02T07:14:09Z", "court", "police", "1"}; }

/// Whether a valid source document becomes an invalid output.
bool fails(const Mapping& mapping, const Document& source) {
    std::vector<Document> outputs;
    mapping.apply(source, circumstances(), outputs);
    for (const Document& output : outputs) {
        std::string bytes;
        hub::formats::encode(output, bytes);
        Document again(&mapping.to());
        if (!hub::formats::make_decoder(mapping.to())->decode(bytes, "output", again).problems.empty()) return true;
        if (!hub::formats::validate(output, "output").empty()) return true;
    }
    return false;
}

/// Whether a field of the document is neither used nor dropped, and makes no difference.
bool loses(const Mapping& mapping, const Document& source) {
    for (NodeId node = 0; node < source.size(); ++node) {
        const DeclId decl = source[node].decl;
        if (mapping.from()[decl].type == nullptr || mapping.reads().count(decl) != 0 || is_dropped(mapping, decl)) continue;
        if (outcome(mapping, source, circumstances()) == outcome(mapping, with_text(source, node, "x"), circumstances())) return true;
    }
    return false;
}

bool shows(const Mapping& mapping, const std::string& code, const Document& document) {
    return code == lost_field ? loses(mapping, document) : fails(mapping, document);
}

/// The lines of a mapping that something is wrong with.
std::set<int> lines_of(const Marks& marks) {
    std::set<int> lines;
    for (const auto& [line, code] : marks) lines.insert(line);
    return lines;
}

/// Whether the problem's own witness shows what it is about. A witness is a document, or a value that some field may have. Where
/// the faulty rule does nothing when its fault is overlooked (a code table with holes), the value only has to be possible.
bool witness_shows(const Mapping& mapping, const hub::Problem& problem) {
    Document document(&mapping.from());
    if (problem.witness.front() == '<' || problem.witness.front() == '{' || problem.witness.find('\n') != std::string::npos) {
        const auto decoded = hub::formats::make_decoder(mapping.from())->decode(problem.witness, "witness", document);
        for (const hub::Problem& each : decoded.problems) BOOST_ERROR("the witness is not valid: " << hub::to_text(each) << "\n" << problem.witness);
        return decoded.problems.empty() && shows(mapping, problem.code, document);
    }
    Documents documents(mapping.from(), seed_wanted());
    for (std::size_t number = 0; number < witnesses_tried; ++number) {
        document = documents.next();
        for (NodeId node = 0; node < document.size(); ++node) {
            const auto* type = mapping.from()[document[node].decl].type;
            if (type == nullptr || hub::formats::why_invalid(*type, problem.witness)) continue;
            const bool overlooked = invalid_output.count(problem.code) == 0 && problem.code != lost_field;
            if (overlooked || shows(mapping, problem.code, with_text(document, node, problem.witness))) return true;
        }
    }
    return false;
}

/// Looks for a valid document that a mapping with this code fails on.
bool has_witness(const Mapping& mapping, const std::string& code) {
    Documents documents(mapping.from(), seed_wanted());
    for (std::size_t number = 0; number < witnesses_tried; ++number) {
        if (shows(mapping, code, documents.next())) return true;
    }
    return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(wrong_mappings)

BOOST_AUTO_TEST_CASE(are_refused_with_the_right_codes_in_the_right_lines) {
    BOOST_TEST(corpus().mappings.size() >= 60u);
    for (const Wrong& wrong : corpus().mappings) {
        hub::mapping::SchemaLibrary schemas(corpus().schemas);
        hub::Problems problems;
        BOOST_TEST(!hub::mapping::compile(wrong.path, wrong.text, schemas, corpus().codes, problems), wrong.path << " compiles");
        compare(wrong, problems);
    }
}

BOOST_AUTO_TEST_CASE(have_sisters_among_code_tables) {
    for (const Wrong& wrong : corpus().tables) {
        hub::Problems problems;
        BOOST_TEST(!hub::mapping::read_code_table(wrong.path, wrong.text, problems), wrong.path << " is taken");
        compare(wrong, problems);
    }
}

BOOST_AUTO_TEST_CASE(fail_on_a_valid_document_when_they_are_not_refused) {
    std::size_t shown = 0;
    for (const Wrong& wrong : corpus().mappings) {
        if (without_witness.count(wrong.path) != 0) continue;
        for (const auto& [line, code] : wrong.marks) {
            if (invalid_output.count(code) == 0 && code != lost_field) continue;
            hub::mapping::SchemaLibrary schemas(corpus().schemas);
            const auto mapping = hub::mapping::compile_unchecked(wrong.path, wrong.text, schemas, corpus().codes, lines_of(wrong.marks));
            BOOST_REQUIRE_MESSAGE(mapping, wrong.path);
            const bool found = has_witness(*mapping, code);
            BOOST_TEST(found, wrong.path << ": no document shows what " << code << " is for");
            shown += found ? 1 : 0;
        }
    }
    BOOST_TEST(shown >= 40u);
    BOOST_TEST_MESSAGE(corpus().mappings.size() << " wrong mappings, " << shown << " faults shown by a document that fails");
}

BOOST_AUTO_TEST_CASE(are_told_with_a_witness_that_fails_when_they_are_not_refused) {
    std::size_t witnesses = 0;
    for (const Wrong& wrong : corpus().mappings) {
        hub::mapping::SchemaLibrary schemas(corpus().schemas);
        hub::Problems problems;
        hub::mapping::compile(wrong.path, wrong.text, schemas, corpus().codes, problems);
        for (const hub::Problem& problem : problems) {
            if (problem.witness.empty()) continue;
            const auto mapping = hub::mapping::compile_unchecked(wrong.path, wrong.text, schemas, corpus().codes, lines_of(wrong.marks));
            BOOST_REQUIRE_MESSAGE(mapping, wrong.path);
            BOOST_TEST(witness_shows(*mapping, problem), wrong.path << ": the witness of " << problem.code << " shows nothing\n" << problem.witness);
            ++witnesses;
        }
    }
    BOOST_TEST(witnesses >= 17u);
    BOOST_TEST_MESSAGE(witnesses << " witnesses, each a valid document or value that really fails");
}

BOOST_AUTO_TEST_SUITE_END()
