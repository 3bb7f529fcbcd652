// HL7 v2 messages in ER7: values, escapes, groups of segments, and what is refused.
#include "hub/formats/schema_builder.hpp"
#include "tests/formats/hl7_sample.hpp"

using namespace hub::formats;
using namespace hub::formats::test;

BOOST_AUTO_TEST_SUITE(hl7)

BOOST_AUTO_TEST_CASE(a_message_becomes_groups_segments_fields_and_components) {
    const auto read = read_adt(adt_message);
    BOOST_REQUIRE_MESSAGE(read.valid(), read.problems());
    BOOST_TEST(read.at("/ADT_A01/MSH/MSH.1") == "|");
    BOOST_TEST(read.at("/ADT_A01/MSH/MSH.2") == "^~\\&");
    BOOST_TEST(read.at("/ADT_A01/MSH/MSH.3/HD.2") == "HLTH.EXAMPLE");
    BOOST_TEST(read.at("/ADT_A01/MSH/MSH.9/MSG.2") == "A01");
    BOOST_TEST(read.count("/ADT_A01/PID/PID.3") == 2);
    BOOST_TEST(read.at("/ADT_A01/PID/PID.3/CX.1") == "9990001");
    BOOST_TEST(read.at("/ADT_A01/PID/PID.3/CX.4/HD.2") == "2.16");
    BOOST_TEST(read.at("/ADT_A01/PID/PID.5/XPN.1") == "TEST");
    BOOST_TEST(read.count("/ADT_A01/ADT_A01.INSURANCE") == 2);
    BOOST_TEST(read.count("/ADT_A01/ADT_A01.INSURANCE/IN1") == 2);
    BOOST_TEST(read.count("/ADT_A01/ADT_A01.INSURANCE/IN2") == 1);
    BOOST_TEST(read.decoded.unknown_paths.empty());
}

BOOST_AUTO_TEST_CASE(line_ends_of_every_kind_separate_segments) {
    const auto original = read_adt(adt_message);
    for (const std::string end : {"\n", "\r\n", "\r\r"}) {
        std::string text = adt_message;
        for (std::size_t at = 0; (at = text.find('\r', at)) != std::string::npos; at += end.size()) text.replace(at, 1, end);
        const auto read = read_adt(text);
        BOOST_TEST(read.valid(), read.problems());
        BOOST_TEST(shown(read) == shown(original));
    }
    const std::string without_last(adt_message, std::string(adt_message).size() - 1);
    BOOST_TEST(shown(read_adt(without_last)) == shown(original));
}

BOOST_AUTO_TEST_CASE(the_separators_are_the_message_s_own) {
    const auto read = read_adt("MSH*%$!@*HL%X******ADT%A01*1\rEVN**x\rPID***1%%%A@B$2**T!S!T%|^\r");
    BOOST_REQUIRE_MESSAGE(read.valid(), read.problems());
    BOOST_TEST(read.at("/ADT_A01/MSH/MSH.2") == "%$!@");
    BOOST_TEST(read.at("/ADT_A01/PID/PID.3/CX.4/HD.2") == "B");
    BOOST_TEST(read.at("/ADT_A01/PID/PID.5/XPN.1") == "T%T");
    BOOST_TEST(read.at("/ADT_A01/PID/PID.5/XPN.2") == "|^");
    BOOST_TEST(shown(read_adt(read.encoded())) == shown(read));
    BOOST_TEST(read.encoded().starts_with("MSH*%$!@*HL%X*"));
}

BOOST_AUTO_TEST_CASE(separators_that_cannot_work_are_refused) {
    for (const char* head : {"MSH", "MSH|", "MSH|^~\\", "MSH|^~\\&&", "MSH|^^\\&", "MSH|^~|&", "MSHA^~\\&", "MSH|^~\\A", "MSH|^~\\&#$", "MSH|^~\\\"",
                             "MSH ^~\\&"}) {
        const auto read = read_adt(std::string(head) + "|HLTH||||||ADT^A01|1\rEVN||x\rPID|||1\r");
        BOOST_TEST(read.mentions("sample:1: TG-F061: MSH-1 and MSH-2"), head);
    }
    BOOST_TEST(read_adt("MSH|^~\\&#|HLTH||||||ADT^A01|1\rEVN||x\rPID|||1\r").valid());
}

