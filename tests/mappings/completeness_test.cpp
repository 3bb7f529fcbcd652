// No field of any shipped exchange is lost without a reason, counted by walking the schema, not by asking the checker.
#include <boost/test/unit_test.hpp>

#include "tests/mappings/shipped.hpp"

namespace {

using hub::formats::DeclId;
using hub::formats::no_decl;

bool dropped(const hub::mapping::Mapping& mapping, DeclId decl) {
    for (; decl != no_decl; decl = mapping.from()[decl].parent)
        if (mapping.drops().count(decl) != 0) return true;
    return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(completeness)

BOOST_AUTO_TEST_CASE(every_source_field_of_every_exchange_is_mapped_or_dropped_for_a_reason) {
    for (const auto& [name, exchange] : tests::shipped_plan().exchanges) {
        const hub::mapping::Mapping& mapping = *exchange.mapping;
        std::size_t fields = 0;
        for (DeclId decl = 0; decl < mapping.from().size(); ++decl) {
            if (mapping.from()[decl].type == nullptr) continue;
            ++fields;
            BOOST_TEST((mapping.reads().count(decl) != 0 || dropped(mapping, decl)), name << " loses " << mapping.from().path_of(decl));
        }
        BOOST_TEST(fields > 0u);
        for (const auto& [decl, reason] : mapping.drops()) BOOST_TEST(!reason.empty(), name << " drops " << mapping.from().path_of(decl) << " without a reason");
    }
}

BOOST_AUTO_TEST_CASE(no_route_reads_a_field_that_its_clause_does_not_share) {
    for (const auto& [name, route] : tests::shipped_plan().routes)
        BOOST_TEST(hub::agreements::uncovered(*route.clause, *route.agreement, *route.exchange->mapping).empty(), name);
}

BOOST_AUTO_TEST_SUITE_END()
