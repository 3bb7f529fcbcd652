// Chooses the codec by the schema's format. The codecs themselves are elsewhere.
#include "hub/formats/codec.hpp"

#include "hub/formats/codecs.hpp"

namespace hub::formats {

std::unique_ptr<Decoder> make_decoder(const Schema& schema, const Limits& limits) {
    switch (schema.format()) {
        case Format::json: return make_json_decoder(schema, limits);
        case Format::csv: return make_csv_decoder(schema, limits);
        case Format::hl7: return make_hl7_decoder(schema, limits);
        case Format::xml: break;
    }
    return make_xml_decoder(schema, limits);
}

void encode(const Document& document, std::string& into, Style style) {
    switch (document.schema().format()) {
        case Format::xml: return encode_xml(document, into, style);
        case Format::json: return encode_json(document, into, style);
        case Format::csv: return encode_csv(document, into, style);
        case Format::hl7: return encode_hl7(document, into, style);
    }
}

std::string_view media_type(Format format) {
    switch (format) {
        case Format::json: return "application/json";
        case Format::csv: return "text/csv";
        case Format::hl7: return "application/hl7-v2";
        case Format::xml: break;
    }
    return "application/xml";
}

}  // namespace hub::formats