BOOST_AUTO_TEST_CASE(a_message_must_start_with_msh) {
    BOOST_TEST(read_adt("").mentions("does not start with MSH"));
    BOOST_TEST(read_adt("\r\n\r").mentions("does not start with MSH"));
    BOOST_TEST(read_adt("EVN||x\rMSH|^~\\&\r").mentions("does not start with MSH"));
    BOOST_TEST(read_adt("BHS|^~\\&\r" + std::string(adt_message)).mentions("does not start with MSH"));
    BOOST_TEST(read_adt("\x0b" + std::string(adt_message) + "\x1c\r").mentions("U+000B"));
}

BOOST_AUTO_TEST_CASE(escapes_stand_for_separators_bytes_and_line_ends) {
    const auto name = [](const std::string& text) { return read_adt(with_pid("PID|||1||" + text)).at("/ADT_A01/PID/PID.5/XPN.1"); };
    BOOST_TEST(name("\\F\\\\S\\\\T\\\\R\\\\E\\") == "|^&~\\");
    BOOST_TEST(name("a\\X41\\b\\XC3A9\\") == "aAb\xc3\xa9");
    BOOST_TEST(name("\\XC3\\\\XA9\\") == "\xc3\xa9");
    BOOST_TEST(name("one\\.br\\two") == "one\ntwo");
    BOOST_TEST(name("\\H\\loud\\N\\") == "\\H\\loud\\N\\");
    BOOST_TEST(name("\\Z99\\x\\.sp2\\") == "\\Z99\\x\\.sp2\\");
    BOOST_TEST(name("C:\\temp") == "C:\\temp");
    BOOST_TEST(name("\\") == "\\");
    for (const char* bad : {"\\X4\\", "\\XGG\\", "\\X\\", "\\X00\\", "\\XFF\\", "\\XC3\\", "\\X1B\\"})
        BOOST_TEST(read_adt(with_pid("PID|||1||" + std::string(bad))).mentions("sample:3: TG-F064: /ADT_A01/PID/PID.5/XPN.1"), bad);
}

BOOST_AUTO_TEST_CASE(a_bad_escape_does_not_hide_other_bad_values) {
    const auto read = read_adt(with_pid("PID|||1||\\X4\\|||x"));
    BOOST_TEST(read.decoded.problems.size() == 2, read.problems());
    BOOST_TEST(read.mentions("/ADT_A01/PID/PID.8 is not one of"));
}

BOOST_AUTO_TEST_CASE(empty_is_absent_and_two_quotes_are_nil) {
    const auto read = read_adt(with_pid("PID|||\"\"^^^A||\"\"||\"\""));
    BOOST_REQUIRE_MESSAGE(read.valid(), read.problems());
    BOOST_TEST(read.at("/ADT_A01/PID/PID.3/CX.1") == "<nil>");
    BOOST_TEST(read.at("/ADT_A01/PID/PID.5") == "<nil>");
    BOOST_TEST(read.at("/ADT_A01/PID/PID.7") == "<nil>");
    BOOST_TEST(read.at("/ADT_A01/PID/PID.8") == "<none>");
    BOOST_TEST(read.encoded().find("PID|||\"\"^^^A||\"\"||\"\"\r") != std::string::npos);
    BOOST_TEST(read_adt(with_pid("PID|||1|||||\"\"")).mentions("/ADT_A01/PID/PID.8 may not be nil"));
}

