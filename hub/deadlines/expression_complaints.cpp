// How problems of an expression are told.
#include <algorithm>

#include "hub/deadlines/expression_syntax.hpp"

namespace hub::deadlines {
namespace {

constexpr std::size_t excerpt_side = 40;  ///< bytes of the text that are quoted before and after the piece
constexpr std::size_t piece_max = 60;

std::string printable(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c < ' ' || c > '~') c = c == '\n' || c == '\t' || c == '\r' ? ' ' : '?';
    return out;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(), [](char c) { return lower(c); });
    return small;
}

}  // namespace

std::size_t edits_between(std::string_view a, std::string_view b) {
    constexpr std::size_t name_max = 100;
    if (std::max(a.size(), b.size()) > name_max) return std::max(a.size(), b.size());
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t i = 0; i <= b.size(); ++i) row[i] = i;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

void Complaints::add(std::string_view code, std::size_t at, std::size_t end, const std::string& what, std::string cure) {
    at = std::min(at, text_.size());
    end = std::clamp(end, at, text_.size());
    const std::size_t left = at > excerpt_side ? at - excerpt_side : 0;
    const std::size_t right = std::min(text_.size(), std::max(at, std::min(end, at + piece_max)) + excerpt_side);
    std::string excerpt = (left > 0 ? "..." : "") + printable(text_.substr(left, right - left)) + (right < text_.size() ? "..." : "");
    std::string piece = printable(text_.substr(at, std::min(end - at, piece_max))) + (end - at > piece_max ? "..." : "");
    std::string where = at >= text_.size() ? "at its end" : "at '" + piece + "' (character " + std::to_string(at + 1) + ")";
    problems_.push_back({place_.file, place_.line, place_.column, std::string(code), "in \"" + excerpt + "\", " + where + ": " + what, std::move(cure), {}, {}});
    ++count_;
}

std::string nearest_cure(std::string_view name, const std::vector<std::string>& known) {
    constexpr std::size_t list_max = 12;
    if (known.empty()) return "there is none";
    std::size_t least = name.size() / 2 + 1;
    const std::string* best = nullptr;
    for (const std::string& each : known)
        if (const std::size_t edits = edits_between(lower(name), lower(each)); edits < least) {
            least = edits;
            best = &each;
        }
    if (best) return "did you mean '" + *best + "'?";
    std::string all;
    for (std::size_t i = 0; i < known.size() && i < list_max; ++i) all += (all.empty() ? "" : ", ") + known[i];
    return "known are: " + all + (known.size() > list_max ? ", ..." : "");
}

}  // namespace hub::deadlines
