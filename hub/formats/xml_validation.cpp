// Drives libxml2's schema validation through its SAX plug, without a parser of its own.
//
// The plug is set in with no handler to call on to; what it hands back are libxml2's own handlers, which are called here
// for each event. Setting the plug and taking it out begin and end one validation.
#include "hub/formats/xml_validation.hpp"

#include <libxml/xmlerror.h>

#include <new>

namespace hub::formats {

namespace {

const xmlChar* name_of(const Declaration& element) { return reinterpret_cast<const xmlChar*>(element.name.c_str()); }

const xmlChar* ns_of(const Declaration& element) {
    return element.ns.empty() ? nullptr : reinterpret_cast<const xmlChar*>(element.ns.c_str());
}

}  // namespace

void XmlValidation::on_error(void* self, xmlErrorPtr error) noexcept {
    auto& validation = *static_cast<XmlValidation*>(self);
    if (error->code == XML_SCHEMAV_INTERNAL) validation.broken_ = true;
    if (validation.findings_.size() < validation.findings_.capacity())
        validation.findings_.push_back({error->code, validation.decl_, validation.line_});
}

void XmlValidation::end_run() {
    if (plug_ != nullptr) xmlSchemaSAXUnplug(plug_);
    plug_ = nullptr;
}

void XmlValidation::begin() {
    if (plug_ != nullptr) {  // the last document was left in the middle: its remains are not worth keeping
        end_run();
        context_.reset();
    }
    findings_.clear();
    findings_.reserve(findings_max);  // so that on_error cannot run out of memory
    broken_ = false;
    if (!context_) {
        context_.reset(xmlSchemaNewValidCtxt(schema_.schema));
        if (!context_) throw std::bad_alloc();
        xmlSchemaSetValidStructuredErrors(context_.get(), on_error, this);
    }
    handler_ = nullptr;
    handler_data_ = nullptr;
    plug_ = xmlSchemaSAXPlug(context_.get(), &handler_, &handler_data_);
    if (plug_ == nullptr) throw std::bad_alloc();
}

void XmlValidation::start(const Declaration& element, const xmlChar** attributes, int attribute_count) {
    if (!broken_)
        handler_->startElementNs(handler_data_, name_of(element), nullptr, ns_of(element), 0, nullptr, attribute_count, 0, attributes);
}

void XmlValidation::text(std::string_view value) {
    if (!broken_)
        handler_->characters(handler_data_, reinterpret_cast<const xmlChar*>(value.data()), static_cast<int>(value.size()));
}

void XmlValidation::end(const Declaration& element) {
    if (!broken_) handler_->endElementNs(handler_data_, name_of(element), nullptr, ns_of(element));
}

bool XmlValidation::finish() {
    const bool valid = !broken_ && findings_.empty() && xmlSchemaIsValid(context_.get()) == 1;
    end_run();
    if (broken_) context_.reset();
    return valid;
}

}  // namespace hub::formats
