// See reason.hpp.
#include "connectors/folder/reason.hpp"

namespace connectors::folder {
namespace {

std::string one(const hub::Problem& problem) {
    std::string text = "\n";
    if (problem.line > 0) text += "line " + std::to_string(problem.line) + ": ";
    if (problem.line > 0 && problem.column > 0) text.insert(text.size() - 2, ", column " + std::to_string(problem.column));
    if (!problem.code.empty()) text += problem.code + ": ";
    text += problem.what + "\n";
    if (!problem.cure.empty()) text += "  cure: " + problem.cure + "\n";
    return text;
}

}  // namespace

std::string reason_text(const hub::Settlement& settlement, const std::string& file, hub::Instant now) {
    const bool parked = settlement.outcome == hub::Outcome::parked;
    std::string text = "file: " + file + "\nat: " + to_text(now) + "\noutcome: " + (parked ? "parked" : "refused") + "\n";
    if (!settlement.receipt.empty()) text += "receipt: " + settlement.receipt + "\n";
    text += parked ? "meaning: the hub keeps the message, but a person must look at it; a corrected file may be dropped under any name\n"
                   : "meaning: the hub kept nothing of it; put it right and drop it again\n";
    for (std::size_t i = 0; i < settlement.problems.size() && i < problems_max; ++i) text += one(settlement.problems[i]);
    if (settlement.problems.size() > problems_max)
        text += "\nand " + std::to_string(settlement.problems.size() - problems_max) + " further problems\n";
    return text;
}

}  // namespace connectors::folder
