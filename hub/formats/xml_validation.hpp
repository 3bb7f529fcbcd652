// One validation by libxml2, fed with events. Private to this room.
//
// libxml2's sentences quote values, so only its error codes are kept, with the place that the feeder last named.
#pragma once

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <memory>
#include <string_view>
#include <vector>

#include "hub/formats/xml_validator.hpp"

namespace hub::formats {

struct XmlFinding {
    int code = 0;  ///< xmlParserErrors
    DeclId decl = no_decl;
    int line = 0;
};

class XmlValidation {
public:
    explicit XmlValidation(const Schema::Validator& schema) : schema_(schema) {}
    ~XmlValidation() { end_run(); }
    XmlValidation(const XmlValidation&) = delete;
    XmlValidation& operator=(const XmlValidation&) = delete;

    void begin();
    /// The declaration must outlive the run; attributes are five pointers each, as the parser gives them.
    void start(const Declaration& element, const xmlChar** attributes, int attribute_count);
    void text(std::string_view value);
    void end(const Declaration& element);
    /// True only when libxml2 found nothing and did not give up. All elements must have ended: libxml2 loses memory
    /// of what is still open.
    bool finish();

    void at(DeclId decl, int line) {
        decl_ = decl;
        line_ = line;
    }
    const std::vector<XmlFinding>& findings() const { return findings_; }

    static constexpr std::size_t findings_max = 200;

private:
    struct Free {
        void operator()(xmlSchemaValidCtxtPtr context) const { xmlSchemaFreeValidCtxt(context); }
    };
    static void on_error(void* self, xmlErrorPtr error) noexcept;
    void end_run();

    const Schema::Validator& schema_;  ///< outlives us
    std::unique_ptr<xmlSchemaValidCtxt, Free> context_{};
    xmlSchemaSAXPlugPtr plug_ = nullptr;
    xmlSAXHandlerPtr handler_ = nullptr;  ///< libxml2's, while plugged in
    void* handler_data_ = nullptr;
    std::vector<XmlFinding> findings_{};
    DeclId decl_ = no_decl;
    int line_ = 0;
    bool broken_ = false;  ///< libxml2 reported an internal error: it is given nothing more
};

}  // namespace hub::formats
