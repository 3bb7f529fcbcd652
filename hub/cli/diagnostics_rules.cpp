// What a check can say about rules. See diagnostics.hpp.
#include "hub/cli/diagnostics.hpp"

namespace hub::cli {
namespace {

const std::vector<Diagnostic> rules{
    {"TG-D200", "A rule or gate is declared twice", "Every name stands for one rule, in all rule files of a site together.", "two <rule name=\"housing.refer\">",
     "Give one of them another name, or make it a version of the other."},
    {"TG-D201", "What the site gives is not what the setting is", "A setting is a number of its unit, or a date.", "<given rule=\"housing.reply\" name=\"reply_days\" value=\"ten\" .../>",
     "Write a plain number, or a date as 2027-04-01."},
    {"TG-D202", "The site gives what the rule does not ask for", "A slip of the pen would otherwise go unnoticed.", "<given name=\"replydays\" .../> where the setting is reply_days",
     "Correct the name, or remove it."},
    {"TG-D203", "A prompt has no allowance", "Policy 'prompt' moves a deadline of which the hub was told late to when it was told plus an allowance.", "<late-knowledge policy=\"prompt\"/>",
     "Add allowance=\"1 working day\"."},
    {"TG-D204", "A duty has no owner for whoever is left", "Every duty has an owner in every case.", "one <owner when=.../> alone", "End the owners with one without 'when'."},
    {"TG-D205", "A length of time is not understood", "Months, weeks, days, working days, hours and minutes, each with a number or a setting's name before it.", "before=\"soon\"",
     "Write it as \"5 working days\" or \"8 months 14 days\"."},
    {"TG-D206", "A value is named twice", "A name stands for one value.", "two <let name=\"release\"/>", "Give one of them another name."},
    {"TG-D207", "A record type is not known", "A gate looks at records of a type, and a rule may make a record of one.", "<gate record=\"handovers\" .../>", "Name a record type of the site."},
    {"TG-D208", "A cohort is declared twice", "A name stands for one test in a file.", "two <cohort name=\"wales\"/>", "Remove one."},
    {"TG-D209", "The site gives something to a rule that it does not have", "It would go unnoticed.", "<given rule=\"housing.replies\" .../>", "Correct the name, or remove it."},
    {"TG-D210", "A version does not say from when it holds", "from is a date, or the name of a setting that is one.", "<version from=\"spring\">",
     "Write a date, or declare <setting name= unit=\"date\"/>."},
    {"TG-D211", "A version ends before it begins", "to is the first day on which it no longer holds.", "from=\"2026-04-01\" to=\"2026-04-01\"", "Correct from or to."},
    {"TG-D212", "A cohort is not known", "A version's scope is a cohort of its file.", "<version scope=\"wales\"> without <cohort name=\"wales\">", "Declare it at the top of the file."},
    {"TG-D213", "A period is not a number of months or days", "Clocks that recur need periods that follow each other.", "<every length=\"2 hours\" .../>",
     "Write length=\"1 month\" or length=\"14 days\"."},
    {"TG-D214", "A pause names no fact kind", "A clock stands still while a fact has a value.", "<pause kind=\"suspended\" .../>", "Name a kind of schemas/canonical/facts.xml."},
    {"TG-D215", "A path of a record that a rule makes does not exist", "The record is made as its schema has it.", "<set path=\"housing/autority\" .../>", "Name an element or attribute of the record type."},
    {"TG-D216", "A calendar is not known", "Working days are those of a nation's calendar, in a file of the site.", "<version calendar=\"england\">", "Name one that the site has: <calendar file=/>."},
    {"TG-D217", "The site has too many rules", "Rules are looked at whenever a fact changes.", "more than rules_max rules", "Join rules that differ in versions only."},
    {"TG-D220", "Two versions of a rule hold on one day", "Which of them counts would be chance. One that became known later may replace the other.",
     "two versions from 2024-01-01, neither with known-from", "End the earlier with to=, or say known-from of the one that replaces it."},
    {"TG-D221", "No version of a rule holds for some days", "Whoever falls between them would be owed nothing, unseen.", "to=\"2024-01-01\" and then from=\"2024-02-01\"",
     "Let the versions follow each other; a version without due says that nothing is owed."},
    {"TG-D222", "A case is never reached", "The first case that holds counts, and the one before holds always.", "a case without 'when' that is not the last", "Move it up, or give the other a test."},
    {"TG-D223", "A case of a measure does not say what it counts as", "A share is made of yes and no; unknown and out of scope stand apart. When it is measured is its due.",
     "<case when=.../> in a measure", "Add counts= and due=."},
    {"TG-D224", "A case counts that is not of a measure", "Only measures make shares.", "<case counts=\"yes\" .../> in a deadline", "Remove counts=, or make the rule a measure."},
    {"TG-D225", "A case has a start and no due", "The start is when the duty begins to be shared; without a due nothing is owed.", "<case start=\"today\"/>", "Add due=, or leave the start out."},
    {"TG-D226", "A role leads to no party", "Warnings and escalation reach somebody: every role of every rule is a party of the site.", "<owner role=\"keyworker\"/> that no <role> declares",
     "Declare it in the site: <role name= title= party=/>."},
    {"TG-D227", "The cases do not say what holds for whoever is left", "Cases cover every value of the one kind that they ask about, or end with one that holds always.",
     "cases for levels 1 and 2 of three", "End them with a case without 'when', or cover the rest."},
    {"TG-D228", "A clock can stand still, and nothing says from when it runs", "Only what stood after the start moves the deadline.", "<pause .../> and cases without start=", "Add start= to the cases."},
    {"TG-D229", "A period begins or ends by itself", "<every> makes periods between two days; a period that does not exist yet has none.", "<every from=\"window.start\" .../>",
     "Say by a fact when periods begin or end."},
    {"TG-D230", "A pause waits for a value that its fact never has", "The clock would stand still for nobody, or for the wrong ones.", "<pause kind=\"contact.suspended\" value=\"true\" .../> where the fact is yes or no",
     "Write a value that the fact can have."},
    {"TG-D231", "A pause asks for a fact of another matter", "Only facts of the clock's own matter and of the person stop it.", "a pause by hearing.adjourned in <rule matter=\"sentence\">",
     "Name a kind of fact of the rule's matter or of the person."},
    {"TG-D232", "An owner never has the duty", "The first owner whose test holds has it, and the one before has no test.", "an <owner> without 'when' that is not the last", "Move it up, or give the other a test."},
    {"TG-D233", "A target is of no measure", "Only measures make shares, and a target is a share.", "<rule kind=\"deadline\" target=\"90\">", "Remove target=, or make the rule a measure."},
    {"TG-D234", "An allowance moves nothing", "Policy 'told_late' leaves a deadline where it was; only 'prompt' moves it by an allowance.", "<late-knowledge policy=\"told_late\" allowance=\"1 working day\"/>",
     "Remove allowance=, or write policy=\"prompt\"."},
    {"TG-D235", "Nobody knew of a version that held", "Who asks on a day with what was known on it finds no version: the one before has ended, and the next became known later.",
     "to=\"2026-03-01\" and then from=\"2026-03-01\" known-from=\"2026-06-01\"", "Let the version before hold until then, or correct known-from."},
    {"TG-D236", "A record that a rule makes lacks what its schema requires", "It would be refused when the hub makes it.", "a <generate record=\"referral\"> that does not set made_on", "Set it."},
    {"TG-D237", "A path of a record is set twice", "What occurs once has one value. A path that comes again begins the next occurrence of what repeats above it.", "two <set path=\"made_on\" .../>", "Remove one."},
    {"TG-D238", "A record is set to what its schema does not take", "It would be refused when the hub makes it.", "<set path=\"made_on\" value=\"5\"/> where it is a date", "Set it to a value that the schema allows there."},
};

}  // namespace

std::vector<Diagnostic> rule_diagnostics() { return rules; }

}  // namespace hub::cli
