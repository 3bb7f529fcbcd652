#include "hub/formats/bare.hpp"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>

#include "hub/formats/xml_validator.hpp"

namespace hub::formats {

bool parse_and_validate_alone(const Schema& schema, std::string_view bytes) {
    if (schema.validator() == nullptr) return false;
    xmlSAXHandler handler{};
    handler.initialized = XML_SAX2_MAGIC;
    xmlSchemaValidCtxtPtr validation = xmlSchemaNewValidCtxt(schema.validator()->schema);
    xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size()));
    if (validation == nullptr || parser == nullptr) {
        xmlSchemaFreeValidCtxt(validation);
        xmlFreeParserCtxt(parser);
        return false;
    }
    *parser->sax = handler;
    void* user = nullptr;
    xmlSAXHandlerPtr events = parser->sax;
    xmlSchemaSAXPlugPtr plug = xmlSchemaSAXPlug(validation, &events, &user);
    xmlSAXHandlerPtr own = parser->sax;
    parser->sax = events;
    parser->userData = user == nullptr ? parser : user;
    const bool good = xmlParseDocument(parser) == 0 && xmlSchemaIsValid(validation) == 1;
    xmlSchemaSAXUnplug(plug);
    parser->sax = own;
    xmlFreeParserCtxt(parser);
    xmlSchemaFreeValidCtxt(validation);
    return good;
}

}  // namespace hub::formats
