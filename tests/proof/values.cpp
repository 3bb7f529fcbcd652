// Candidates by the type's lexical base and facets; what the type does not allow falls out at the end.
#include "tests/proof/values.hpp"

#include <algorithm>

#include "tests/proof/characters.hpp"
#include "tests/proof/patterns.hpp"

namespace proof {

namespace {

using hub::formats::Lexical;
using hub::formats::SimpleType;
using hub::formats::Whitespace;
using Texts = std::vector<std::string>;

bool is_blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

/// `count` characters, the given ones over and over.
std::string filled(const std::string& with, std::size_t count) {
    const std::u32string characters = to_characters(with);
    std::u32string text;
    for (std::size_t at = 0; at < count; ++at) text += characters[at % characters.size()];
    return to_utf8(text);
}

class Candidates {
public:
    Candidates(const SimpleType& type, bool keeps_empty, support::Chance& chance) : type_(type), keeps_empty_(keeps_empty), chance_(chance) {}

    Values run() {
        if (!type_.enumeration.empty()) plain_ = edges_ = type_.enumeration;
        else if (type_.list_item != nullptr) lists();
        else if (!type_.members.empty()) members();
        else if (!type_.patterns.empty()) patterns();
        if (type_.enumeration.empty() && type_.list_item == nullptr && type_.members.empty()) {
            bounds();
            by_base();
        }
        spaced();
        Values values{valid(edges_), valid(plain_)};
        if (values.plain.empty()) values.plain = values.edges;
        if (values.edges.empty()) values.edges = values.plain;
        return values;
    }

private:
    void edge(const Texts& texts) { edges_.insert(edges_.end(), texts.begin(), texts.end()); }
    void plain(const Texts& texts) {
        edge(texts);
        plain_.insert(plain_.end(), texts.begin(), texts.end());
    }

    Texts valid(const Texts& candidates) const {
        Texts kept;
        for (const std::string& each : candidates) {
            if (!keeps_empty_ && is_blank(each)) continue;
            if (std::find(kept.begin(), kept.end(), each) == kept.end() && !hub::formats::why_invalid(type_, each)) kept.push_back(each);
        }
        return kept;
    }

    /// White space around and inside values that the type's own rule takes away again.
    void spaced() {
        if (type_.whitespace != Whitespace::collapse || plain_.empty()) return;
        const Texts some{plain_.front(), plain_.back()};
        for (const std::string& each : some) edge({" " + each, "\n  " + each + "\t", each + " "});
    }

    void lists() {
        const Values items = values_of(*type_.list_item, false, chance_);
        if (items.edges.empty()) return;
        const std::size_t least = type_.length_min.value_or(0), most = type_.length_max.value_or(list_items_max);
        for (const std::size_t count : {least, most, std::max<std::size_t>(least, 1)}) {
            std::string text, wide;
            for (std::size_t at = 0; at < count; ++at) {
                const std::string& item = chance_.of(items.edges);
                text += (at > 0 ? " " : "") + item;
                wide += (at > 0 ? " \n " : "  ") + item;
            }
            plain({text});
            edge({wide});
        }
        for (const std::string& each : items.edges) edge({each});
    }

    void members() {
        for (const SimpleType* member : type_.members) {
            const Values values = values_of(*member, keeps_empty_, chance_);
            edge(values.edges);
            plain(values.plain);
        }
    }

    void patterns() {
        for (const auto& step : type_.patterns)
            for (const std::string& each : step) {
                edge({text_matching(each, Repeats::fewest, chance_), text_matching(each, Repeats::most, chance_)});
                for (std::size_t time = 0; time < pattern_samples; ++time) plain({text_matching(each, Repeats::any, chance_)});
            }
    }

    void bounds() {
        for (const auto* each : {&type_.min_inclusive, &type_.max_inclusive, &type_.min_exclusive, &type_.max_exclusive})
            if (*each) edge({**each});
        if (type_.base == Lexical::integer || type_.base == Lexical::decimal) numbers_near_bounds();
    }

    /// One step of the last digit inside and outside each bound.
    void numbers_near_bounds() {
        const std::size_t digits = type_.base == Lexical::integer ? 0 : type_.fraction_digits.value_or(2);
        for (const auto* bound : {&type_.min_inclusive, &type_.max_inclusive, &type_.min_exclusive, &type_.max_exclusive}) {
            if (!*bound || (*bound)->find_first_of(".eE") != std::string::npos || (*bound)->size() > 15) continue;
            const long long whole = std::stoll(**bound);
            edge({std::to_string(whole - 1), std::to_string(whole + 1)});
            if (digits == 0) continue;
            const std::string last = std::string(digits - 1, '0') + "1", nines(digits, '9');
            edge({std::to_string(whole) + "." + last, std::to_string(whole - 1) + "." + nines, "-" + std::to_string(whole) + "." + last});
        }
        if (type_.total_digits) {
            const std::size_t fraction = std::min<std::size_t>(digits, *type_.total_digits);
            const std::string nines(*type_.total_digits - fraction, '9'), parts(fraction, '9');
            edge({std::string(*type_.total_digits, '9'), nines + (parts.empty() ? "" : "." + parts), "-" + std::string(*type_.total_digits, '9')});
        }
    }

