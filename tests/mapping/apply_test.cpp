// What mappings make: every construct of the language at work.
#include <boost/test/unit_test.hpp>

#include "tests/mapping/bench.hpp"

using bench::Bench;

BOOST_AUTO_TEST_SUITE(a_mapping)

BOOST_AUTO_TEST_CASE(copies_values_and_attributes) {
    Bench bench("r(@id a b?)", "t(x(@n v) w?)");
    bench.compile("<field from='@id' to='x/@n'/><field from='a' to='x/v'/><field from='b' to='w'/>");
    BOOST_TEST(bench.run("r(@id=7 a=one b=two)") == "t(x(@n=7 v=one) w=two)");
    BOOST_TEST(bench.run("r(@id=7 a=one)") == "t(x(@n=7 v=one))");
}

BOOST_AUTO_TEST_CASE(writes_in_the_order_of_the_target_schema_whatever_the_order_of_the_rules) {
    Bench bench("r(a b c)", "t(p(q r) s)");
    bench.compile("<field from='a' to='s'/><field from='b' to='p/r'/><field from='c' to='p/q'/>");
    BOOST_TEST(bench.run("r(a=1 b=2 c=3)") == "t(p(q=3 r=2) s=1)");
}

BOOST_AUTO_TEST_CASE(leaves_out_what_has_no_source_and_the_elements_around_it) {
    Bench bench("r(a? b?)", "t(p?(q) r?)");
    bench.compile("<field from='a' to='p/q'/><field from='b' to='r'/>");
    BOOST_TEST(bench.run("r(b=2)") == "t(r=2)");
    BOOST_TEST(bench.run("r(a='' b='')") == "t=''");
}

BOOST_AUTO_TEST_CASE(makes_one_element_for_each_match_in_document_order) {
    Bench bench("r(item*(@kind:K n sub*))", "t(thing*(@k:K v part*))");
    bench.compile("<each from='item' to='thing'><field from='n' to='v'/><field from='@kind' to='@k'/>"
                  "<each from='sub' to='part'><field from='.' to='.'/></each></each>");
    BOOST_TEST(bench.run("r(item(@kind=two n=1 sub=a sub=b) item(@kind=one n=2))") ==
               "t(thing(@k=two v=1 part=a part=b) thing(@k=one v=2))");
}

BOOST_AUTO_TEST_CASE(reaches_the_context_above_by_an_absolute_path) {
    Bench bench("r(box*(label item*(n)))", "t(thing*(box v))");
    bench.compile("<each from='box'><each from='item' to='thing'><field from='/r/box/label' to='box'/><field from='n' to='v'/></each></each>");
    const std::string source = "r(box(label=A item(n=1) item(n=2)) box(label=B item(n=3)))", target = "t(thing(box=A v=1) thing(box=A v=2) thing(box=B v=3))";
    BOOST_TEST(bench.run(source) == target);
    // The box that an item stands in is meant even where no context stands on it.
    bench.compile("<each from='box/item' to='thing'><field from='/r/box/label' to='box'/><field from='n' to='v'/></each>");
    BOOST_TEST(bench.run(source) == target);
}

BOOST_AUTO_TEST_CASE(means_all_nodes_where_no_context_is_on_the_way_of_an_absolute_path) {
    BOOST_TEST(bench::codes_of("r(box*(label) item*(n))", "t(thing*(box v))",
                               "<each from='item' to='thing'><field from='/r/box/label' to='box'/><field from='n' to='v'/></each>") == "TG-M008 TG-M015");
    Bench bench("r(box*(label) item*(n))", "t(thing*(box? v))");
    bench.compile("<each from='item' to='thing'><field from='/r/box[2]/label' to='box'/><field from='n' to='v'/></each>");
    BOOST_TEST(bench.run("r(box(label=A) box(label=B) item(n=1) item(n=2))") == "t(thing(box=B v=1) thing(box=B v=2))");
}

BOOST_AUTO_TEST_CASE(shares_an_element_that_several_rules_lead_through) {
    Bench bench("r(g?(x y?) z?)", "t(p?(x? y? z?))");
    bench.compile("<within from='g' to='p'><field from='x' to='x'/><field from='y' to='y'/></within><field from='z' to='p/z'/>");
    BOOST_TEST(bench.run("r(g(x=1) z=3)") == "t(p(x=1 z=3))");
    BOOST_TEST(bench.run("r(z=3)") == "t(p(z=3))");
}

