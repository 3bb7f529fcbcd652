// What can be wrong with fact kinds, facts and facts files.
#include "hub/cli/diagnostics.hpp"

namespace hub::cli {

namespace {

const std::vector<Diagnostic> facts{
    {"TG-D001", "A fact kind is not whole", "Rules read facts by kind; every kind has a name, a type and the kind of matter that it belongs to.",
     "<fact kind=\"release.crd\" type=\"day\" .../>", "Say kind=, type= (date, instant, code, text, number or yes_no) and matter=."},
    {"TG-D002", "A fact kind is declared twice", "One name has one meaning.", "two <fact kind=\"release.crd\" .../>", "Put the <from> elements of both into one."},
    {"TG-D003", "There are too many fact kinds", "Kinds are numbered in two bytes: fact_kinds_max.", "a facts.xml of seventy thousand kinds", "Remove kinds that no rule reads."},
    {"TG-D004", "A fact kind is not known", "Facts are said of the kinds in schemas/canonical/facts.xml; the fact is left out.",
     "<fact kind=\"release.cdr\" value=\"2026-10-01\"/>", "Correct the name; the message gives the nearest."},
    {"TG-D005", "A fact stands in a matter of the wrong kind", "A release date belongs to a release, an order's end to a sentence: a rule would look elsewhere for it. The fact is left out.",
     "<matter kind=\"person\"><fact kind=\"release.crd\" .../>", "Put it into a matter of the kind that the message names."},
    {"TG-D006", "A value is not of its fact's type", "A date is a day, an instant a day or a time, a yes_no yes or no (or true, false, 1, 0). The fact is left out.",
     "<fact kind=\"release.crd\" value=\"1/10/2026\"/>", "Write it as the message shows."},
    {"TG-D007", "A value is not in its fact's list", "The list of this code is closed: <value> in schemas/canonical/facts.xml. The fact is left out.",
     "<fact kind=\"parole.outcome\" value=\"released\"/>", "Correct the value; the message gives the nearest."},
    {"TG-D008", "A fact is valid from what is no day or time", "The current fact of a kind is the one that is valid from the latest point. The fact is left out.",
     "<fact ... valid-from=\"2026-02-30\"/>", "Write a day or a time that there was, or leave valid-from out: then it is recorded-at."},
    {"TG-D020", "A facts file is too large", "The bytes, persons and facts of one file are limited: facts_file_bytes_max, facts_file_persons_max, facts_file_facts_max.",
     "a file of 80 MB", "Split it by person."},
    {"TG-D021", "What was recorded or retracted has no time", "The hub must know what was known when. The fact is left out.", "<fact ... recorded-at=\"soon\"/>",
     "Write a day, which is its first moment in London, or a time. Leave recorded-at out for what was known from the beginning."},
    {"TG-D022", "The number of a fact is no whole number", "Of two facts recorded at one time the one with the higher seq is the correction. The fact is left out.",
     "<fact ... seq=\"1b\"/>", "Number them 1, 2, 3, or leave seq out."},
    {"TG-D023", "A person has too many matters", "Every rule looks at each matter, and may look from each at all others: matters_max. Nothing is known of the person.",
     "a person with three thousand releases", "Leave out what is long over."},
};

}  // namespace

std::vector<Diagnostic> fact_diagnostics() { return facts; }

}  // namespace hub::cli
