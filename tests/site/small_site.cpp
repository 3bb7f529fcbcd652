// The files of the small site. Its shapes (schemas/site) are the product's own.
#include "tests/site/small_site.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "hub/formats/codec.hpp"

namespace tests {
namespace {

constexpr const char* site_text = R"text(<site xmlns="urn:throughgate:site:1" name="small" party="hub">
  <about>Notes</about>
  <folders schemas="/lib/schemas" mappings="../lib/mappings" data="data" key="keys/site.key"/>
  <identifiers pivot-year="2026"/>
  <record type="note"/>
  <party name="hub" title="The hub" kind="hub" regime="law_enforcement"/>
  <party name="clerk" title="The clerk" kind="court" regime="law_enforcement"/>
  <party name="library" title="The library" kind="library" regime="law_enforcement"/>
  <exchange name="memo_in"/>
  <exchange name="note_out"/>
  <agreement file="agreements/clerk_library.xml"/>
  <source name="desk" connector="pigeon">
    <sender identity="desk-1" party="clerk"/>
    <carries exchange="memo_in"/>
    <setting name="loft" value="north"/>
  </source>
  <sink name="shelf" connector="pigeon" place="edge"/>
  <route name="notes" record="note" when="topic in codes('wanted')" to="library" exchange="note_out"
         agreement="clerk_library" sink="shelf" attempts-max="3" person="optional"/>
</site>
)text";

constexpr const char* agreement_text = R"text(<agreement xmlns="urn:throughgate:agreement:1" name="clerk_library" regime="law_enforcement" state="live"
    valid-from="2026-01-01" valid-to="2027-01-01" review-by="2026-12-01">
  <title>Notes to the library</title>
  <party name="clerk" role="controller"/>
  <party name="library" role="controller"/>
  <purpose>Keep the notes</purpose>
  <basis citation="Libraries Act, section 1">Public task</basis>
  <clause id="notes-1" record="note">
    <consent kind="reading"/>
    <needs path="topic"/>
    <share path="person/identifier"/>
    <share path="topic"/>
  </clause>
</agreement>
)text";

constexpr const char* note_text = R"text(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:n" xmlns="urn:n"
    elementFormDefault="qualified">
  <xs:include schemaLocation="common.xsd"/>
  <xs:element name="note"><xs:complexType><xs:sequence>
    <xs:element name="person"><xs:complexType><xs:sequence>
      <xs:element name="identifier" maxOccurs="9"><xs:complexType><xs:simpleContent><xs:extension base="Word">
        <xs:attribute name="type" type="Word" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="consent" minOccurs="0" maxOccurs="9"><xs:complexType>
      <xs:attribute name="kind" type="Word" use="required"/><xs:attribute name="given" type="Word" use="required"/></xs:complexType></xs:element>
    <xs:element name="topic" type="Word" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
)text";

constexpr const char* word_text = R"text(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:n">
  <xs:simpleType name="Word"><xs:restriction base="xs:token"><xs:minLength value="1"/><xs:maxLength value="40"/></xs:restriction></xs:simpleType>
</xs:schema>
)text";

constexpr const char* facts_text = R"text(<facts xmlns="urn:throughgate:facts-declared:1">
  <fact kind="note.topic" type="code" matter="person" about="What it is about."><from record="note" value="topic"/></fact>
  <fact kind="note.type" type="code" matter="person" about="A type."><from record="note" each="person/identifier" value="@type" matter-id="."/></fact>
  <fact kind="other" type="code" matter="person" about="Nothing here."><from record="not_used_here" value="x"/></fact>
</facts>
)text";

constexpr const char* memo_schema = R"text(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="Word"><xs:restriction base="xs:token"><xs:minLength value="1"/><xs:maxLength value="40"/></xs:restriction></xs:simpleType>
  <xs:element name="memo"><xs:complexType><xs:sequence>
    <xs:element name="number" type="Word"/>
    <xs:element name="subject"><xs:simpleType><xs:restriction base="xs:token"><xs:enumeration value="A"/><xs:enumeration value="B"/></xs:restriction></xs:simpleType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
)text";

constexpr const char* memo_mapping = R"text(<mapping xmlns="urn:throughgate:mapping:1">
  <about>Memos become notes</about>
  <from schema="partners/clerk/memo.xsd" format="xml"/>
  <to schema="canonical/note.xsd" root="note" format="xml"/>
  <within to="person/identifier"><field from="number" to="."/><const to="@type" value="NOMS"/></within>
  <field from="subject" to="topic"><code table="subjects"/></field>
</mapping>
)text";

