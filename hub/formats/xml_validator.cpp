// Compiles XML Schema documents with libxml2 and keeps it from reading anything else.
//
// libxml2 asks a process-wide loader for included documents. Ours serves the texts that the calling thread is
// compiling, and nothing at any other time.
#include "hub/formats/xml_validator.hpp"

#include <libxml/catalog.h>
#include <libxml/parser.h>
#include <libxml/xmlIO.h>
#include <libxml/xmlschemas.h>

#include <set>

#include "hub/formats/codec.hpp"
#include "hub/formats/xml_guard.hpp"

namespace hub::formats {

namespace {

constexpr std::string_view scheme = "texts:///";

thread_local const SchemaTexts* texts_at_hand = nullptr;

xmlParserInputPtr load_text(const char* url, const char*, xmlParserCtxtPtr context) {
    const std::string_view wanted = url == nullptr ? "" : url;
    if (texts_at_hand == nullptr || wanted.substr(0, scheme.size()) != scheme) return nullptr;
    const auto found = texts_at_hand->find(std::string(wanted.substr(scheme.size())));
    if (found == texts_at_hand->end()) return nullptr;
    std::string_view bytes = found->second;
    if (guard_xml(bytes, found->first, Limits{})) return nullptr;
    xmlParserInputBufferPtr buffer = xmlParserInputBufferCreateMem(bytes.data(), static_cast<int>(bytes.size()), XML_CHAR_ENCODING_UTF8);
    if (buffer == nullptr) return nullptr;
    xmlParserInputPtr input = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_UTF8);
    if (input == nullptr) return nullptr;
    input->filename = reinterpret_cast<char*>(xmlStrdup(reinterpret_cast<const xmlChar*>(url)));
    return input;
}

void ignore(void*, const char*, ...) {}

struct Findings {
    std::string path;
    Problems& problems;
    std::set<std::string> said{};
};

void collect(void* data, xmlErrorPtr error) {
    auto& findings = *static_cast<Findings*>(data);
    if (error->level < XML_ERR_ERROR) return;
    std::string what = error->message == nullptr ? "not understood" : error->message;
    while (!what.empty() && (what.back() == '\n' || what.back() == '.')) what.pop_back();
    if (!findings.said.insert(what).second) return;
    std::string file = error->file == nullptr ? findings.path : error->file;
    if (file.substr(0, scheme.size()) == scheme) file.erase(0, scheme.size());
    findings.problems.push_back({file, error->line, 0, "TG-F180", "libxml2 does not accept the schema: " + what, "correct the schema"});
}

/// The texts are at hand while this lives.
class AtHand {
public:
    explicit AtHand(const SchemaTexts& texts) { texts_at_hand = &texts; }
    ~AtHand() { texts_at_hand = nullptr; }
    AtHand(const AtHand&) = delete;
    AtHand& operator=(const AtHand&) = delete;
};

struct FreeParser {
    void operator()(xmlSchemaParserCtxtPtr parser) const { xmlSchemaFreeParserCtxt(parser); }
};

}  // namespace

Schema::Validator::~Validator() { xmlSchemaFree(schema); }

std::unique_ptr<Schema::Validator> compile_validator(const SchemaTexts& texts, const std::string& path, Problems& problems) {
    initialise();
    const AtHand at_hand(texts);
    Findings findings{path, problems};
    const auto before = problems.size();
    const std::unique_ptr<xmlSchemaParserCtxt, FreeParser> parser(xmlSchemaNewParserCtxt((std::string(scheme) + path).c_str()));
    if (!parser) throw std::bad_alloc();
    xmlSchemaSetParserStructuredErrors(parser.get(), collect, &findings);
    auto compiled = std::make_unique<Schema::Validator>(xmlSchemaParse(parser.get()));
    if (compiled->schema == nullptr && problems.size() == before)
        problems.push_back({path, 0, 0, "TG-F180", "libxml2 does not accept the schema", "correct the schema"});
    if (problems.size() != before) return nullptr;
    return compiled;
}

void initialise() {
    static const bool done = [] {
        xmlInitParser();
        xmlSetExternalEntityLoader(load_text);
        xmlCleanupInputCallbacks();
        xmlCatalogSetDefaults(XML_CATA_ALLOW_NONE);
        // Threads copy these when they first use libxml2: nothing goes to standard error.
        xmlThrDefSetGenericErrorFunc(nullptr, ignore);
        xmlSetGenericErrorFunc(nullptr, ignore);
        return true;
    }();
    static_cast<void>(done);
}

}  // namespace hub::formats
