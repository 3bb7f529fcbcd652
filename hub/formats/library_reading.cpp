// libxml2 takes some expressions for simpler than they are (overlapping classes under a loop, counts of what may be empty)
// and then matches other texts than they say. Trying them out shows it.
#include "hub/formats/library_reading.hpp"

#include <libxml/xmlregexp.h>

#include <memory>

#include "hub/formats/expressions.hpp"
#include "hub/formats/text.hpp"

namespace hub::formats {

namespace {

using Regexp = std::unique_ptr<xmlRegexp, void (*)(xmlRegexpPtr)>;

Regexp compile(const std::string& pattern) { return {xmlRegexpCompile(reinterpret_cast<const xmlChar*>(pattern.c_str())), xmlRegFreeRegexp}; }

bool matches(const Regexp& regexp, const std::string& text) { return xmlRegexpExec(regexp.get(), reinterpret_cast<const xmlChar*>(text.c_str())) == 1; }

/// Through each state twice, with each kind of character: a shortest way and one that comes back.
bool tried(const Regexp& regexp, Expressions& all, std::uint32_t expression) {
    constexpr std::size_t classes_max = 200;
    constexpr int visits_max = 2;
    Alphabet alphabet;
    for (const CharacterSet& each : all.sets()) alphabet.add(each);
    const auto characters = alphabet.representatives(classes_max);
    std::vector<std::pair<std::uint32_t, std::string>> ways{{expression, ""}};
    std::map<std::uint32_t, int> visits{{expression, 1}};
    std::size_t texts = 0;
    if (all.takes_empty(expression) != matches(regexp, "")) return false;
    for (std::size_t at = 0; at < ways.size() && !all.full(); ++at) {
        for (const char32_t each : characters) {
            if (++texts > LibraryReading::texts_tried_max) return true;
            const auto next = all.after(ways[at].first, each);
            std::string text = ways[at].second;
            append_utf8(text, each);
            if (all.takes_empty(next) != matches(regexp, text)) return false;
            if (next != Expressions::nothing && visits[next]++ < visits_max) ways.emplace_back(next, std::move(text));
        }
    }
    return !characters.empty();
}

}  // namespace

/// The commonest three are known beforehand; a test asks libxml2 about them too.
LibraryReading::LibraryReading() {
    const CharacterSet spaces({{0x9, 0xa}, {0xd, 0xd}, {0x20, 0x20}});
    escapes_["\\s"] = spaces;
    escapes_["\\S"] = CharacterSet::all().without(spaces);
    escapes_["."] = CharacterSet::all().without(CharacterSet({{0xa, 0xa}, {0xd, 0xd}}));
}

const CharacterSet& LibraryReading::escape(const std::string& name) {
    const auto [at, fresh] = escapes_.try_emplace(name);
    if (!fresh) return at->second;
    const Regexp regexp = compile(name);
    if (regexp == nullptr) return at->second;
    std::vector<CharacterRange> ranges;
    for (const auto& range : CharacterSet::all().ranges()) {
        for (char32_t each = range.first; each <= range.last; ++each) {
            std::string text;
            append_utf8(text, each);
            if (!matches(regexp, text)) continue;
            if (!ranges.empty() && ranges.back().last + 1 == each) ranges.back().last = each;
            else ranges.push_back({each, each});
        }
    }
    return at->second = CharacterSet(std::move(ranges));
}

bool LibraryReading::agrees(const std::string& pattern, Expressions& expressions, std::uint32_t expression) {
    const auto [at, fresh] = agreed_.try_emplace(pattern, false);
    if (!fresh) return at->second;
    const Regexp regexp = compile(pattern);
    return at->second = regexp != nullptr && tried(regexp, expressions, expression);
}

}  // namespace hub::formats