constexpr const char* note_mapping = R"text(<mapping xmlns="urn:throughgate:mapping:1">
  <about>Notes become cards</about>
  <from schema="canonical/note.xsd" root="note" format="xml"/>
  <to schema="partners/library/card.json" format="json"/>
  <field from="topic" to="topic"><default value="none"/></field>
  <each from="person/identifier" to="numbers"><field from="." to="."/></each>
  <drop from="person/identifier/@type" reason="the library knows one type"/>
  <drop from="consent" reason="the library does not ask"/>
</mapping>
)text";

constexpr const char* card_schema = R"text({"type": "object", "additionalProperties": false, "required": ["topic", "numbers"],
 "properties": {"topic": {"$ref": "words.json#/$defs/word"}, "numbers": {"type": "array", "items": {"type": "string", "minLength": 1}}}}
)text";
constexpr const char* words_schema = R"text({"$defs": {"word": {"type": "string", "minLength": 1, "maxLength": 40}}})text";

std::string codes(const std::string& rows) {
    return "<codes xmlns=\"urn:throughgate:codes:1\" source=\"us\"><about>x</about>" + rows + "</codes>\n";
}

std::string product_file(const std::string& relative) {
    std::ifstream in(std::string(HUB_SOURCE_DIR) + "/" + relative, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

SmallSite::SmallSite() : now(*hub::parse_instant("2026-07-01T00:00:00Z")) {
    hub::formats::initialise();
    for (const char* shape : {"site.xsd", "agreement.xsd", "facts.xsd"})
        disk.files[std::string("/lib/schemas/site/") + shape] = product_file(std::string("schemas/site/") + shape);
    disk.files[site] = site_text;
    disk.files[agreement] = agreement_text;
    disk.files[canonical] = note_text;
    disk.files[facts] = facts_text;
    disk.files["/lib/schemas/canonical/common.xsd"] = word_text;
    disk.files["/lib/schemas/partners/clerk/memo.xsd"] = memo_schema;
    disk.files["/lib/schemas/partners/library/card.json"] = card_schema;
    disk.files["/lib/schemas/partners/library/words.json"] = words_schema;
    disk.files[memo_in] = memo_mapping;
    disk.files[note_out] = note_mapping;
    disk.files["/lib/mappings/codes/subjects.xml"] = codes("<code from=\"A\" to=\"arrival\"/><code from=\"B\" to=\"bail\"/>");
    disk.files["/lib/mappings/codes/wanted.xml"] = codes("<code from=\"arrival\" to=\"yes\"/>");
    disk.files["/lib/mappings/codes/unused.xml"] = "not even XML";
    disk.files["/lib/schemas/partners/unused/x.xsd"] = "not even XML";
    disk.files["/site/keys/site.key"] = "secret-of-the-site";
}

void SmallSite::edit(const std::string& path, const std::string& from, const std::string& to) {
    std::string& text = disk.files[path];
    const std::size_t at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, path + " has no '" + from + "'");
    text.replace(at, from.size(), to);
}

std::optional<hub::site::Loaded> SmallSite::load() {
    problems.clear();
    return hub::site::load("/site", disk, digester, checks(), now, problems);
}

hub::Problem SmallSite::problem(const std::string& code) {
    BOOST_TEST(!load().has_value());
    std::string all;
    for (const hub::Problem& problem : problems) all += "\n" + to_text(problem);
    BOOST_REQUIRE_MESSAGE(count(code) == 1, "one " + code + " wanted, found:" + all);
    const hub::Problem found = *std::find_if(problems.begin(), problems.end(), [&](const hub::Problem& one) { return one.code == code; });
    BOOST_TEST(!found.cure.empty());
    return found;
}

std::size_t SmallSite::count(const std::string& code) const {
    return static_cast<std::size_t>(std::count_if(problems.begin(), problems.end(), [&](const hub::Problem& one) { return one.code == code; }));
}

hub::site::ConnectorChecks SmallSite::checks() {
    return {[](const std::string& connector, bool) { return connector == "pigeon" ? std::optional(hub::Place::hub) : std::nullopt; },
            [](const std::string&, bool, const hub::SettingTexts& texts, const hub::SettingText&) {
                hub::Problems wrong;
                for (const hub::SettingText& text : texts)
                    if (text.name != "loft") wrong.push_back({text.file, text.line, 0, "TG-C001", "no such setting", "name the loft"});
                return wrong;
            },
            [](const hub::SettingTexts& texts, const hub::SettingText&) {
                hub::Problems wrong;
                for (const hub::SettingText& text : texts)
                    if (text.name != "wings") wrong.push_back({text.file, text.line, 0, "TG-C001", "no such limit", "name the wings"});
                return wrong;
            }};
}

int line_of(const SmallSite& site, const std::string& path, const std::string& text) {
    const std::string& whole = site.disk.files.at(path);
    const auto at = static_cast<std::ptrdiff_t>(whole.find(text));
    return 1 + static_cast<int>(std::count(whole.begin(), whole.begin() + at, '\n'));
}

}  // namespace tests
