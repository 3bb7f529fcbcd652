#include "hub/api/error.hpp"

namespace hub {

namespace {

std::string place_of(std::string text, int line, int column) {
    if (line > 0) text += ":" + std::to_string(line);
    if (line > 0 && column > 0) text += ":" + std::to_string(column);
    return text;
}

}  // namespace

std::string to_text(const Related& related) { return place_of(related.file, related.line, related.column); }

std::string to_text(const Problem& problem) {
    std::string text = place_of(problem.file, problem.line, problem.column);
    if (!text.empty()) text += ": ";
    if (!problem.code.empty()) text += problem.code + ": ";
    text += problem.what;
    if (!problem.cure.empty()) text += " (cure: " + problem.cure + ")";
    return text;
}

std::string to_text(const Error& error) {
    std::string text;
    if (!error.where.empty()) text += error.where + ": ";
    if (!error.code.empty()) text += error.code + ": ";
    text += error.what;
    if (!error.cure.empty()) text += " (cure: " + error.cure + ")";
    return text;
}

}  // namespace hub
