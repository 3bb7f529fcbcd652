// What can be wrong with the expressions of rules. See diagnostics.hpp.
#include "hub/cli/diagnostics.hpp"

namespace hub::cli {
namespace {

const std::vector<Diagnostic> expressions{
    {"TG-D100", "An expression is too long", "A text of any size is read in bounded time and memory: text_bytes_max is 2000 bytes.", "a test that lists a thousand codes",
     "Give parts of it names with <let>."},
    {"TG-D101", "An expression has parts within parts too deep",
     "depth_max is 50 for one text, and chain_max is 400 through the named values that it stands on. Nobody could read it aloud either.", "((((( ... )))))",
     "Give an inner part a name with <let>, or remove brackets that do nothing."},
    {"TG-D102", "A character is not part of the language", "Rules are written in words: 'before', 'at most', 'and'. A text begins and ends with '.",
     "test=\"release.crd &gt; today\"", "Write the word for it, as the message says."},
    {"TG-D103", "An expression is not finished, or something does not follow", "The message quotes the first piece that does not fit what stands before it.",
     "due=\"release.crd - 8 months 14 days\"", "Join lengths with + or -, tests with 'and' or 'or', and close what is open."},
    {"TG-D104", "A constant is not a number or a day", "Numbers have at most six places after the point; days are on the calendar.", "test=\"release.crd after 2025-02-29\"",
     "Write a day that there is, or a smaller number."},
    {"TG-D105", "A name is not known", "It is no fact kind, no named value before this one, and no setting.", "test=\"known(relase.crd)\"",
     "Correct the name; the message offers the nearest one. Kinds stand in schemas/canonical/facts.xml."},
    {"TG-D106", "A function is not known", "The functions there are stand at the head of schemas/site/rules.xsd.", "due=\"later(release.crd, release.ard)\"",
     "Correct the name; the message offers the nearest one."},
    {"TG-D107", "A unit of time is not known", "Units are days, weeks, months, years, working days, hours and minutes.", "due=\"release.crd - 2 fortnights\"", "Write it in one of these units."},
    {"TG-D108", "A function has too many or too few arguments", "earliest, latest, nearest and first_known choose among two or more; the others take what the language says.",
     "due=\"earliest(release.crd)\"", "Give it as many as it takes."},
    {"TG-D109", "An argument is of the wrong type", "A function of dates takes dates and instants, and what it chooses among is of one type.",
     "due=\"earliest(release.crd, release.mappa)\"", "Give it a value of that type."},
    {"TG-D110", "The two sides of a comparison are of different types", "They could never be equal.", "test=\"release.category = 3\"", "Compare values of one type."},
    {"TG-D111", "A comparison does not fit what it compares", "'before' and 'after' are for dates and instants, 'less than' and 'at most' for numbers; codes and texts have no order.",
     "test=\"release.crd less than today\"", "Use the words for this type."},
    {"TG-D112", "A code is not one that its fact kind has", "The list of the kind is closed, so the test would never come out as meant.", "test=\"release.category = 'opne'\"",
     "Correct the code, or add it to the kind in schemas/canonical/facts.xml."},
    {"TG-D113", "A length of time is added to something that is no date", "Only dates and instants move.", "due=\"release.mappa + 3 days\"", "Add it to a date or an instant."},
    {"TG-D114", "The amount of a length of time is wrong",
     "Amounts are whole, at most 100000 (amount_max), or a setting of the same unit. Seven and a half months are different days for different people.",
     "due=\"release.crd - 7.5 months\"", "Write whole units, as in '- 7 months - 15 days', or the setting's own unit."},
    {"TG-D115", "A test is wanted", "'and', 'or', 'not' and 'if' join and ask tests.", "test=\"release.crd and release.recall\"", "Compare the value with something, or ask known(...)."},
    {"TG-D116", "An expression is of the wrong type for its place", "A due is a date or an instant, a test is a test.", "due=\"release.recall\"", "Write an expression of that type."},
    {"TG-D117", "Events are not of a fact kind, or are chosen by codes that it does not have", "first, last, nth, count, since and told look at the facts of one kind.",
     "test=\"count(handover) at least 3\" where handover is a let", "Name a fact kind; leave out 'in (...)' unless it is one of codes."},
    {"TG-D118", "A name is taken", "A name stands for one thing: a named value may not be called as a fact kind, a setting or a word of the language.",
     "<let name=\"release.crd\" value=\"release.ard\"/>", "Give it another name."},
    {"TG-D119", "There is no period here", "window.start and window.end are the days of a recurring clock's period.", "due=\"window.end\" in a version without <every>",
     "Add <every>, or name another day."},
    {"TG-D120", "now stands where only something lasting can",
     "now is another moment each time, so nobody could say until when an answer holds. A comparison with now has an answer that lasts.", "due=\"latest(now, release.crd)\"",
     "Write today or day(now), or compare now with something."},
    {"TG-D121", "A constant of another form is wanted", "A time of day is '00:00' to '23:59', a day of the week 'monday' to 'sunday', and events are counted from 1.",
     "due=\"at(release.crd, '9:00')\"", "Write it as '09:00', 'friday' or 3."},
    {"TG-D122", "A comparison always comes out the same", "Both of its sides are constants.", "test=\"'open' = 'closed'\"", "Name a fact on one side."},
    {"TG-D130", "Working days are counted without a calendar", "Which days work is for a calendar to say; the clock is undetermined until there is one.",
     "due=\"release.crd + 5 working days\" where the site has no calendar of the version's name", "Add the calendar to the site, or name one that it has."},
    {"TG-D131", "A time is outside the table of the clocks", "Nobody knows when clocks change in fifty years. A day is still a day there, but it has no times.",
     "due=\"at(2090-01-01, '13:00')\"", "Correct the fact, or add the years to the table of the zone."},
};

}  // namespace

std::vector<Diagnostic> expression_diagnostics() { return expressions; }

}  // namespace hub::cli
