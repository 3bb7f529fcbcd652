// Schemas of two HL7 v2 messages, much reduced, and samples with invented people. Shared by the HL7 tests of this room.
#pragma once

#include "tests/formats/reading.hpp"

namespace hub::formats::test {

/// Segments and data types that both messages use.
inline const char* const hl7_types = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:hl7-org:v2xml"
    targetNamespace="urn:hl7-org:v2xml" elementFormDefault="qualified">
  <xs:complexType name="HD"><xs:sequence>
    <xs:element name="HD.1" type="xs:token" minOccurs="0"/><xs:element name="HD.2" type="xs:token" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="CX"><xs:sequence>
    <xs:element name="CX.1" type="xs:token" minOccurs="0" nillable="true"/>
    <xs:element name="CX.4" type="HD" minOccurs="0"/>
    <xs:element name="CX.5" type="xs:token" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="XPN"><xs:sequence>
    <xs:element name="XPN.1" type="xs:string" minOccurs="0"/><xs:element name="XPN.2" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="MSG"><xs:sequence>
    <xs:element name="MSG.1" type="xs:token"/><xs:element name="MSG.2" type="xs:token"/></xs:sequence></xs:complexType>
  <xs:complexType name="MSH"><xs:sequence>
    <xs:element name="MSH.1" type="xs:string"/><xs:element name="MSH.2" type="xs:string"/>
    <xs:element name="MSH.3" type="HD" minOccurs="0"/><xs:element name="MSH.9" type="MSG"/>
    <xs:element name="MSH.10" type="xs:token"/></xs:sequence></xs:complexType>
  <xs:complexType name="EVN"><xs:sequence>
    <xs:element name="EVN.2" type="xs:token"/></xs:sequence></xs:complexType>
  <xs:complexType name="PID"><xs:sequence>
    <xs:element name="PID.3" type="CX" maxOccurs="unbounded"/><xs:element name="PID.5" type="XPN" minOccurs="0" nillable="true"/>
    <xs:element name="PID.7" type="xs:string" minOccurs="0" nillable="true"/>
    <xs:element name="PID.8" minOccurs="0"><xs:simpleType><xs:restriction base="xs:token">
      <xs:enumeration value="F"/><xs:enumeration value="M"/></xs:restriction></xs:simpleType></xs:element></xs:sequence></xs:complexType>
  <xs:complexType name="Text"><xs:sequence><xs:element name="NTE.3" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="Obx"><xs:sequence><xs:element name="OBX.5" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="Numbered1"><xs:sequence><xs:element name="IN1.1" type="xs:integer" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="Numbered2"><xs:sequence><xs:element name="IN2.1" type="xs:integer" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="Provider"><xs:sequence><xs:element name="PRD.1" type="xs:token" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="Order"><xs:sequence><xs:element name="OBR.4" type="xs:token" minOccurs="0"/></xs:sequence></xs:complexType>

  <xs:element name="ADT_A01"><xs:complexType><xs:sequence>
    <xs:element name="MSH" type="MSH"/><xs:element name="EVN" type="EVN"/><xs:element name="PID" type="PID"/>
    <xs:element name="NTE" type="Text" minOccurs="0"/>
    <xs:element name="ADT_A01.INSURANCE" minOccurs="0" maxOccurs="3"><xs:complexType><xs:sequence>
      <xs:element name="IN1" type="Numbered1"/><xs:element name="IN2" type="Numbered2" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>

  <xs:element name="REF_I12"><xs:complexType><xs:sequence>
    <xs:element name="MSH" type="MSH"/>
    <xs:element name="REF_I12.PROVIDER_CONTACT" maxOccurs="unbounded"><xs:complexType><xs:sequence>
      <xs:element name="PRD" type="Provider"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="PID" type="PID"/>
    <xs:element name="REF_I12.OBSERVATION" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
      <xs:element name="OBR" type="Order"/><xs:element name="NTE" type="Text" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="REF_I12.RESULTS" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="OBX" type="Obx"/><xs:element name="NTE" type="Text" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="NTE" type="Text" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>)";

inline std::shared_ptr<const Schema> adt_schema() { return schema_of({{"schema.xsd", hl7_types}}, Format::hl7, "ADT_A01"); }
inline std::shared_ptr<const Schema> ref_schema() { return schema_of({{"schema.xsd", hl7_types}}, Format::hl7, "REF_I12"); }
inline Read read_adt(std::string_view text, const Limits& limits = {}) { return read(adt_schema(), text, limits); }
inline Read read_ref(std::string_view text, const Limits& limits = {}) { return read(ref_schema(), text, limits); }

inline const char* const adt_message =
    "MSH|^~\\&|HLTH^HLTH.EXAMPLE||||||ADT^A01|0001\r"
    "EVN||20260302\r"
    "PID|||9990001^^^NHS&2.16^NH~X123456^^^PROB||TEST^ADA||19800101|F\r"
    "IN1|1\r"
    "IN2|11\r"
    "IN1|2\r";

/// The message with another PID segment.
inline std::string with_pid(const std::string& pid) { return "MSH|^~\\&|||||||ADT^A01|1\rEVN||x\r" + pid + "\r"; }

}  // namespace hub::formats::test
