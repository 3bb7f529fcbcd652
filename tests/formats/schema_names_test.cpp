// Finding declarations by name, and the paths that are printed for them.
#include <boost/test/unit_test.hpp>

#include "hub/formats/schema_builder.hpp"

using namespace hub::formats;

namespace {

Declaration named(std::string name, std::string ns = {}, DeclKind kind = DeclKind::element) {
    Declaration made;
    made.name = std::move(name);
    made.ns = std::move(ns);
    made.kind = kind;
    return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema_names)

BOOST_AUTO_TEST_CASE(a_child_is_found_by_kind_namespace_and_name) {
    SchemaBuilder builder("x.xsd", Format::csv);
    const DeclId root = builder.declare(no_decl, named("root"));
    const DeclId id = builder.declare(root, named("id", "", DeclKind::attribute));
    const DeclId a = builder.declare(root, named("id", "urn:a"));
    const DeclId b = builder.declare(root, named("id", "urn:b"));
    const DeclId deep = builder.declare(b, named("id", "urn:b"));
    const auto schema = builder.finish();
    BOOST_TEST(schema->child(root, DeclKind::attribute, "", "id") == id);
    BOOST_TEST(schema->child(root, DeclKind::element, "urn:a", "id") == a);
    BOOST_TEST(schema->child(root, DeclKind::element, "urn:b", "id") == b);
    BOOST_TEST(schema->child(b, DeclKind::element, "urn:b", "id") == deep);
    BOOST_TEST(schema->child(root, DeclKind::element, "urn:c", "id") == no_decl);
    BOOST_TEST(schema->child(a, DeclKind::element, "urn:a", "id") == no_decl);
    BOOST_TEST(schema->child_any_ns(root, DeclKind::element, "id") == a);
}

BOOST_AUTO_TEST_CASE(a_path_names_every_step_and_marks_attributes) {
    SchemaBuilder builder("x.xsd", Format::csv);
    const DeclId root = builder.declare(no_decl, named("court_result", "urn:x"));
    const DeclId offence = builder.declare(root, named("offence", "urn:x"));
    const DeclId sequence = builder.declare(offence, named("sequence", "", DeclKind::attribute));
    const auto schema = builder.finish();
    BOOST_TEST(schema->path_of(root) == "/court_result");
    BOOST_TEST(schema->path_of(sequence) == "/court_result/offence/@sequence");
}

BOOST_AUTO_TEST_SUITE_END()
