// Reads a facts file.
#include <charconv>
#include <map>

#include "hub/deadlines/fact_reader.hpp"
#include "hub/deadlines/history_shape.hpp"

namespace hub::deadlines {
namespace {

using formats::ConfigElement;

class FileReader {
public:
    FileReader(const std::string& file, const Zone& zone, Problems& problems) : file_(file), zone_(zone), problems_(problems) {}

    void take(const ConfigElement& facts) {
        for (const ConfigElement& person : facts.children) {
            const std::string id = person.token("id");
            const auto [place, is_new] = places_.emplace(id, people_.size());
            if (is_new && people_.size() == facts_file_persons_max) return over(person, "facts_file_persons_max", facts_file_persons_max);
            if (is_new) people_.push_back({id, {}});
            for (const ConfigElement& matter : person.children)
                for (const ConfigElement& fact : matter.children) {
                    if (++facts_ > facts_file_facts_max) return over(fact, "facts_file_facts_max", facts_file_facts_max);
                    take_fact(fact, matter, people_[place->second]);
                }
        }
    }
    std::vector<GivenPerson> people() { return std::move(people_); }

private:
    void complain(const ConfigElement& at, const char* code, std::string what, std::string cure) {
        if (++complaints_ <= fact_problems_max) problems_.push_back({file_, at.line, at.column, code, std::move(what), std::move(cure), {}, {}});
    }
    void over(const ConfigElement& at, const std::string& limit, std::size_t value) {
        complain(at, "TG-D020", limit + " = " + std::to_string(value) + " is exceeded", "split the file by person");
    }
    static bool is_yes(const std::string& text) { return text == "yes" || text == "true" || text == "1"; }
    static bool is_no(const std::string& text) { return text.empty() || text == "no" || text == "false" || text == "0"; }

    /// A day is its first moment.
    std::optional<Instant> instant(const ConfigElement& fact, const char* attribute) {
        const std::string text = fact.token(attribute);
        const std::optional<Point> point = parse_point(text, zone_);
        const std::optional<Instant> at = !point ? std::nullopt : point->exact ? point->instant : zone_.start_of(point->day);
        if (!at) complain(fact, "TG-D021", std::string(attribute) + " '" + text + "' " + why_no_point(text), cure_for_point(text, std::string(attribute) == "retracted"));
        return at;
    }
    static std::string cure_for_point(const std::string& text, bool is_retracted) {
        const std::string cure = how_to_write_point(text);
        return is_retracted ? cure + "; yes takes back what was said before, no says nothing" : cure;
    }
    void take_recorded_at(const ConfigElement& fact, GivenFact& into) {
        const std::string text = fact.token("recorded-at");
        into.recorded_at = from_the_beginning;
        if (text.empty()) return;
        const std::optional<Instant> at = instant(fact, "recorded-at");
        if (at) into.recorded_at = *at;
        if (at && into.valid_from.empty() && !into.retraction) into.valid_from = text;
    }
    void take_retracted(const ConfigElement& fact, GivenFact& into) {
        const std::string text = fact.token("retracted");
        into.retraction = is_yes(text);
        if (!is_yes(text) && !is_no(text)) into.retracted_at = instant(fact, "retracted");
    }
    void take_seq(const ConfigElement& fact, GivenFact& into) {
        const std::string text = fact.token("seq");
        if (text.empty()) return;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into.seq);
        if (error == std::errc() && end == text.data() + text.size()) return;
        complain(fact, "TG-D022", "seq '" + text + "' is no whole number", "number what was recorded at one time as it came: 1, 2, 3");
    }
    void take_fact(const ConfigElement& fact, const ConfigElement& matter, GivenPerson& into) {
        GivenFact given;
        given.kind = fact.token("kind");
        given.matter_kind = matter.token("kind");
        given.matter = matter.token("id");
        given.value = fact.token("value");
        given.valid_from = fact.token("valid-from");
        given.source = fact.token("source");
        given.file = file_;
        given.line = fact.line;
        given.column = fact.column;
        take_retracted(fact, given);
        take_recorded_at(fact, given);
        take_seq(fact, given);
        into.facts.push_back(std::move(given));
    }

    const std::string& file_;
    const Zone& zone_;
    Problems& problems_;
    std::vector<GivenPerson> people_{};
    std::map<std::string, std::size_t> places_{};  ///< a person may stand in several places of the file
    std::size_t facts_ = 0, complaints_ = 0;
};

}  // namespace

std::vector<GivenPerson> read_facts_file(const std::string& file, std::string_view bytes, const Zone& zone, Problems& problems) {
    if (bytes.size() > facts_file_bytes_max) {
        problems.push_back({file, 0, 0, "TG-D020", "facts_file_bytes_max = " + std::to_string(facts_file_bytes_max) + " is exceeded", "split the file by person", {}, {}});
        return {};
    }
    formats::Limits limits;
    limits.bytes_max = facts_file_bytes_max;
    limits.nodes_max = 2 * facts_file_facts_max + facts_file_persons_max;
    const auto facts = formats::read_config(file, bytes, &history_xsd(), problems, limits);
    if (!facts) return {};
    FileReader reader(file, zone, problems);
    reader.take(*facts);
    return reader.people();
}

}  // namespace hub::deadlines
