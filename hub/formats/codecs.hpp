// The codec of each format, as codec.cpp dispatches to them. Private to this room.
#pragma once

#include <memory>
#include <string>

#include "hub/formats/codec.hpp"

namespace hub::formats {

std::unique_ptr<Decoder> make_xml_decoder(const Schema& schema, const Limits& limits);
std::unique_ptr<Decoder> make_json_decoder(const Schema& schema, const Limits& limits);
std::unique_ptr<Decoder> make_csv_decoder(const Schema& schema, const Limits& limits);
std::unique_ptr<Decoder> make_hl7_decoder(const Schema& schema, const Limits& limits);

void encode_xml(const Document& document, std::string& into, Style style);
void encode_json(const Document& document, std::string& into, Style style);
void encode_csv(const Document& document, std::string& into, Style style);
void encode_hl7(const Document& document, std::string& into, Style style);

}  // namespace hub::formats