BOOST_AUTO_TEST_CASE(what_the_schema_does_not_know_is_withheld_and_counted) {
    const auto read = read_adt(
        "MSH|^~\\&|||||||ADT^A01^ADT_A01|1|P\rZAA|1\rEVN||x\rPID|1||9^8^7^A&B&C||T^A^M||1980&x^y||extra\rZXX|a\rZXX|b\rZYY|c\r");
    BOOST_REQUIRE_MESSAGE(read.valid(), read.problems());
    const std::map<std::string, std::size_t> expected{
        {"/ADT_A01/MSH/MSH.11", 1},        {"/ADT_A01/MSH/MSH.9/MSG.3", 1},      {"/ADT_A01/PID/PID.1", 1},
        {"/ADT_A01/PID/PID.3/CX.2", 1},    {"/ADT_A01/PID/PID.3/CX.3", 1},       {"/ADT_A01/PID/PID.3/CX.4/HD.3", 1},
        {"/ADT_A01/PID/PID.5/XPN.3", 1},   {"/ADT_A01/PID/PID.7/PID.7.2", 2},    {"/ADT_A01/PID/PID.9", 1},
        {"/ADT_A01/ZAA", 1},               {"/ADT_A01/ZXX", 2},                  {"/ADT_A01/ZYY", 1}};
    BOOST_TEST((read.decoded.unknown_paths == expected));
    BOOST_TEST(read.at("/ADT_A01/PID/PID.7") == "1980");
}

BOOST_AUTO_TEST_CASE(a_value_of_nothing_but_withheld_components_is_no_value) {
    const auto read = read_adt(with_pid("PID|||1~^8^7~2~^^^&&x||^^M"));
    BOOST_REQUIRE_MESSAGE(read.valid(), read.problems());
    BOOST_TEST(read.count("/ADT_A01/PID/PID.3") == 2);
    BOOST_TEST(read.count("/ADT_A01/PID/PID.5") == 0);
    BOOST_TEST(read.decoded.unknown_paths.size() == 4);
    BOOST_TEST(shown(read_adt(read.encoded())) == shown(read));
}

BOOST_AUTO_TEST_CASE(groups_nest_and_repeat) {
    const auto read = read_ref(
        "MSH|^~\\&|||||||REF^I12|1\rPRD|A\rPRD|B\rPID|||1\rOBR||||o1\rNTE|||n1\rOBX|||||r1\rNTE|||n2\rOBX|||||r2\rOBR||||o2\rNTE|||n3\r");
    BOOST_REQUIRE_MESSAGE(read.valid(), read.problems());
    BOOST_TEST(read.count("/REF_I12/REF_I12.PROVIDER_CONTACT/PRD") == 2);
    BOOST_TEST(read.count("/REF_I12/REF_I12.OBSERVATION") == 2);
    BOOST_TEST(read.count("/REF_I12/REF_I12.OBSERVATION/NTE") == 2);
    BOOST_TEST(read.at("/REF_I12/REF_I12.OBSERVATION/REF_I12.RESULTS/NTE/NTE.3") == "n2");
    BOOST_TEST(read.count("/REF_I12/REF_I12.OBSERVATION/REF_I12.RESULTS") == 2);
    BOOST_TEST(shown(read_ref(read.encoded())) == shown(read));
}

BOOST_AUTO_TEST_CASE(a_segment_out_of_place_is_named_with_its_number) {
    const std::string msh = "MSH|^~\\&|||||||ADT^A01|1\r";
    BOOST_TEST(read_adt(msh + "PID|||1\rEVN||x\r").mentions("sample:2: TG-F063: segment PID stands where /ADT_A01/EVN is wanted"));
    BOOST_TEST(read_adt(msh + "EVN||x\rIN1|1\rPID|||1\r").mentions("sample:3: TG-F063: segment IN1 stands where /ADT_A01/PID is wanted"));
    BOOST_TEST(read_adt(msh + "EVN||x\rPID|||1\rIN2|1\r").mentions("sample:4: TG-F063: segment IN2 is not allowed in this place"));
    BOOST_TEST(read_adt(msh + "EVN||x\rPID|||1\rIN1|1\rIN1|2\rIN1|3\rIN1|4\r").mentions("sample:7: TG-F063: segment IN1 is not allowed"));
    BOOST_TEST(read_adt(msh + msh).mentions("sample:2: TG-F063: segment MSH stands where"));
}

