// The registry as one table, the schemas of its examples, and its pages.
#include "hub/cli/diagnostics.hpp"

namespace hub::cli {

namespace {

constexpr std::string_view about_pages =
    "<!-- Written by `throughgate manual codes mappings/diagnostics --write`; the texts stand in hub/cli/diagnostics_*.cpp. -->\n";

const char* const hearing_xsd = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="Plea"><xs:restriction base="xs:token">
    <xs:enumeration value="G"/><xs:enumeration value="NG"/>
  </xs:restriction></xs:simpleType>
  <xs:element name="hearing"><xs:complexType><xs:sequence>
    <xs:element name="reference" type="xs:token"/>
    <xs:element name="day" type="xs:date"/>
    <xs:element name="plea" type="Plea" minOccurs="0"/>
    <xs:element name="remark" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
    <xs:choice>
      <xs:element name="person" type="xs:token"/>
      <xs:element name="company" type="xs:token"/>
    </xs:choice>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
)";

const char* const letter_xsd = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="Plea"><xs:restriction base="xs:token">
    <xs:enumeration value="guilty"/><xs:enumeration value="not_guilty"/>
  </xs:restriction></xs:simpleType>
  <xs:element name="letter"><xs:complexType><xs:sequence>
    <xs:element name="reference" type="xs:token"/>
    <xs:element name="day" type="xs:date" minOccurs="0"/>
    <xs:element name="plea" type="Plea" minOccurs="0"/>
    <xs:element name="note" type="xs:string" minOccurs="0"/>
    <xs:element name="paragraph" type="xs:string" minOccurs="0" maxOccurs="unbounded"/>
    <xs:element name="signature" minOccurs="0"><xs:complexType><xs:sequence>
      <xs:element name="name" type="xs:string"/>
    </xs:sequence></xs:complexType></xs:element>
    <xs:sequence minOccurs="0" maxOccurs="unbounded">
      <xs:element name="at" type="xs:date"/>
      <xs:element name="said" type="xs:string"/>
    </xs:sequence>
    <xs:choice minOccurs="0">
      <xs:element name="to_person" type="xs:token"/>
      <xs:element name="to_company" type="xs:token"/>
    </xs:choice>
  </xs:sequence></xs:complexType>
  <xs:unique name="paragraphs"><xs:selector xpath="paragraph"/><xs:field xpath="."/></xs:unique></xs:element>
</xs:schema>
)";

std::string table(const std::string& rows) {
    return "<codes xmlns=\"urn:throughgate:codes:1\" source=\"an example\">\n  <about>Pleas in words.</about>\n" + rows + "</codes>\n";
}

void add(std::map<std::string_view, Diagnostic>& all, const std::vector<Diagnostic>& share) {
    for (const Diagnostic& each : share) all.emplace(each.code, each);
}

/// A wrong example as Markdown shows it.
std::string block(std::string_view text) { return "```xml\n" + std::string(text) + "\n```\n"; }

/// Elements in running text as Markdown shows them; what is quoted already stays.
std::string prose(std::string_view text) {
    std::string marked;
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '`') quoted = !quoted;
        const std::size_t end = text[at] == '<' && !quoted ? text.find('>', at) : std::string_view::npos;
        if (end == std::string_view::npos) {
            marked += text[at];
            continue;
        }
        marked += "`" + std::string(text.substr(at, end - at + 1)) + "`";
        at = end;
    }
    return marked;
}

std::string contents() {
    std::string page(about_pages);
    page += "# What a check can say\n\nEvery problem that `throughgate check` finds in a mapping, a code table, an agreement or a site has a code. It stays the "
            "same, whatever becomes of the words. A page is printed by `throughgate manual codes TG-M014`.\n\n| code | what is wrong |\n|---|---|\n";
    for (const auto& [code, each] : diagnostics()) page += "| [" + std::string(code) + "](" + std::string(code) + ".md) | " + prose(each.title) + " |\n";
    page += "\n## The schemas of the examples\n\nThe wrong examples of mappings go from this document:\n\n" + block(hearing_xsd) +
            "\nto this one:\n\n" + block(letter_xsd) + "\nwith these code tables:\n\n";
    for (const auto& [name, text] : diagnostic_tables()) page += "`" + name + "`\n\n" + block(text) + "\n";
    page.pop_back();
    return page;
}

}  // namespace

const std::map<std::string_view, Diagnostic>& diagnostics() {
    static const std::map<std::string_view, Diagnostic> all = [] {
        std::map<std::string_view, Diagnostic> made;
        for (const auto& share : {mapping_path_diagnostics(), mapping_value_diagnostics(), site_diagnostics(), agreement_diagnostics(), example_diagnostics(), calendar_diagnostics(),
                                  expression_diagnostics(), rule_diagnostics(),
                                  fact_diagnostics()})
            add(made, share);
        return made;
    }();
    return all;
}

const std::map<std::string, std::string>& diagnostic_schemas() {
    static const std::map<std::string, std::string> schemas{{"hearing.xsd", hearing_xsd}, {"letter.xsd", letter_xsd}};
    return schemas;
}

const std::map<std::string, std::string>& diagnostic_tables() {
    static const std::map<std::string, std::string> tables{
        {"plea-words", table("  <code from=\"G\" to=\"guilty\"/>\n  <code from=\"NG\" to=\"not_guilty\"/>\n")},
        {"plea-short", table("  <code from=\"G\" to=\"guilty\"/>\n")},
        {"plea-other", table("  <code from=\"G\" to=\"admitted\"/>\n  <code from=\"NG\" to=\"denied\"/>\n")}};
    return tables;
}

std::string diagnostic_page(const Diagnostic& diagnostic) {
    const bool between = diagnostic.example == Diagnostic::Example::rules;
    return std::string(about_pages) + "# " + std::string(diagnostic.code) + ": " + prose(diagnostic.title) + "\n\n" + prose(diagnostic.meaning) +
           "\n\n## A wrong example\n\n" + block(diagnostic.wrong) + (between ? "\nThe schemas that it is between stand in [README.md](README.md).\n" : "") +
           "\n## What to do\n\n" + prose(diagnostic.cure) + "\n";
}

std::map<std::string, std::string> diagnostic_pages() {
    std::map<std::string, std::string> pages;
    for (const auto& [code, each] : diagnostics()) pages[std::string(code) + ".md"] = diagnostic_page(each);
    pages["README.md"] = contents();
    return pages;
}

}  // namespace hub::cli