BOOST_AUTO_TEST_CASE(gives_each_within_on_a_repeated_target_an_element_of_its_own) {
    Bench bench("r(crn? noms?)", "t(id:T*(@type:K))");
    bench.compile("<within from='noms' to='id'><const to='@type' value='two'/><field from='.' to='.'/></within>"
                  "<within from='crn' to='id'><const to='@type' value='one'/><field from='.' to='.'/></within>");
    BOOST_TEST(bench.run("r(crn=X1 noms=A2)") == "t(id=A2(@type=two) id=X1(@type=one))");
    BOOST_TEST(bench.run("r(crn=X1)") == "t(id=X1(@type=one))");
    BOOST_TEST(bench.run("r(crn='')") == "t=''");
}

BOOST_AUTO_TEST_CASE(a_filter_looks_below_and_a_position_counts_what_is_left) {
    Bench bench("r(entry*(sort? what?(kind*(@code) name)))", "t(named? second? last? sorted*)");
    bench.compile("<field from=\"entry[what/kind/@code='p']/what/name\" to='named'><first/></field>"
                  "<field from=\"entry[what/kind/@code='p'][2]/what/name\" to='second'/>"
                  "<field from=\"entry[what][sort='x'][last()]/what/name\" to='last'/>"
                  "<each from='entry[what/kind]/sort' to='sorted'><field from='.' to='.'/></each>");
    BOOST_REQUIRE_MESSAGE(bench.mapping, bench.first());
    BOOST_TEST(bench.run("r(entry(sort=x) entry(sort=a what(kind(@code=q) name=A)) entry(sort=b what(kind(@code=q) kind(@code=p) name=B))"
                         " entry(sort=x what(kind(@code=p) name=C)) entry(sort=x what(name=D)) entry(sort=x))") ==
               "t(named=B second=C last=D sorted=a sorted=b sorted=x)");
    BOOST_TEST(bench.run("r(entry(what(kind(@code=p) name=B)))") == "t(named=B)");
}

BOOST_AUTO_TEST_CASE(follows_predicates) {
    Bench bench("r(item*(@kind:K n))", "t(one? second? last? other*)");
    bench.compile("<field from=\"item[@kind='one']/n\" to='one'><first/></field><field from='item[2]/n' to='second'/>"
                  "<field from='item[last()]/n' to='last'/><each from=\"item[@kind='two']\" to='other'><field from='n' to='.'/></each>");
    BOOST_TEST(bench.run("r(item(@kind=two n=1) item(@kind=one n=2) item(@kind=one n=3) item(@kind=two n=4))") ==
               "t(one=2 second=2 last=4 other=1 other=4)");
    BOOST_TEST(bench.run("r(item(@kind=two n=1))") == "t(last=1 other=1)");
    bench.problems.clear();
    bench.compile("<field from=\"item[n='x']/@kind\" to='one'><first/></field>");
    BOOST_TEST(bench.run("r(item(@kind=two n=y) item(@kind=one n=x))") == "t(one=one)");
}

BOOST_AUTO_TEST_CASE(takes_the_first_branch_whose_test_holds) {
    Bench bench("r(a? b?)", "t(v)");
    bench.compile("<choose><when test='a'><field from='a' to='v'/></when><when test=\"b = 'x'\"><const to='v' value='is x'/></when>"
                  "<otherwise><const to='v' value='none'/></otherwise></choose>");
    BOOST_TEST(bench.run("r(a=1 b=x)") == "t(v=1)");
    BOOST_TEST(bench.run("r(b=x)") == "t(v='is x')");
    BOOST_TEST(bench.run("r(b=y)") == "t(v=none)");
}

BOOST_AUTO_TEST_CASE(chooses_anew_in_each_context_and_inside_other_choices) {
    Bench bench("r(item*(a? b?))", "t(v*)");
    bench.compile("<each from='item' to='v'><choose><when test='a'><choose><when test='b'><const to='.' value='both'/></when>"
                  "<otherwise><const to='.' value='a'/></otherwise></choose></when><otherwise><const to='.' value='no'/></otherwise></choose></each>");
    BOOST_TEST(bench.run("r(item(a=1 b=1) item(b=1) item(a=1))") == "t(v=both v=no v=a)");
}

BOOST_AUTO_TEST_CASE(joins_chooses_and_repeats_several_values) {
    Bench bench("r(many*)", "t(joined:S? first? last? all:S*)");
    bench.compile("<field from='many' to='joined'><upper/><join separator=', '/><append value='!'/></field><field from='many' to='first'><first/></field>"
                  "<field from='many' to='last'><last/></field><field from='many' to='all'><prepend value='-'/></field>");
    BOOST_TEST(bench.run("r(many=a many='' many=b)") == "t(joined='A, B!' first=a last=b all=-a all=-b)");
    BOOST_TEST(bench.run("r=''") == "t=''");
}

