// What can be wrong with a mapping's rules, paths and tests.
#include "hub/cli/diagnostics.hpp"

namespace hub::cli {

namespace {

constexpr auto rules = Diagnostic::Example::rules;

const std::vector<Diagnostic> list{
    {"TG-M001", "A limit of the mapping language is passed",
     "Every limit has a name (hub/mapping/limits.hpp), so that a file of any size is read in bounded time and memory. The message "
     "names the limit and its value.",
     "<field from=\"reference\" to=\"reference\"><substring from=\"99999999999\"/></field>",
     "Split the exchange or the table, or write a smaller number. A partner whose format needs more is a reason to raise the limit.", rules},
    {"TG-M002", "A path is not understood",
     "Paths are a small part of XPath: names, @names, '.', one predicate for each step, and a leading '/' for the document's root. What is "
     "not in it is refused rather than guessed.",
     "<field from=\"person//name\" to=\"reference\"/>",
     "Write the steps one by one. schemas/site/mapping.xsd describes the paths there are.", rules},
    {"TG-M003", "A path does not exist in the source schema",
     "No valid document can have what the path names, so the rule would never do anything. The message names the nearest element that "
     "does exist.",
     "<field from=\"refrence\" to=\"reference\"/>",
     "Correct the name. If the partner's documents do have it, the schema is incomplete: add it there first.", rules},
    {"TG-M004", "A path does not exist in the target schema",
     "The rule would write something that the receiver's schema does not have, and the receiver would refuse the document.",
     "<field from=\"reference\" to=\"refrence\"/>",
     "Correct the name, or add the field to the target schema when the receiver has agreed to it.", rules},
    {"TG-M005", "A name's namespace is not clear",
     "The prefix is not declared, or two namespaces have the same name below one parent and the path does not say which is meant.",
     "<field from=\"q:reference\" to=\"reference\"/>",
     "Declare the prefix with <namespace prefix= uri=/> and put it in front of the name.", rules},
    {"TG-M006", "A path may not have a predicate, or begin at the root, here",
     "A target path says what is made, a dropped path what is left behind wherever it stands, a fact's or clause's path which field of the "
     "schema is meant. None of them chooses among nodes.",
     "<field from=\"reference\" to=\"paragraph[1]\"/>",
     "Remove the predicate. To make one element of several, use <each> or <within>.", rules},
    {"TG-M007", "A value is asked of, or given to, an element that has none",
     "The element only contains others. There is no text to read, to compare with or to write.",
     "<field from=\"reference\" to=\"signature\"/>",
     "Name a value below it.", rules},
    {"TG-M008", "Several values would go where one fits",
     "The source may occur several times for each time that the target is made. Which value would be taken must be said, because the others "
     "are lost.",
     "<field from=\"remark\" to=\"note\"/>",
     "Add <first/>, <last/> or <join separator=/>, choose one with a predicate, or write into something that repeats.", rules},
    {"TG-M009", "A context is used wrongly",
     "<within> needs a source that occurs at most once and something to do; `to` of <each> and <within> names an element below the target "
     "context.",
     "<within from=\"remark\" to=\"signature\"><field from=\".\" to=\"name\"/></within>",
     "Use <each> for what repeats. Leave out a <within> that says neither from nor to.", rules},
    {"TG-M010", "A single target is written twice",
     "Two rules can write the same field of the same document, and only one value fits. What follows from the source schema's choices is "
     "known: alternatives may share a target.",
     "<field from=\"reference\" to=\"note\"/>\n<field from=\"day\" to=\"note\"/>",
     "Remove one rule, or put both into a <choose>.", rules},
    {"TG-M011", "Two alternatives of the target are always filled",
     "The target schema takes one of them, and the rules write both in every document.",
     "<field from=\"day\" to=\"to_person\"/>\n<field from=\"day\" to=\"to_company\"/>",
     "Remove one, or tell them apart with <choose>.", rules},
    {"TG-M012", "A predicate can never hold",
     "The schema never has so many of it, or never that value. The rule would never do anything.",
     "<field from=\"day[2]\" to=\"day\"/>",
     "Correct the number or the value.", rules},
    {"TG-M013", "A test compares with a value that never occurs",
     "The source schema does not allow the value, so this part of the test is never true. Usually it is a slip in a code.",
     "<choose><when test=\"plea = 'GUILTY'\"><const to=\"note\" value=\"admitted\"/></when></choose>",
     "Compare with a value that the schema lists.", rules},
    {"TG-M014", "A test is not understood",
     "Tests are paths (present), = and != with a quoted value, in (...), in codes('table'), not(...), and, or.",
     "<choose><when test=\"plea == 'G'\"><const to=\"note\" value=\"admitted\"/></when></choose>",
     "Write it with these words. schemas/site/mapping.xsd describes them.", rules},
    {"TG-M015", "A required target is not filled in every document",
     "There are valid source documents for which nothing writes the field, and the output would not be valid. The witness shows what such "
     "a document has and lacks.",
     "<field from=\"person\" to=\"reference\"/>",
     "Add a rule, <default value=/> or <require reject=/>, or fill it in every branch of a <choose> with <otherwise>.", rules},
    {"TG-M016", "A source field is neither mapped nor dropped",
     "No field is lost without a reason: what an exchange does not use, it says so, and why.",
     "<field from=\"reference\" to=\"reference\"/>",
     "Map it, or write <drop from= reason=/>. The reason is printed for whoever asks what becomes of the field.", rules},
    {"TG-M017", "A field is dropped and used",
     "One rule says that the field is left behind, another reads it. One of them is wrong.",
     "<field from=\"reference\" to=\"reference\"/>\n<drop from=\"reference\" reason=\"not wanted\"/>",
     "Drop only what is not used.", rules},
    {"TG-M018", "A field is dropped twice",
     "The second drop does nothing, and its reason may contradict the first.",
     "<drop from=\"remark\" reason=\"free text\"/>\n<drop from=\"remark\" reason=\"not wanted\"/>",
     "Remove one of the two.", rules},
    {"TG-M025", "Steps contradict one another",
     "Several values become one only once; a value is required only once; a code step has one answer to a value that its table lacks.",
     "<field from=\"remark\" to=\"note\"><first/><last/></field>",
     "Keep one of them.", rules},
    {"TG-M026", "A group that repeats cannot be kept together",
     "The target schema repeats a group of elements. Output is written element by element in the schema's order, so that the second group's "
     "parts would stand with the first one's.",
     "<each from=\"remark\"><field from=\"/hearing/day\" to=\"at\"/><field from=\".\" to=\"said\"/></each>",
     "Write one such group only, or ask the receiver for an element around the group.", rules},
    {"TG-M035", "The number or choice of children cannot be shown to fit",
     "A document of the source may lead to too few or too many of an element, to two alternatives at once, or to a part of a group "
     "without the rest.",
     "<field from=\"reference\" to=\"to_person\"/>\n<field from=\"plea\" to=\"to_company\"/>",
     "Tell the cases apart with <choose>, or say what is to happen: <check reject=/> in the element's context rejects a record whose "
     "content does not fit.", rules},
    {"TG-M036", "A required target may get an empty text",
     "Empty text counts as absent. The source is always there, but its type allows it to be empty.",
     "<field from=\"reference\" to=\"reference\"/>",
     "Add <require reject=/> or <default value=/>, or give the source a type that has a text.", rules},
    {"TG-M045", "A constraint of the target about several values cannot be shown to hold",
     "The target schema wants values to differ (xs:unique, xs:key, xs:ID), a key to have all its fields, or a value to refer to another (xs:keyref, "
     "xs:IDREF). The mapping may write two that are the same, leave a field out, or refer to nothing, and the receiver would refuse the document.",
     "<field from=\"remark\" to=\"paragraph\"/>",
     "Write one at most, or each with a constant of its own. Otherwise say what is to happen: <check reject=/> for the element that has the "
     "constraint rejects a record whose output breaks it.", rules},
    {"TG-M046", "A constraint of the target can never hold, or is not understood",
     "An xs:ENTITY names something that a document would have to declare, and no document that the hub writes declares any; the field of a key may "
     "not be nillable, and takes a value of its own; a path of the constraint goes beyond what XML Schema has for it.",
     "<const to=\"@picture\" value=\"seal\"/>   where the target schema has <xs:attribute name=\"picture\" type=\"xs:ENTITY\"/>",
     "Leave the field out where it is optional, or take the constraint out of the schema when the receiver agrees.", Diagnostic::Example::other},
    {"TG-M037", "A check can never fail",
     "The content always fits, whatever the source. A rule without effect hides what the mapping does.",
     "<check reject=\"letter_wrong\"/>",
     "Remove it.", rules},
    {"TG-M028", "A schema cannot be used",
     "What is wrong with the schema is reported on its own; this names the mapping that needs it.",
     "<from schema=\"partners/court/hearing.xsd\" root=\"hearng\" format=\"xml\"/>",
     "Mend what is said about the schema itself, or correct its name or root.", Diagnostic::Example::other},
    {"TG-M030", "A piece has two sources, or none",
     "A piece of a <text> is either read from the source or written as it stands.",
     "<text to=\"note\"><piece from=\"reference\" value=\"No. \"/></text>",
     "Keep one of `from` and `value`, or write two pieces.", rules},
    {"TG-M040", "A branch can never be taken, or a test never holds",
     "What the test asks for is excluded by the source schema, by the branches before it, by the context it stands in, or by itself. The branch's rules never "
     "run, a route with the test never sends, so that what they were meant for does not happen.",
     "<choose><when test=\"person\"><const to=\"note\" value=\"a person\"/></when>\n"
     "        <when test=\"person = 'Ann Example'\"><const to=\"note\" value=\"Ann\"/></when></choose>",
     "Put the narrower test first, correct it, or take the branch out.", rules},
    {"TG-M041", "A rule can never apply",
     "The source that it reads cannot be there where the rule stands: another alternative of the source schema has been taken already.",
     "<choose><when test=\"person\"><field from=\"company\" to=\"note\"/></when></choose>",
     "Move the rule to where its source can be, or take it out.", rules},
    {"TG-M042", "A test names one value twice",
     "The second naming changes nothing. Usually one of the two was meant to be another value.",
     "<choose><when test=\"plea in ('G', 'G')\"><const to=\"note\" value=\"admitted\"/></when></choose>",
     "Name each value once.", rules},
};

}  // namespace

std::vector<Diagnostic> mapping_path_diagnostics() { return list; }

}  // namespace hub::cli
