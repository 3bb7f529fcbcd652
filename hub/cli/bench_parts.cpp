#include "hub/cli/bench_parts.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>

#include "hub/people/check_characters.hpp"

namespace hub::cli::measure {
namespace {

constexpr std::uint64_t people = 1'000;

void replace(std::string& text, std::string_view from, const std::string& to) {
    if (const std::size_t at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
}

/// Without the space between elements, which real senders leave out too.
std::string squeezed(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '>') {
            out += text[at];
            continue;
        }
        out += '>';
        const std::size_t next = text.find_first_not_of(" \r\n\t", at + 1);
        if (next != std::string::npos && text[next] == '<') at = next - 1;
    }
    return out;
}

void cut(std::string& text, std::string_view from, std::string_view to) {
    const std::size_t begin = text.find(from), end = text.find(to, begin);
    if (begin != std::string::npos && end != std::string::npos) text.erase(begin, end + to.size() - begin);
}

std::string padded(std::uint64_t value, std::size_t width) {
    std::string digits = std::to_string(value);
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

}  // namespace

Messages::Messages(const std::string& sample, std::size_t bytes_wanted) : text_(squeezed(sample)) {
    cut(text_, "<mm:MessageMetadata", "</mm:MessageMetadata>");
    cut(text_, "<mf:MessageFormat", "</mf:MessageFormat>");
    cut(text_, "<DC:PNCidentifier>", "</DC:PNCidentifier>");
    cut(text_, "<msg:RequestingSystem>", "</msg:RequestingSystem>");
    const std::size_t begin = text_.find("<DC:Offence>"), end = text_.find("</DC:Offence>") + 13;
    const std::string offence = text_.substr(begin, end - begin);
    for (int sequence = 2; text_.size() + offence.size() <= bytes_wanted; ++sequence) {
        std::string more = offence;
        replace(more, ">001<", ">" + padded(static_cast<std::uint64_t>(sequence), 3) + "<");
        text_.insert(text_.find("</DC:Defendant>"), more);
    }
}

std::string Messages::make(std::uint64_t number) const {
    std::string text = text_;
    const std::string serial = padded(number % people + 1, 11);
    std::uint64_t value = 0;
    const std::string joined = "0101" "26" + serial;
    std::from_chars(joined.data(), joined.data() + joined.size(), value);
    const auto put = [&](std::string_view element, const std::string& content) {
        const std::size_t at = text.find(element) + element.size();
        text.replace(at, text.find('<', at) - at, content);
    };
    put("<msg:MessageIdentifier>", "BENCH-" + std::to_string(number));
    put("<DC:ProsecutorReference>", "2601ZD01" + serial + people::check_letter(value));
    put("<DC:PTIURN>", "01ZD" + padded(number, 9));
    return text;
}

std::uint64_t Messages::number_in(std::string_view text) {
    constexpr std::string_view before = "PTIURN>01ZD";  // whatever the prefix of its element
    constexpr std::size_t digits = 9;
    const std::size_t at = text.find(before);
    std::uint64_t value = 0;
    if (at != std::string_view::npos && at + before.size() + digits <= text.size())
        std::from_chars(text.data() + at + before.size(), text.data() + at + before.size() + digits, value);
    return value;
}

double seconds_each(double seconds, const Clock& clock, const std::function<void()>& call) {
    constexpr int slices = 5;
    std::vector<double> each;
    call();  // warm
    for (int slice = 0; slice < slices; ++slice) {
        std::uint64_t calls = 0;
        const auto began = clock.steady();
        std::chrono::nanoseconds took{};
        do {
            call();
            ++calls;
            took = clock.steady() - began;
        } while (std::chrono::duration<double>(took).count() < seconds / slices);
        each.push_back(std::chrono::duration<double>(took).count() / static_cast<double>(calls));
    }
    return percentile(each, 0.5);
}

double percentile(std::vector<double> values, double p) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(p * static_cast<double>(values.size())))];
}

std::string number(double value) {
    char text[40];
    std::snprintf(text, sizeof text, value >= 1000 ? "%.0f" : value >= 10 ? "%.1f" : "%.3g", value);
    return text;
}

std::string times(double value) { return number(value) + " x"; }

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto of = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return of(usage.ru_utime) + of(usage.ru_stime);
}

double peak_mebibytes() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

bool open_journal(Context& context, const std::string& path, bool fresh, Journal& into) {
    std::filesystem::create_directories(path);
    if (fresh && !journal::make_site_key(path + "/site.key", context.world.disk, context.world.random)) return false;
    auto key = journal::read_site_key(path + "/site.key", context.world.disk);
    if (!key) return false;
    into.keys = std::make_unique<journal::FileKeyStore>(std::move(*key), context.world.random);
    auto store = journal::open_sqlite_store(path + "/journal.db", context.world.digester, *into.keys, journal::Mode::writer);
    if (!store) return false;
    into.store = std::move(*store);
    return true;
}

core::PlanPtr shortened(const core::PlanPtr& plan, SettingTexts in, SettingTexts out) {
    auto copy = std::make_shared<core::Plan>(*plan);
    core::SourceEnd source;
    source.name = "bench";
    source.connector = "http";
    source.settings = std::move(in);
    source.senders = {{"loopback", "courts"}};
    source.exchanges = {"court_result_in"};
    core::SinkEnd sink;
    sink.name = "bench";
    sink.connector = "http";
    sink.settings = std::move(out);
    core::Route route = plan->routes.at("court_result_police");
    route.sink = "bench";
    route.parallel_max = 4;
    copy->sources = {{"bench", source}};
    copy->sinks = {{"bench", sink}};
    copy->routes = {{route.name, route}};
    return copy;
}

}  // namespace hub::cli::measure