BOOST_AUTO_TEST_CASE(a_message_cut_short_is_refused) {
    BOOST_TEST(read_adt("MSH|^~\\&|||||||ADT^A01|1\rEVN||x\r").mentions("sample:2: TG-F063: the message ends where /ADT_A01/PID is wanted"));
    BOOST_TEST(read_adt("MSH|^~\\&|||||||ADT^A01|1\rEVN||x\rPI").mentions("sample:3: TG-F062"));
    BOOST_TEST(read_adt("MSH|^~\\&|||||||ADT^A01|1\rEVN||x\rPID").mentions("/ADT_A01/PID/PID.3 is missing"));
    const std::string whole = with_pid("PID|||123");
    const auto last = whole.find("PID|||1") + 7;  // from here on the rest cannot be known to be missing
    for (std::size_t size = 0; size < last; ++size) BOOST_TEST(!read_adt(whole.substr(0, size)).valid(), size);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_no_segment_is_refused_with_its_number) {
    for (const char* line : {"pid|||1", "PIDX||1", "continued text", "PI|1", "P", "1AB|x"})
        BOOST_TEST(read_adt("MSH|^~\\&|||||||ADT^A01|1\r\nEVN||x\r\n" + std::string(line) + "\r\n").mentions("sample:3: TG-F062"), line);
}

BOOST_AUTO_TEST_CASE(only_utf_8_is_read) {
    const auto charset = [](const std::string& name, const std::string& family) {
        return read_adt("MSH|^~\\&|||||||ADT^A01|1||||||||" + name + "\rEVN||x\rPID|||1||" + family + "\r");
    };
    BOOST_TEST(charset("", "\xc3\xa9").valid());
    BOOST_TEST(charset("UNICODE UTF-8", "\xc3\xa9").at("/ADT_A01/PID/PID.5/XPN.1") == "\xc3\xa9");
    BOOST_TEST(charset("ASCII~UNICODE UTF-8", "x").valid());
    BOOST_TEST(charset("8859/1", "x").mentions("sample:1: TG-F065"));
    BOOST_TEST(charset("UNICODE UTF-8~ISO IR87", "x").mentions("TG-F065"));
    BOOST_TEST(charset("", "\xe9").mentions("sample:3: TG-F040: byte 0xE9 is not UTF-8"));
    BOOST_TEST(read_adt(std::string("MSH|^~\\&|\0", 10)).mentions("U+0000"));
}

BOOST_AUTO_TEST_CASE(values_are_checked_and_never_quoted) {
    const auto read = read_adt(with_pid("PID|||1|||||secret"));
    BOOST_TEST(read.mentions("sample:3: "));
    BOOST_TEST(read.mentions("/ADT_A01/PID/PID.8 is not one of the allowed values"));
    BOOST_TEST(!read.mentions("secret"));
    BOOST_TEST(read_adt(with_pid("PID|||1||A~B")).mentions("/ADT_A01/PID/PID.5 occurs more than 1 times"));
}

