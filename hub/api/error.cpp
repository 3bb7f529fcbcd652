#include "hub/api/error.hpp"

namespace hub {

std::string to_text(const Problem& problem) {
    std::string text = problem.file;
    if (problem.line > 0) text += ":" + std::to_string(problem.line);
    if (problem.column > 0) text += ":" + std::to_string(problem.column);
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