    void by_base() {
        switch (type_.base) {
            case Lexical::string: return strings();
            case Lexical::boolean: return plain({"true", "false", "1", "0"});
            case Lexical::integer: plain({"1", "12", "7", "30"}); return edge({"0", "-1", "+5", "007", "-0", "2147483648", "99999999999999999999"});
            case Lexical::decimal: plain({"1", "12.50", "0.5"}); return edge({"0", "-1.5", "+5.0", "007", ".5", "5.", "-0.0", "0.10", "123456789012345.25"});
            case Lexical::floating: plain({"1.5", "12"}); return edge({"0", "-0", "1e3", "1E-3", "-2.5E+10", "INF", "-INF", "NaN", "1e308", ".5"});
            case Lexical::duration: plain({"P1Y", "P6M", "PT1H"}); return edge({"P0D", "-P1D", "PT0.5S", "P1Y2M3DT4H5M6S", "P999Y", "PT120H"});
            case Lexical::any_uri: plain({"urn:example:1", "http://example.org/a?b=c#d"}); return edge({"", "a", "../b"});
            case Lexical::base64: plain({"QUJD"}); return edge({"", "QQ==", "QUI=", "Q U J D", filled("QUJD", 400)});
            case Lexical::hex: plain({"0aF9"}); return edge({"", "00", filled("0aF9", 64)});
            default: return moments();
        }
    }

    void moments() {
        switch (type_.base) {
            case Lexical::date:
                plain({"2026-03-02", "1984-02-29", "2025-12-31"});
                return edge({"0001-01-01", "9999-12-31", "2000-02-29", "2026-03-02Z", "2026-03-02+14:00", "2026-03-02-14:00", "-0044-03-15", "12026-01-01"});
            case Lexical::time:
                plain({"10:30:00", "09:15:00", "10:30:00Z"});
                return edge({"00:00:00", "23:59:59", "24:00:00", "10:30:00.5", "10:30:00.123456789", "10:30:00Z", "10:30:00+01:00", "00:00:00-14:00"});
            case Lexical::date_time:
                plain({"2026-03-02T10:30:00", "2026-03-02T10:30:00Z", "2026-06-30T09:00:00+01:00"});
                return edge({"2026-03-02T24:00:00", "2024-02-29T23:59:59.999Z", "2026-12-31T23:59:59-14:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59Z",
                             "2026-03-29T01:30:00+00:00", "2026-10-25T01:30:00+01:00", "12026-01-01T00:00:00Z"});
            case Lexical::g_year: plain({"2026"}); return edge({"0001", "9999", "2026Z", "12026", "-0044"});
            default: plain({"2026-03"}); return edge({"0001-12", "2026-03Z", "12026-01"});
        }
    }

    void strings() {
        formats();
        const std::size_t least = type_.length_min.value_or(0), most = std::min<std::size_t>(type_.length_max.value_or(text_characters_max), 100'000);
        plain({"Ash", "Rowan Elder", "7", "B01EF01", "12 Mill Lane", "M", "A text with several words in it."});
        plain({filled("words ", least), filled("word", least)});
        for (const std::size_t length : {least, least + 1, most - std::min<std::size_t>(most, 1), most})
            edge({filled("x", length), filled("\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80z", length)});
        edge({"", " ", "  ", " led and trailed ", "two  spaces", "tab\there", "line\nbreak", "return\r\nhere", "\tx\n"});
        edge({"<a>&amp;</a>", "]]>", "\"quoted\"", "it's", "a,b;c|d^e~f\\g&h", "=1+1", "'=1+1", "@x", "-5", "+5", "''", "null", "true", "2026-03-02", "0"});
        edge({"\xc3\xa9", "e\xcc\x81", "\xc5\x81uk\xc3\xb3w", "\xe2\x80\xa8", "\xc2\xa0x\xc2\xa0", "\xe2\x80\x8fx", "\xf0\x9f\x98\x80", "\x7f", "\xef\xbf\xbd"});
    }

    void formats() {
        if (type_.format == "date") plain({"2026-03-02", "1984-02-29"}), edge({"0001-01-01", "9999-12-31"});
        if (type_.format == "date-time")
            plain({"2026-03-02T10:30:00Z", "2026-06-30T09:00:00+01:00"}), edge({"2026-03-02t10:30:00z", "2024-02-29T23:59:59.999999Z", "0001-01-01T00:00:00Z", "2026-03-02T10:30:00-14:00"});
        if (type_.format == "time") plain({"10:30:00Z"}), edge({"23:59:59.5+01:00", "00:00:00z"});
        if (type_.format == "uuid") plain({"0b9f3f0e-6a54-4a3c-9a53-6f5a3e0d1c11"}), edge({"00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"});
        if (type_.format == "uri") plain({"https://example.org/x"}), edge({"urn:a:b", "a:b"});
        if (type_.format == "email") plain({"office@example.org"}), edge({"a@b", "a.b+c@example.co.uk"});
    }

    const SimpleType& type_;
    const bool keeps_empty_;
    support::Chance& chance_;
    Texts edges_{}, plain_{};
};

}  // namespace

Values values_of(const SimpleType& type, bool keeps_empty, support::Chance& chance) { return Candidates(type, keeps_empty, chance).run(); }

}  // namespace proof