BOOST_AUTO_TEST_CASE(joins_pieces_and_leaves_nothing_behind_for_absent_ones) {
    Bench bench("r(title? given* family?)", "t(name:S?)");
    bench.compile("<text to='name' separator=' '><piece from='title'/><piece value='dear'/><piece from='given'><join/></piece>"
                  "<piece from='family'><upper/></piece></text>");
    BOOST_TEST(bench.run("r(title=Dr given=Ann given=Mai family=Orr)") == "t(name='Dr dear Ann Mai ORR')");
    BOOST_TEST(bench.run("r(family=Orr)") == "t(name='dear ORR')");
    BOOST_TEST(bench.run("r=''") == "t=''");
}

BOOST_AUTO_TEST_CASE(changes_texts_by_steps) {
    Bench bench("r(a:S?)", "t(v:S?)");
    const auto through = [&](const std::string& steps, const std::string& value) {
        bench.problems.clear();
        bench.compile("<field from='a' to='v'>" + steps + "</field>");
        return bench.run("r(a='" + value + "')");
    };
    BOOST_TEST(through("<substring from='2' length='2'/>", "\xC3\xA9t\xC3\xA9s") == "t(v=t\xC3\xA9)");
    BOOST_TEST(through("<substring from='3'/>", "abcd") == "t(v=cd)");
    BOOST_TEST(through("<substring from='9'/>", "abcd") == "t=''");
    BOOST_TEST(through("<pad length='4' with='0'/>", "\xC3\xA9t") == "t(v=00\xC3\xA9t)");
    BOOST_TEST(through("<pad length='4' with='\xC3\xA9' side='right'/>", "ab") == "t(v=ab\xC3\xA9\xC3\xA9)");
    BOOST_TEST(through("<pad length='2' with='0'/>", "abc") == "t(v=abc)");
    BOOST_TEST(through("<trim/>", "  x ") == "t(v=x)");
    BOOST_TEST(through("<trim/><default value='d'/>", "   ") == "t(v=d)");
    BOOST_TEST(through("<upper/>", "\xC5\xB5" "el\xC3\xA9") == "t(v=\xC5\xB4" "EL\xC3\x89)");
    BOOST_TEST(through("<lower/>", "\xC5\xB4" "EL\xC3\x89") == "t(v=\xC5\xB5" "el\xC3\xA9)");
    BOOST_TEST(through("<remove characters='/-'/>", "1-2/3") == "t(v=123)");
    BOOST_TEST(through("<append value='b'/><prepend value='a'/>", "x") == "t(v=axb)");
    BOOST_TEST(through("<append value='b'/>", "") == "t=''");
    BOOST_TEST(through("<truncate length='3' reason='short'/>", "abcdef") == "t(v=abc)");
}

BOOST_AUTO_TEST_CASE(changes_dates_from_one_picture_to_another) {
    Bench bench("r(a?)", "t(v:date?)");
    bench.compile("<field from='a' to='v'><date from='dd/MM/yyyy'/></field>");
    BOOST_TEST(bench.codes() == "TG-M034");
    bench.problems.clear();
    bench.compile("<field from='a' to='v'><date from='dd/MM/yyyy'/><check reject='no_day'/></field>");
    BOOST_TEST(bench.run("r(a=29/02/2023)") == "no_day@2");
    BOOST_TEST(bench.run("r=''") == "t=''");
    bench.compile("<field from='a' to='v'><date from='dd/MM/yyyy'/></field>", "unproved='reject'");
    BOOST_TEST(bench.run("r(a=29/02/2024)") == "t(v=2024-02-29)");
    BOOST_TEST(bench.run("r(a=29/02/2023)") == "date_not_valid@2");
    BOOST_TEST(bench.run("r(a=2024-02-29)") == "date_not_valid@2");
    BOOST_TEST(bench.mapping->counts().checked == 1u);
    BOOST_TEST(bench.mapping->counts().proved == 1u);
}

BOOST_AUTO_TEST_CASE(writes_what_the_hub_gives) {
    Bench bench("r(a?)", "t(id:S when sender:S to:S?)");
    bench.compile("<given name='record_id' to='id'/><given name='received_at' to='when'><substring length='10'/></given>"
                  "<given name='sender' to='sender'/><given name='recipient' to='to'/><drop from='a' reason='not wanted'/>");
    BOOST_TEST(bench.run("r(a=1)") == "t(id=00ff when=2026-03-02 sender=court)");
}

BOOST_AUTO_TEST_CASE(splits_a_message_into_one_document_for_each_match) {
    Bench bench("r(court case*(urn person*(n)))", "t(n urn court)");
    const std::string rules = "<field from='n' to='n'/><field from='/r/case/urn' to='urn'/><field from='/r/court' to='court'/>";
    for (const std::string split : {"split='/r/case/person'", "split='case/person'"}) {
        bench.compile(rules, split);
        BOOST_TEST(bench.run("r(court=C case(urn=1 person(n=A) person(n=B)) case(urn=2 person(n=D)))") ==
                   "t(n=A urn=1 court=C) ; t(n=B urn=1 court=C) ; t(n=D urn=2 court=C)");
    }
    BOOST_TEST(bench.run("r(court=C)") == "nothing_to_map@0");
}

