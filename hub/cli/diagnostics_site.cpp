// What can be wrong with a site, its agreements and the examples of its exchanges.
#include "hub/cli/diagnostics.hpp"

namespace hub::cli {

namespace {

const std::vector<Diagnostic> site{
    {"TG-S001", "A file is missing or cannot be read", "The site's files are read whole before anything runs.",
     "site/site.xml names parts/health.xml, and there is no such file", "Add the file, correct its name, or give this user the right to read it."},
    {"TG-S002", "A name is declared twice", "Parties, record types, exchanges, sources, sinks, routes, agreements and senders' identities each have one meaning.",
     "<party name=\"police\" .../>\n<party name=\"police\" .../>", "Remove one, or give it a name of its own."},
    {"TG-S003", "A party is not known", "Every party that is named anywhere must be declared with its title, kind and data protection regime.",
     "<sender identity=\"spi\" party=\"polce\"/>", "Correct the name; the message gives the nearest. Otherwise declare <party>."},
    {"TG-S004", "An exchange is not known", "A source or route names an exchange that the site does not have, or the exchange has no mapping.xml.",
     "<carries exchange=\"court_results_in\"/>", "Correct the name, or declare <exchange name=/> and add mappings/<name>/mapping.xml."},
    {"TG-S005", "An exchange touches no record type", "One end of each exchange is canonical: its schema is that of a <record> of the site.",
     "<exchange name=\"police_to_health\"/> between two partners' formats", "Add <record type=/> for its canonical end. Two parties always meet in a canonical record."},
    {"TG-S006", "An agreement's file is missing", "The site names a file that is not there.", "<agreement file=\"agreements/housing.xml\"/>", "Add the file, or correct the name."},
    {"TG-S007", "A connector is not known", "This build has no connector of that name, or it does not go in that direction.",
     "<source name=\"in\" connector=\"ftp\"/>", "`throughgate manual` lists the connectors of this build."},
    {"TG-S008", "An exchange goes the wrong way", "A source carries exchanges that end in a canonical record; a route renders a canonical record in a party's format.",
     "<route record=\"court_result\" exchange=\"court_result_in\" .../>", "Name an exchange that goes in the needed direction, of the same record type."},
    {"TG-S009", "A sink is not known", "The route leads to a sink that the site does not declare.", "<route sink=\"polce_out\" .../>", "Correct the name, or declare <sink>."},
    {"TG-S010", "A record type is not known", "The route is about a record type that the site does not use.", "<route record=\"court_results\" .../>", "Correct the name, or declare <record type=/>."},
    {"TG-S011", "A record type carries no identifiers", "People are recognised by person/identifier with a type attribute. Without it every record would be about nobody.",
     "a canonical schema without person/identifier", "Use the Person of schemas/canonical/common.xsd."},
    {"TG-S012", "A record type's consent is incomplete", "A consent says of what kind it is and whether it was given.", "<consent kind=\"health\"/> without given", "Use the Consent of common.xsd."},
    {"TG-S013", "The site is too large", "All configuration files together stay below bundle_bytes_max, because they are part of every plan in the journal.",
     "a site with hundreds of exchanges that no route uses", "Remove what no route needs."},
    {"TG-S014", "The site does not say where its folders are", "Schemas, mappings, data and key have places of their own.", "<site name=\"demo\" party=\"hub\"> without <folders>",
     "Add <folders schemas= mappings= data= key=/>."},
    {"TG-S015", "A part of a site is in the wrong place", "site.xml is a <site>; the files that it names are <part>s.", "site.xml begins with <part>", "Put the part into a file of its own, which site.xml names."},
    {"TG-S016", "A site lacks something that every site has", "A site has at least one party, one record type and one exchange, in site.xml or in a part.",
     "a site without a <record>", "Add one to site.xml or to a part."},
    {"TG-S017", "A field that never routes decides about a record's way", "The schema marks it (tg:never-routes), as it marks protected characteristics: where a record goes, what is known about a person and who the person is do not depend on it.",
     "<route when=\"person/pronouns = 'they'\" .../>", "Decide by another field. An agreement may still share this one."},
    {"TG-S018", "An end that runs inside the hub has limits", "Memory, CPU time and open files are limited for a process. Only an edge has one of its own.",
     "<sink name=\"police\" connector=\"http\" place=\"hub\"> with <limit name=\"memory_bytes_max\" .../>", "Say place=\"edge\", or remove the limits."},
    {"TG-S019", "The values of a fact kind are not those that records say", "Rules are checked against the closed list of a code in schemas/canonical/facts.xml; it must be the list of the records' schema.",
     "<fact kind=\"placement.programme\" type=\"code\" ...> without <value code=\"bail_accommodation\"/>", "Add or remove the <value> that the message names. A list that somebody else keeps has no <value> at all."},
    {"TG-S020", "An agreement is not known", "The route names an agreement that the site does not have.", "<route agreement=\"housing-2025\" .../>", "Correct the name, or declare the agreement."},
    {"TG-S021", "An agreement has no clause for the record type", "A clause lists, field by field, what may leave. Without one nothing may.", "a route of referrals under an agreement about court results",
     "Agree a clause, or remove the route."},
    {"TG-S022", "An agreement is not live", "It is a draft, suspended, lapsed or revoked, or today is outside its dates.", "<agreement state=\"draft\" .../> with a route",
     "Conclude or renew it, or remove the route."},
    {"TG-S023", "The receiver is not in the agreement", "An agreement covers its signatories only.", "a route to 'housing' under an agreement of courts and police",
     "Name the agreement that this party has signed."},
    {"TG-S024", "Records cross data protection regimes without a gateway", "Law-enforcement processing and general processing meet only through a named legal gateway.",
     "a court record to a housing authority without <gateway>", "Record the <gateway> with its citation in the agreement."},
    {"TG-S025", "No sender of these records is in the agreement", "The agreement is between other parties than those whose records the route hands on.",
     "a route of prison records under an agreement of courts", "Name the agreement between sender and receiver."},
    {"TG-S026", "A clause wants a consent that no record type of the site can carry", "The record would be held for ever.", "<consent kind=\"health\"/> in a clause of a site with court results alone",
     "Add a record type with consents, or correct the clause."},
    {"TG-S027", "A route's pauses contradict one another", "Pauses between attempts grow from the first to the longest.", "pause-first-ms=\"9000\" pause-most-ms=\"500\"",
     "Make pause-first-ms at most pause-most-ms."},
    {"TG-S040", "A route takes records from a party that sends none its way", "The party is the receiver itself, or no source of the site brings this record type from it.",
     "<route record=\"referral\" from=\"courts\" to=\"housing\" .../> where only probation sends referrals", "Correct the name, or add the source."},
    {"TG-S041", "A site has two zones", "One day is today, and it is the day of one place.", "two <zone/>", "Remove one."},
    {"TG-S042", "A site has rules and no zone", "Rules speak of days, and a day begins and ends where people live.", "<rules file=.../> without <zone/>", "Add <zone table=\"london-time\"/>."},
    {"TG-S043", "A site has no rules", "Without rules there are no clocks to ask about.", "`throughgate clocks` on a site without <rules/>", "Name a file of rules: <rules file=/>."},
    {"TG-S044", "Nobody would hear of a role's deadlines", "A clock's notices go to the party that its role leads to, by a route of the record type clock_notice.",
     "<role party=\"prisons\" .../> without a route of clock_notice to prisons", "Add the route, with its agreement."},
    {"TG-S045", "A party may state facts of a kind that there is not", "Who may state which facts as such is named kind by kind; a misspelt one would let nobody state anything.",
     "<states party=\"probation\" kinds=\"handover.overide\"/>", "Correct the name; the message gives the nearest."},
    {"TG-S046", "Facts are stated, and nobody reads them", "Only rules read what a fact_statement says.", "<record type=\"fact_statement\"/> in a site without <rules/>",
     "Name a file of rules, or leave the record type out."},
};

const std::vector<Diagnostic> agreement{
    {"TG-A001", "A word or date of an agreement is not understood", "Regime, state and dates are what everything else rests on.", "valid-from=\"1 April 2026\"",
     "Use the words of schemas/site/agreement.xsd and dates as 2026-04-01."},
    {"TG-A002", "An agreement ends before it begins", "valid-to is the first day on which it no longer holds.", "valid-from=\"2026-04-01\" valid-to=\"2026-04-01\"", "Put valid-to after valid-from."},
    {"TG-A003", "A party is named twice", "A party has one role in an agreement.", "<party name=\"police\" role=\"controller\"/>\n<party name=\"police\" role=\"processor\"/>", "Name each party once."},
    {"TG-A004", "Two clauses collide", "A clause's id names it in the journal, and one record type has one clause.", "<clause id=\"results\" record=\"court_result\">...\n<clause id=\"results\" record=\"referral\">...",
     "Give each clause an id of its own, and put everything about one record type into one clause."},
    {"TG-A005", "An agreement has no clause", "Nothing may be shared under it.", "<agreement ...> with parties and a basis only", "Add a clause."},
    {"TG-A006", "A path is shared twice in a clause", "The second says nothing new, and may have been meant for another field.", "<share path=\"plea\"/>\n<share path=\"plea\"/>", "Keep one of the two."},
    {"TG-A007", "A path of a clause is not understood", "Clauses name fields below the record's root, without predicates: what may leave does not depend on the record.",
     "<share path=\"/court_result/offence[1]\"/>", "Write it as person/name/family."},
    {"TG-A008", "A clause shares a field that the record type does not have", "A slip in the path: the field that was meant does not leave, or an exchange that reads it is refused.",
     "<share path=\"person/name/famly\"/>", "Correct the path; the message gives the nearest name."},
    {"TG-A010", "An exchange reads a field that the clause does not share", "What a route's exchange reads can reach the receiver. The agreement must list it.",
     "an exchange with <field from=\"person/birth_date\" .../> under a clause without it", "Add <share path=/> if the parties have agreed to it, or drop the field in the exchange."},
};

const std::vector<Diagnostic> examples{
    {"TG-X001", "What an exchange makes is not kept", "Every example stands beside what comes of it, so that a change is seen.", "examples/ordinary.in.xml without ordinary.out.json",
     "Add the file (`throughgate check SITE --write-examples` writes it), or correct the exchange."},
    {"TG-X002", "An example differs from what the exchange makes", "The exchange was changed, or the example was written wrongly.", "ordinary.out.json has the old code",
     "Correct the exchange, or the example. `throughgate map` shows what is made."},
    {"TG-X003", "An example is kept that nothing makes", "The exchange makes fewer documents, or refuses the input.", "ordinary.out.2.json of an exchange that no longer splits", "Remove the file, or correct the exchange."},
    {"TG-X004", "An exchange has no examples", "Examples are documentation for the parties and a test for us.", "mappings/my_exchange without examples/", "Add <name>.in.<ending> and what must come of it."},
    {"TG-X005", "An example cannot be read", "The file is too large or not readable.", "an example of 20 MB", "Make it smaller, or give this user the right to read it."},
    {"TG-X006", "An example cannot be written", "--write-examples could not write beside the input.", "a read-only folder", "Give this user the right to write there."},
    {"TG-X007", "An exchange writes what its target schema does not have", "The output was read again and a field of it is not in the schema. This is a fault of the program, not of the mapping.",
     "an output with an unknown element", "Report it with the example."},
    {"TG-X008", "A strict exchange met an unknown field", "The exchange says unknown=\"strict\": a field outside the source schema makes a document invalid.",
     "a document with an element that the schema lacks", "Correct the sender, or add the field to the schema and map or drop it."},
    {"TG-X010", "A change of a mapping is noticed by no example", "`check --mutate` changed one rule, the mapping still compiled, and every example came out as before. Nothing would tell if the rule were wrong.",
     "a <code table=/> of which the examples use one row", "Add an example that shows the difference, or state in the mapping why none can: <unnoticed edit= reason=/>."},
    {"TG-X020", "A new version of a schema breaks an exchange", "`check --against` compiled the site with the other version, and this exchange no longer compiles.",
     "a version without the field that a mapping reads", "Agree with the party what becomes of the field, and mend the exchange before the version takes effect."},
    {"TG-X021", "The other version of a schema is not found in this site", "No schema of the site has the file's name, so that nothing can be compared.",
     "check SITE --against partners/polce/hearing_outcome.xsd", "Give the file the name, or the folder the layout, of the schema that it replaces."},
    {"TG-X030", "A page of the manual is not current", "The pages of codes are written from the code, and the page of facts and rules from the site, so that they say what is so.",
     "a page of mappings/diagnostics changed by hand; a rule changed and FACTS.md not renewed",
     "Run `throughgate manual codes mappings/diagnostics --write`, or `throughgate manual facts SITE FILE --write`."},
};

}  // namespace

std::vector<Diagnostic> site_diagnostics() { return site; }
std::vector<Diagnostic> agreement_diagnostics() { return agreement; }
std::vector<Diagnostic> example_diagnostics() { return examples; }

}  // namespace hub::cli