BOOST_AUTO_TEST_CASE(every_limit_is_named_when_it_is_passed) {
    const std::string text = with_pid("PID|||1||12345678901");
    const auto limited = [&](auto change) {
        Limits limits;
        change(limits);
        return read_adt(text, limits);
    };
    const auto exceeded = [](const Read& read, const std::string& name) { return read.mentions(name + " = ") && read.mentions("exceeded"); };
    BOOST_TEST(exceeded(limited([&](Limits& l) { l.bytes_max = text.size() - 1; }), "bytes_max"));
    BOOST_TEST(limited([&](Limits& l) { l.bytes_max = text.size(); }).valid());
    BOOST_TEST(exceeded(limited([](Limits& l) { l.nodes_max = 12; }), "nodes_max"));
    BOOST_TEST(limited([](Limits& l) { l.nodes_max = 20; }).valid());
    BOOST_TEST(exceeded(limited([](Limits& l) { l.text_bytes_max = 10; }), "text_bytes_max"));
    BOOST_TEST(limited([](Limits& l) { l.text_bytes_max = 11; }).valid());
    std::string repeated = "PID|||1";
    for (int at = 0; at < 300'000; ++at) repeated += "~1";
    BOOST_TEST(exceeded(read_adt(with_pid(repeated)), "nodes_max"));
    std::string unknown = adt_message;
    for (int at = 0; at < 300'000; ++at) unknown += "ZZZ\r";
    BOOST_TEST(exceeded(read_adt(unknown), "nodes_max"));
}

BOOST_AUTO_TEST_CASE(what_was_encoded_is_decoded_to_the_same_tree) {
    const auto read = read_adt(adt_message);
    BOOST_TEST(read.encoded() == adt_message);
    for (const char* name : {"|^~\\&", "\\F\\", "\\H\\x\\N\\", "\\H\\H\\", "\\E\\", "\\X41\\", "\\.br\\", "a\r\nb", "\"\"", "\"", "\\", "C:\\t\\", "#",
                             "\xc3\xa9 \xf0\x9f\x98\x80", " padded "}) {
        const auto model = adt_schema();
        Read made;
        made.schema = model;
        made.document.clear(model.get());
        const auto add = [&](NodeId parent, const char* child, const char* text) {
            return made.document.add(parent, model->child_any_ns(made.document[parent].decl, DeclKind::element, child), text);
        };
        const NodeId message = made.document.add(no_node, 0);
        const NodeId msh = add(message, "MSH", "");
        add(msh, "MSH.1", "|");
        add(msh, "MSH.2", "^~\\&#");
        const NodeId type = add(msh, "MSH.9", "");
        add(type, "MSG.1", "ADT");
        add(type, "MSG.2", "A01");
        add(msh, "MSH.10", "1");
        add(add(message, "EVN", ""), "EVN.2", "x");
        const NodeId pid = add(message, "PID", "");
        add(add(pid, "PID.3", ""), "CX.1", "1");
        add(add(pid, "PID.5", ""), "XPN.2", name);
        const auto again = test::read(model, made.encoded());
        BOOST_TEST(again.valid(), again.problems());
        BOOST_TEST(shown(again) == shown(made));
    }
}

BOOST_AUTO_TEST_CASE(a_schema_that_describes_no_message_is_refused) {
    const auto told_of = [](const std::string& body) {
        hub::Problems problems;
        const std::string text = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name='m'><xs:complexType><xs:sequence>" + body +
                                 "</xs:sequence></xs:complexType></xs:element></xs:schema>";
        BOOST_TEST(!Schema::read({{"schema.xsd", text}}, "schema.xsd", {}, Format::hl7, problems));
        return told(problems);
    };
    const auto segment = [](const std::string& name, const std::string& field) {
        return "<xs:element name='" + name + "'><xs:complexType><xs:sequence><xs:element name='" + field +
               "' type='xs:string'/></xs:sequence></xs:complexType></xs:element>";
    };
    BOOST_TEST(told_of("<xs:element name='PID' type='xs:string'/>").find("TG-F130") != std::string::npos);
    BOOST_TEST(told_of(segment("MSH", "MSH.x")).find("/m/MSH/MSH.x must end in a position of its own") != std::string::npos);
    BOOST_TEST(told_of(segment("MSH", "MSH.513")).find("from 1 to 512") != std::string::npos);
    BOOST_TEST(told_of(segment("PID", "PID.1")).find("/m has no segment MSH") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_schema_made_by_hand_that_is_no_message_decodes_nothing) {
    SchemaBuilder builder("made.xsd", Format::hl7);
    builder.declare(no_decl, {});
    const auto read = test::read(builder.finish(), "MSH|^~\\&|\r");
    BOOST_TEST(read.mentions("TG-F060"));
    BOOST_TEST(read.document.empty());
}

BOOST_AUTO_TEST_SUITE_END()