BOOST_AUTO_TEST_CASE(gives_the_same_when_applied_again_into_used_memory) {
    Bench bench("r(item*(n))", "t(v*)");
    bench.compile("<each from='item' to='v'><field from='n' to='.'/></each>");
    const std::string once = bench.run("r(item(n=1) item(n=2))");
    BOOST_TEST(bench.run("r(item(n=9))") == "t(v=9)");
    BOOST_TEST(bench.run("r(item(n=1) item(n=2))") == once);
    BOOST_TEST(bench.out.size() == 1u);
}

BOOST_AUTO_TEST_CASE(runs_an_each_without_target_for_the_values_inside) {
    Bench bench("r(item*(n m?))", "t(v* w*)");
    bench.compile("<each from='item'><field from='m' to='v'/><field from='n' to='v'/><field from='n' to='w'/></each>");
    BOOST_TEST(bench.run("r(item(n=1 m=a) item(n=2))") == "t(v=a v=1 v=2 w=1 w=2)");
}

BOOST_AUTO_TEST_CASE(tells_namesakes_in_two_namespaces_apart_by_prefix) {
    Bench bench("r(a)", "t(v:S w:S)");
    const std::string head = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' elementFormDefault='qualified' ";
    bench.texts["other.xsd"] = head + "targetNamespace='urn:two'><xs:element name='Version' type='xs:token'/></xs:schema>";
    bench.texts["from.xsd"] = head + "targetNamespace='urn:one' xmlns:o='urn:two'><xs:import namespace='urn:two' schemaLocation='other.xsd'/>"
        "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='Version' type='xs:token'/><xs:element ref='o:Version'/></xs:sequence></xs:complexType></xs:element></xs:schema>";
    bench.compile("<field from='Version' to='v'/><const to='w' value='x'/>");
    BOOST_TEST(bench.first().find("TG-M005") != std::string::npos);
    bench.problems.clear();
    bench.compile("<namespace prefix='one' uri='urn:one'/><namespace prefix='two' uri='urn:two'/><field from='two:Version' to='v'/><field from='one:Version' to='w'/>", "unproved='reject'");
    BOOST_REQUIRE_MESSAGE(bench.mapping, bench.first());
    hub::formats::Document source(&bench.mapping->from());
    source.add(hub::formats::no_node, 0);
    source.add(0, bench.mapping->from().child(0, hub::formats::DeclKind::element, "urn:one", "Version"), "1");
    source.add(0, bench.mapping->from().child(0, hub::formats::DeclKind::element, "urn:two", "Version"), "2");
    BOOST_TEST(bench.mapping->apply(source, {}, bench.out).empty());
    BOOST_TEST(bench::text(bench.out.at(0)) == "t(v=2 w=1)");
}

BOOST_AUTO_TEST_CASE(explains_each_target_field) {
    Bench bench("r(g(x) y?)", "t(p(q) w? c)");
    bench.compile("<field from='g/x' to='p/q'/>\n<field from='y' to='w'><default value='z'/></field>\n<const to='c' value='k'/>");
    BOOST_TEST(bench.mapping->explain() == "p/q <- g/x (line 5)\nw <- y or 'z' (line 6)\nc <- 'k' (line 7)\n");
}

BOOST_AUTO_TEST_CASE(knows_what_it_reads_drops_and_counts) {
    Bench bench("r(@id? g?(x) item*(n) flag? z?)", "t(v? c w*)");
    bench.compile("<choose><when test='flag'><field from='g/x' to='v'/></when></choose><const to='c' value='1'/>"
                  "<each from='item' to='w'><const to='.' value='i'/></each><drop from='item/n' reason='not sent'/><drop from='@id' reason='a'/><drop from='z' reason='b'/>");
    BOOST_REQUIRE_MESSAGE(bench.mapping, bench.first());
    std::string reads;
    for (const auto each : bench.mapping->reads()) reads += bench.mapping->from().path_of(each) + " ";
    BOOST_TEST(reads == "/r/g/x /r/item /r/flag ");  // item: its number shows although nothing in it is read
    BOOST_TEST(bench.mapping->drops().size() == 3u);
    BOOST_TEST(bench.mapping->counts().mapped == 2u);
    BOOST_TEST(bench.mapping->counts().dropped == 3u);
    BOOST_TEST(bench.mapping->counts().constants == 2u);
    BOOST_TEST(bench.mapping->name() == "test");
    BOOST_TEST(!bench.mapping->strict());
}

BOOST_AUTO_TEST_SUITE_END()
