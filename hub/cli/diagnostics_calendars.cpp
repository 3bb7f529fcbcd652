// What can be wrong with the clocks of a place and the calendars of the nations. See diagnostics.hpp.
#include "hub/cli/diagnostics.hpp"

namespace hub::cli {

namespace {

const std::vector<Diagnostic> clocks_and_calendars{
    {"TG-D030", "A row of the table of clocks is not understood", "Each row says from which time on the wall which offset from UTC holds.",
     "<code from=\"2026-03-29 01:00\" to=\"+1\"/>", "Write the time as 2026-03-29T02:00:00 and the offset as Z or +01:00, or leave the offset empty where the clocks never showed the time."},
    {"TG-D031", "The table of clocks has no beginning", "What held before its first change is part of it.", "a table whose first row has an empty offset, or with a single row",
     "Let the first row say which offset held when the table begins."},
    {"TG-D032", "The table of clocks has no end", "Nobody knows when clocks will change in fifty years. Where the table ends, times have no answer.",
     "a table whose last row has an offset", "Add a last row with an empty offset from the first time that is not known."},
    {"TG-D033", "The rows of the table of clocks are out of order", "Each row is later than the one before it.",
     "<code from=\"2026-10-25T02:00:00\" to=\"Z\"/>\n<code from=\"2026-03-29T02:00:00\" to=\"+01:00\"/>", "Put the rows in the order of their times, each time once."},
    {"TG-D034", "Two rows without an offset follow each other", "An empty offset is a span that the clocks never showed; after it, some offset holds.",
     "<code from=\"2026-03-29T01:00:00\" to=\"\"/>\n<code from=\"2026-03-29T01:30:00\" to=\"\"/>", "Remove the second, or give the row between them."},
    {"TG-D035", "The clocks do not change by the difference of two offsets", "Going forward by an hour, they leave out an hour exactly; going back, they leave out nothing.",
     "<code from=\"2026-03-29T01:00:00\" to=\"\"/>\n<code from=\"2026-03-29T02:30:00\" to=\"+01:00\"/> after Z", "Correct the times or the offset. Only a change forward has a row with an empty offset before it."},
    {"TG-D040", "Working days are counted in a year that the calendar does not have",
     "A year without bank holidays does not exist; a year that nobody has entered does. So the count stops instead of taking its holidays for working days.",
     "ten working days from 24 December of the calendar's last year", "Add the bank holidays of that year to the calendar, and raise its last-year or lower its first-year."},
    {"TG-D041", "A day or year of a calendar is none", "Days of a calendar have no zone and years have four digits.", "<holiday date=\"2026-12-28Z\" name=\"Boxing Day\"/>",
     "Write the day as 2026-12-28 and the year as 2026."},
    {"TG-D042", "The years of a calendar are no span", "first-year is not after last-year, and both are years that a calendar can have.", "first-year=\"2030\" last-year=\"2018\"",
     "Give the first and the last year of the holidays in the file."},
    {"TG-D043", "A holiday is outside the years of its calendar", "Nobody would see it, or the years are wrong.", "<holiday date=\"2031-01-01\" .../> with last-year=\"2030\"",
     "Correct the date, or first-year and last-year, with all holidays of the year."},
    {"TG-D044", "A holiday is given twice", "One of the two is probably meant for another day.", "two <holiday date=\"2026-05-04\" .../>", "Remove one, or correct its date."},
    {"TG-D045", "A year of a calendar has no holiday", "Every year has bank holidays, so this one was forgotten, and its holidays would pass for working days.",
     "last-year=\"2031\" over holidays to 2030", "Add the holidays of the year, or leave it out of the calendar's years."},
    {"TG-D046", "A holiday is at a weekend", "A bank holiday at a weekend has a weekday in its place, and that is the one which is not worked.",
     "<holiday date=\"2026-12-26\" name=\"Boxing Day\"/>, a Saturday", "Give the weekday with kind=\"substitute\". A special day that was proclaimed for a weekend has kind=\"special\"."},
    {"TG-D047", "A holiday is known from or until a day that cannot be", "A holiday is known by its day, and known to be none before its day, or never.",
     "<holiday date=\"2022-09-19\" known-from=\"2022-09-20\" .../>", "Correct known-from or known-until, or the date."},
};

}  // namespace

std::vector<Diagnostic> calendar_diagnostics() { return clocks_and_calendars; }

}  // namespace hub::cli
