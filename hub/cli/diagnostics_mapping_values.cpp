// What can be wrong with values, code tables and examples of a mapping.
#include "hub/cli/diagnostics.hpp"

namespace hub::cli {

namespace {

constexpr auto rules = Diagnostic::Example::rules;
constexpr auto table = Diagnostic::Example::table;

const std::vector<Diagnostic> list{
    {"TG-M019", "A code table does not exist",
     "Code tables are mappings/codes/<name>.xml. A mapping and a route's test name them without folder and ending.",
     "<field from=\"plea\" to=\"plea\"><code table=\"plea-wrods\"/></field>",
     "Correct the name, or add the file.", rules},
    {"TG-M020", "A code table does not cover its source",
     "The source schema lists values, and for one of them the table has no row on some day. What shall come of it must be said.",
     "<field from=\"plea\" to=\"plea\"><code table=\"plea-short\"/></field>",
     "Add the row, or say what to do: <code table= default=/>, reject= or keep=\"yes\".", rules},
    {"TG-M021", "A code table gives a value that the target does not allow",
     "The receiver's schema would refuse the document as soon as that row is used.",
     "<field from=\"plea\" to=\"plea\"><code table=\"plea-other\" default=\"guilty\"/></field>",
     "Correct the row's `to`, or use the table made for this receiver.", rules},
    {"TG-M022", "A constant or default does not fit its target",
     "The target schema does not allow the value, or the value is empty, which counts as absent.",
     "<const to=\"day\" value=\"soon\"/>",
     "Write a value that the target schema allows.", rules},
    {"TG-M023", "Any text goes where the target lists values",
     "The source may be any text; only some are values of the target.",
     "<field from=\"reference\" to=\"plea\"/>",
     "Send it through a <code table=/>, or add <check reject=/> or <require reject=/>.", rules},
    {"TG-M024", "The picture of a date is not understood",
     "Pictures are made of yyyy MM dd HH mm ss, each at most once, with any characters between them. A date needs its year, month and day.",
     "<field from=\"day\" to=\"note\"><date to=\"yy-MM-dd\"/></field>",
     "Write it like yyyy-MM-dd or dd/MM/yyyy HH:mm.", rules},
    {"TG-M027", "A listed value of the source is not a value of the target",
     "The source schema lists it, so a document with it will come, and the target does not allow it. The witness is the value.",
     "<field from=\"plea\" to=\"plea\"/>",
     "Send it through a <code table=/>, or add <require reject=/>.", rules},
    {"TG-M031", "A code table has two rows for one value on one day",
     "Which of them holds could not be said. If they say the same one is superfluous, otherwise they contradict one another.",
     "<codes xmlns=\"urn:throughgate:codes:1\" source=\"an example\">\n  <about>Pleas</about>\n  <code from=\"G\" to=\"guilty\"/>\n  <code from=\"G\" to=\"not_guilty\"/>\n</codes>",
     "Give both rows dates that do not overlap, or remove one.", table},
    {"TG-M032", "A code table's date is wrong",
     "A row holds from valid-from to valid-to, both included; both are plain dates.",
     "<codes xmlns=\"urn:throughgate:codes:1\" source=\"an example\">\n  <about>Pleas</about>\n"
     "  <code from=\"G\" to=\"guilty\" valid-from=\"2026-04-01\" valid-to=\"2025-04-01\"/>\n</codes>",
     "Write dates as 2026-04-01, the earlier one first.", table},
    {"TG-M043", "A row of a code table can never be used (a note)",
     "No mapping and no route of this site that uses the table can have the row's value: each of their sources lists its values, and this is "
     "not among them. It may be a slip in the row. It is a note and not a problem, because a table may be shared with other sites.",
     "<code from=\"GG\" to=\"guilty\"/>   where the source schema lists G and NG",
     "Correct the row's `from`. Leave it when another site needs it, or when the list is kept whole as it was published.", Diagnostic::Example::other},
    {"TG-M044", "An excuse excuses nothing",
     "<unnoticed> says why no example can notice a change of one rule. The change that it names is noticed, or no longer possible.",
     "<unnoticed edit=\"drop\" reason=\"...\"/> in front of a rule whose loss an example shows",
     "Remove it, or correct what it names: `throughgate check SITE --mutate` lists what is not noticed.", Diagnostic::Example::other},
    {"TG-M047", "The pattern of an extract is not understood",
     "It is a regular expression of XML Schema for the whole text, and one pair of parentheses outside all others says which part is wanted.",
     "<field from=\"remark\" to=\"paragraph\"><extract pattern=\"No [0-9]+ of .*\" absent=\"yes\"/></field>",
     "Put the part that is wanted in parentheses, and no other part: \"No ([0-9]+) of .*\".", rules},
    {"TG-M048", "A text is not always of the form that an extract reads",
     "The source may be a text of another form, of which the pattern has no part. The witness is one. What shall come of it must be said.",
     "<field from=\"reference\" to=\"note\"><extract pattern=\"No ([0-9]+) of .*\"/></field>",
     "Say what to do: <extract pattern= default=/>, reject= or absent=\"yes\". Or give the source a type that says its form.", rules},
    {"TG-M060", "A table of offsets is not one",
     "The step zone reads when which offset from UTC holds: each row's `from` is a local date and time, its `to` an offset or empty.",
     "<field from=\"day\" to=\"note\"><zone table=\"plea-short\"/></field>",
     "Name a table of offsets, such as london-time, or correct the row.", rules},
    {"TG-M033", "A value of the source is not always a value of the target",
     "The two types were compared, through the steps between them, and a text was found that the source's type allows and the target's "
     "does not. The witness is that text.",
     "<field from=\"reference\" to=\"day\"/>",
     "Add a step that makes it fit (<truncate length= reason=/>, <code table=/>), or say what is to happen to such a record: <check reject=/> "
     "rejects it with a code and leaves an absent value absent, <require reject=/> wants a value as well. Or widen the target's type.", rules},
    {"TG-M038", "A mapping rejects what is not proved, and all of it is",
     "unproved=\"reject\" says what becomes of records that neither the schemas nor a rule settle. In this mapping there is nothing of the kind.",
     "<mapping xmlns=\"urn:throughgate:mapping:1\" unproved=\"reject\"> whose every value is shown to fit",
     "Remove the attribute: from then on the checker names the next hole.", Diagnostic::Example::other},
    {"TG-M034", "A value is not always a date of the picture",
     "A <date> step reads dates of one form. The source's type allows the witness, which is none.",
     "<field from=\"reference\" to=\"day\"><date from=\"dd/MM/yyyy\"/></field>",
     "Add <check reject=/> or <require reject=/>, or give the source a type that says its form.", rules},
};

}  // namespace

std::vector<Diagnostic> mapping_value_diagnostics() { return list; }

}  // namespace hub::cli
