// One line for each sample type; texts are made from seeds by small edits.
#include "tests/formats/types.hpp"

#include <deque>
#include <functional>

namespace types {

using namespace hub::formats;

namespace {

using Edit = std::function<void(SimpleType&)>;

SimpleType make(const std::string& name, Lexical base, const Edit& edit = {}) {
    SimpleType type;
    type.name = name;
    type.base = base;
    type.whitespace = base == Lexical::string ? Whitespace::preserve : Whitespace::collapse;
    if (edit) edit(type);
    return type;
}

const SimpleType* keep(SimpleType type) {
    static std::deque<SimpleType> kept;
    return &kept.emplace_back(std::move(type));
}

SimpleType list_of(const std::string& name, SimpleType item, const Edit& edit = {}) {
    SimpleType type = make(name, Lexical::string, edit);
    type.whitespace = Whitespace::collapse;
    type.list_item = keep(std::move(item));
    return type;
}

const std::vector<std::string>& seeds() {
    static const std::vector<std::string> texts{
        "", " ", "a", "b", "ab", " a  b ", "a b", "a\tb", "\n", "0", "1", "-1", "+1", "007", "12", "99", "100", "10.5", "-0.50", ".5", "5.", "1.234", "9.99", "10", "true",
        "false", "TRUE", "2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "0001-01-01", "12024-02-29", "12100-02-29", "-0004-02-29", "2026-04-31", "2026-11-24Z", "2026-11-24+14:00", "2026-11-24+14:01",
        "2026-11-24T10:15:00", "2026-11-24T24:00:00", "2026-11-24T24:00:00.1", "2026-11-24T10:15:00.123Z", "2026-11-24t10:15:00z", "10:15:00", "24:00:00", "10:15:00-05:30", "2026", "0000", "2026-11",
        "2026-13", "P1Y", "P1Y2M3DT4H5M6.5S", "PT", "P", "-P1D", "P1DT", "P1M1Y", "1e5", "INF", "NaN", "-1.5E-3", "1e", "http://a.example/x", "urn:x:y", "a%", "QUJD", "QUI=", "QQ==", "QQ=", "Q U J D", "0aFf", "0aF",
        "550e8400-e29b-41d4-a716-446655440000", "a.b@example.org", "@example.org", "a@.org", "a@b..c", "\xc3\xa9t\xc3\xa9", "\xf0\x9f\x98\x80", "red", "green", "blue", "red green", "1 2 3", "10 20", "1.0", "1.00", "01", "AB12CD", "AB12 3CD"};
    return texts;
}

void numbers(std::vector<SimpleType>& all) {
    all.push_back(make("decimal", Lexical::decimal));
    all.push_back(make("integer", Lexical::integer));
    all.push_back(make("boolean", Lexical::boolean));
    all.push_back(make("floating", Lexical::floating));
    all.push_back(make("money", Lexical::decimal, [](SimpleType& t) { t.total_digits = 5; t.fraction_digits = 2; }));
    all.push_back(make("whole digits", Lexical::decimal, [](SimpleType& t) { t.fraction_digits = 0; }));
    all.push_back(make("0..99", Lexical::integer, [](SimpleType& t) { t.min_inclusive = "0"; t.max_inclusive = "99"; }));
    all.push_back(make("-1 < x < 100", Lexical::integer, [](SimpleType& t) { t.min_exclusive = "-1.0"; t.max_exclusive = "100.0"; }));
    all.push_back(make("-0.5..10.25", Lexical::decimal, [](SimpleType& t) { t.min_inclusive = "-0.50"; t.max_inclusive = "+010.25"; }));
    all.push_back(make("one or two", Lexical::integer, [](SimpleType& t) { t.enumeration = {"1", "2"}; }));
    all.push_back(make("1.0 or 0.5", Lexical::decimal, [](SimpleType& t) { t.enumeration = {"1.0", ".5"}; }));
    all.push_back(make("unsigned byte", Lexical::integer, [](SimpleType& t) { t.patterns = {{"[0-9]+"}}; t.min_inclusive = "0"; t.max_inclusive = "255"; }));
}

void times(std::vector<SimpleType>& all) {
    for (const auto& [name, base] : {std::pair("date", Lexical::date), {"time", Lexical::time}, {"date_time", Lexical::date_time}, {"g_year", Lexical::g_year}, {"g_year_month", Lexical::g_year_month}}) {
        all.push_back(make(name, base));
        all.push_back(make(std::string(name) + " without zone", base, [](SimpleType& t) { t.optional_zone = false; }));
    }
    all.push_back(make("duration", Lexical::duration));
    all.push_back(make("JSON date", Lexical::date, [](SimpleType& t) { t.format = "date"; t.optional_zone = false; t.whitespace = Whitespace::preserve; }));
    all.push_back(make("JSON date-time", Lexical::date_time, [](SimpleType& t) { t.format = "date-time"; t.whitespace = Whitespace::preserve; }));
    all.push_back(make("JSON time", Lexical::time, [](SimpleType& t) { t.format = "time"; t.whitespace = Whitespace::preserve; }));
    all.push_back(make("JSON date with a pattern", Lexical::date, [](SimpleType& t) { t.patterns = {{"\\d{4}-\\d\\d-\\d\\d"}}; }));
}

void texts(std::vector<SimpleType>& all) {
    all.push_back(make("string", Lexical::string));
    all.push_back(make("token", Lexical::string, [](SimpleType& t) { t.whitespace = Whitespace::collapse; }));
    all.push_back(make("normalized", Lexical::string, [](SimpleType& t) { t.whitespace = Whitespace::replace; }));
    all.push_back(make("1..5 characters", Lexical::string, [](SimpleType& t) { t.length_min = 1; t.length_max = 5; }));
    all.push_back(make("token of 2", Lexical::string, [](SimpleType& t) { t.length_min = 2; t.length_max = 2; t.whitespace = Whitespace::collapse; }));
    all.push_back(make("letters", Lexical::string, [](SimpleType& t) { t.patterns = {{"[a-z]+", "[A-Z]+"}}; }));
    all.push_back(make("three letters at most", Lexical::string, [](SimpleType& t) { t.patterns = {{"[a-zA-Z]*"}, {".{0,3}"}}; }));
    all.push_back(make("name", Lexical::string, [](SimpleType& t) { t.patterns = {{"[\\i-[:]][\\c-[:]]*"}}; t.whitespace = Whitespace::collapse; }));
    all.push_back(make("postcode", Lexical::string, [](SimpleType& t) { t.patterns = {{"[A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2}"}}; }));
    all.push_back(make("colour", Lexical::string, [](SimpleType& t) { t.enumeration = {"red", "green", "blue"}; }));
    all.push_back(make("red", Lexical::string, [](SimpleType& t) { t.enumeration = {"red"}; }));
    all.push_back(make("uuid", Lexical::string, [](SimpleType& t) { t.format = "uuid"; }));
    all.push_back(make("email", Lexical::string, [](SimpleType& t) { t.format = "email"; }));
    all.push_back(make("hex", Lexical::hex, [](SimpleType& t) { t.length_max = 3; }));
    all.push_back(make("base64", Lexical::base64));
    all.push_back(list_of("numbers", make("", Lexical::integer), [](SimpleType& t) { t.length_min = 1; t.length_max = 3; }));
    all.push_back(list_of("colours", make("", Lexical::string, [](SimpleType& t) { t.enumeration = {"red", "green"}; })));
    SimpleType either = make("number or colour", Lexical::string);
    either.members = {keep(make("", Lexical::integer)), keep(make("", Lexical::string, [](SimpleType& t) { t.enumeration = {"red", "green"}; }))};
    all.push_back(either);
}

}  // namespace

std::vector<SimpleType> samples() {
    std::vector<SimpleType> all;
    numbers(all);
    times(all);
    texts(all);
    return all;
}

std::string pattern(Chance& chance, int depth) {
    static const std::vector<std::string> atoms{"a", "b", "c", "[ab]", "[^a]", "\\d", "[a-c]", ".", "\\s", "[a-z-[b]]", "ab", "\\-", "[\\-a]"};
    static const std::vector<std::string> counts{"?", "*", "+", "{2}", "{1,2}", "{0,3}", "{2,}"};
    if (depth == 0 || chance.below(3) == 0) return chance.of(atoms);
    std::string made;
    for (std::size_t i = 0, count = 1 + chance.below(3); i < count; ++i) {
        const bool group = chance.below(2) == 0;
        const std::string part = group ? "(" + pattern(chance, depth - 1) + ")" : chance.of(atoms);
        made += part + (part != "ab" && chance.below(2) == 0 ? chance.of(counts) : "");
        if (chance.below(6) == 0) made += "|";
    }
    if (made.back() == '|') made.pop_back();
    return made;
}

std::vector<std::string> texts_near(const SimpleType& type, Chance& chance, std::size_t count) {
    static const std::string letters = "aabbcc01259-+.:TZ \tEPMDSe=rdA";
    std::vector<std::string> texts = type.patterns.empty() ? seeds() : std::vector<std::string>{};
    for (const auto& each : seeds())
        if (!why_invalid(type, each)) texts.insert(texts.end(), 4, each);
    if (texts.empty()) texts = {"", "a", "ab"};
    const std::size_t first = texts.size();
    for (std::size_t i = 0; i < count; ++i) {
        std::string text = texts[chance.below(first)];
        for (std::size_t edits = chance.below(3); edits < 3; ++edits) {
            const std::size_t at = chance.below(text.size() + 1);
            if (chance.below(2) == 0 || text.empty()) text.insert(text.begin() + static_cast<std::ptrdiff_t>(at), letters[chance.below(letters.size())]);
            else if (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) text[at] = letters[chance.below(letters.size())];
        }
        bool ascii = true;
        for (const char each : text) ascii = ascii && static_cast<unsigned char>(each) < 0x80;
        if (ascii) texts.push_back(std::move(text));
    }
    return texts;
}

}  // namespace types
