// Simple types as machines: each facet one machine or expression, side by side.
#include "hub/formats/facets.hpp"
#include "hub/formats/machines.hpp"

namespace hub::formats {

namespace {

constexpr const char* zone = "(Z|[+\\-](0[0-9]|1[0-3]):[0-5][0-9]|[+\\-]14:00)";
constexpr const char* year = "-?([1-9][0-9]{3,8}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])";
/// Years divisible by 4 whose last two digits are not 00, and those divisible by 400.
constexpr const char* leap_year =
    "-?(([0-9]{2}|[1-9][0-9]{2,6})(0[48]|[2468][048]|[13579][26])|((0[48]|[2468][048]|[13579][26])|[1-9][0-9]{0,4}([02468][048]|[13579][26]))00)";
constexpr const char* time_of_day = "(([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?|24:00:00(\\.0+)?)";
constexpr const char* whole_number = "[+\\-]?[0-9]+";
constexpr const char* number = "[+\\-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)";
constexpr const char* json_number = "-?(0|[1-9][0-9]*)(\\.[0-9]+)?";  // as the decoder leaves it, exponents written out
constexpr const char* symbol = "[A-Za-z0-9+/]";

std::string date() {
    return std::string("(") + year + "-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|" +
           leap_year + "-02-29)";
}

std::string duration() {
    const std::string seconds = "[0-9]+(\\.[0-9]+)?S";
    const std::string days = "([0-9]+Y([0-9]+M)?([0-9]+D)?|[0-9]+M([0-9]+D)?|[0-9]+D)";
    const std::string hours = "T([0-9]+H([0-9]+M)?(" + seconds + ")?|[0-9]+M(" + seconds + ")?|" + seconds + ")";
    return "-?P(" + days + "(" + hours + ")?|" + hours + ")";
}

std::string base64() {
    const std::string one = std::string(" *") + symbol;
    return "((" + one + "){4})*((" + one + "){2} *[AEIMQUYcgkosw048] *= *|" + one + " *[AQgw] *= *= *)? *";
}

/// An XML Schema regular expression for the base; empty for any text, and where none can be written.
std::string expression_of(const SimpleType& type) {
    const std::string zoned = type.optional_zone ? std::string(zone) + "?" : "";
    switch (type.base) {
        case Lexical::boolean: return "true|false|1|0";
        case Lexical::decimal: return number;
        case Lexical::integer: return whole_number;
        case Lexical::floating: return std::string("INF|-INF|NaN|") + number + "([eE]" + whole_number + ")?";
        case Lexical::date: return date() + zoned;
        case Lexical::time: return time_of_day + zoned;
        case Lexical::date_time: return date() + "T" + time_of_day + zoned;
        case Lexical::duration: return duration();
        case Lexical::g_year: return year + zoned;
        case Lexical::g_year_month: return std::string(year) + "-(0[1-9]|1[0-2])" + zoned;
        case Lexical::base64: return base64();
        case Lexical::hex: return "([0-9a-fA-F]{2})*";
        case Lexical::string:
        case Lexical::any_uri: break;
    }
    return {};
}

std::string format_expression(const std::string& format) {
    const std::string hex = "[0-9a-fA-F]", clock = "([01][0-9]|2[0-3])[^a-z]*";
    if (format == "date") return ".{10}";
    if (format == "date-time") return "[^T]{10}T" + clock + zone;
    if (format == "time") return clock + zone;
    if (format == "uuid") return hex + "{8}-" + hex + "{4}-" + hex + "{4}-" + hex + "{4}-" + hex + "{12}";
    if (format == "email")
        return "[^\\t\\n\\r ()<>\\[\\]:;@\\\\,\"]+@[A-Za-z0-9][A-Za-z0-9\\-]*(\\.[A-Za-z0-9\\-]+)*";
    return {};
}

/// Numbers with so many digits at most, signs, leading zeros and trailing ones not counted.
std::string digits_expression(std::uint32_t total) {
    std::string all;
    for (std::uint32_t whole = 0; whole <= total; ++whole) {
        all += std::string(all.empty() ? "" : "|") + "[+\\-]?0*";
        if (whole > 0) all += "[1-9][0-9]{" + std::to_string(whole - 1) + "}";
        all += "(\\.[0-9]{0," + std::to_string(total - whole) + "}0*)?";
    }
    return all;
}

bool is_number(const SimpleType& type) { return type.base == Lexical::decimal || type.base == Lexical::integer; }

class TypeMachine {
public:
    TypeMachine(Expressions& expressions, const SimpleType& type, Side side, const SimpleType* given) : all_(expressions), type_(type), side_(side), given_(given) {}

    Machines values() {
        if (type_.list_item != nullptr) list();
        else if (!type_.members.empty()) members();
        else if (type_.base != Lexical::any_uri && type_.base != Lexical::string) expression(expression_of(type_));
        else if (type_.base == Lexical::any_uri && (given_ == nullptr || given_->base != Lexical::any_uri)) unknown("%:#[");
        enumeration();
        lengths();
        digits();
        bounds();
        patterns();
        format();
        return all_of(std::move(parts_));
    }

    Machines whole() {
        Machines machine = values();
        // Members of a union have whitespace rules of their own.
        const Whitespace rule = type_.list_item != nullptr ? Whitespace::collapse : !type_.members.empty() ? Whitespace::preserve : type_.whitespace;
        if (side_ == Side::target) return normalising_machine(rule, std::move(machine));
        std::vector<Machines> both;
        both.push_back(std::move(machine));
        if (rule == Whitespace::replace) both.push_back(read("[^\\t\\n\\r]*"));
        if (rule == Whitespace::collapse) both.push_back(read("(\\S+( \\S+)*)?"));
        if (side_ == Side::json_number) both.push_back(read(json_number));
        return all_of(std::move(both));
    }

private:
    Machines read(const std::string& pattern) {
        const auto id = all_.parse(pattern);
        return id ? expression_machine(all_, *id) : unknown_machine({});
    }
    void expression(const std::string& pattern) { parts_.push_back(read(pattern)); }
    void unknown(const char* sample) { parts_.push_back(unknown_machine(sample)); }

    void list() {
        Machines item = TypeMachine(all_, *type_.list_item, side_, nullptr).values();
        parts_.push_back(list_machine(std::move(item), type_.length_min.value_or(0), type_.length_max.value_or(unbounded)));
    }
    void members() {
        std::vector<Machines> members;
        for (const SimpleType* each : type_.members) members.push_back(TypeMachine(all_, *each, Side::target, nullptr).whole());
        parts_.push_back(any_of(std::move(members)));
        // Facets of the union itself look at what the member's whitespace rule leaves.
        if (!type_.patterns.empty() || !type_.enumeration.empty()) unknown("");
    }

    void enumeration() {
        if (type_.enumeration.empty()) return;
        constexpr std::size_t numbers_max = 100;
        const bool texts = type_.base == Lexical::string || type_.list_item != nullptr;
        if (texts) return parts_.push_back(literals_machine(type_.enumeration));
        std::vector<Machines> options;
        for (const auto& each : type_.enumeration) {
            if (type_.base == Lexical::boolean) {
                options.push_back(read(each == "true" || each == "1" ? "true|1" : "false|0"));
            } else if (is_number(type_) && options.size() < numbers_max) {
                std::vector<Machines> both;
                both.push_back(bound_machine(each, true, true));
                both.push_back(bound_machine(each, false, true));
                options.push_back(all_of(std::move(both)));
            } else if (given_ == nullptr || given_->enumeration != type_.enumeration || given_->base != type_.base) {
                return unknown("");
            } else {
                return;
            }
        }
        parts_.push_back(any_of(std::move(options)));
    }

    void lengths() {
        if (type_.list_item != nullptr || (!type_.length_min && !type_.length_max)) return;
        const std::uint32_t min = type_.length_min.value_or(0), max = type_.length_max.value_or(unbounded);
        if (type_.base == Lexical::base64) {
            const bool same = given_ != nullptr && given_->base == type_.base && given_->length_min == type_.length_min && given_->length_max == type_.length_max;
            if (!same) unknown("");
        } else if (type_.base == Lexical::hex) {
            const std::uint32_t most = max > unbounded / 2 - 1 ? unbounded : 2 * max;
            parts_.push_back(length_machine(min > unbounded / 2 - 1 ? unbounded - 1 : 2 * min, most, false));
        } else {
            parts_.push_back(length_machine(min, max, false));
        }
    }

    void digits() {
        constexpr std::uint32_t digits_max = 40;  // the expression grows with the square
        if (!is_number(type_)) return;
        if (type_.fraction_digits) {
            if (*type_.fraction_digits > digits_max) unknown("");
            else expression("[+\\-]?[0-9]*(\\.[0-9]{0," + std::to_string(*type_.fraction_digits) + "}0*)?");
        }
        if (!type_.total_digits) return;
        if (*type_.total_digits > digits_max) unknown("");
        else expression(digits_expression(*type_.total_digits));
    }

    void bounds() {
        bound(&SimpleType::min_inclusive, false, true);
        bound(&SimpleType::min_exclusive, false, false);
        bound(&SimpleType::max_inclusive, true, true);
        bound(&SimpleType::max_exclusive, true, false);
    }
    void bound(std::optional<std::string> SimpleType::*facet, bool below, bool inclusive) {
        const auto& value = type_.*facet;
        if (!value) return;
        if (is_number(type_) && parse_decimal(*value)) return parts_.push_back(bound_machine(*value, below, inclusive));
        if (given_ == nullptr || !within_bounds(*given_, type_)) unknown("");
    }

    void patterns() {
        for (const auto& step : type_.patterns) {
            std::vector<Machines> options;
            for (const auto& each : step) {
                const auto id = all_.parse_foreign(each);
                options.push_back(id ? expression_machine(all_, *id) : unknown_machine("aA0 -"));
            }
            parts_.push_back(any_of(std::move(options)));
        }
        const std::size_t bytes_max = matched_bytes_max(type_);
        // Counting far takes many states; a source that is taken to allow more is on the safe side.
        constexpr std::size_t counted_in_sources_max = 1'000;
        if (bytes_max != SIZE_MAX && (side_ == Side::target || bytes_max <= counted_in_sources_max)) parts_.push_back(length_machine(0, static_cast<std::uint32_t>(bytes_max), true));
    }

    void format() {
        if (type_.format.empty() || (given_ != nullptr && given_->format == type_.format)) return;
        const std::string pattern = format_expression(type_.format);
        if (pattern.empty()) unknown("%:#/");
        else expression(pattern);
    }

    Expressions& all_;
    const SimpleType& type_;
    const Side side_;
    const SimpleType* given_;
    std::vector<Machines> parts_{};
};

}  // namespace

MachineMaker::MachineMaker(LibraryReading& library) : expressions_(std::make_unique<Expressions>(library)) {}
MachineMaker::~MachineMaker() = default;

Machines MachineMaker::of(const SimpleType& type, Side side, const SimpleType* given) {
    if (side == Side::source && !type.members.empty()) {
        // The decoder applied the whitespace rule of the member that fits.
        std::vector<Machines> members;
        for (const SimpleType* each : type.members) members.push_back(of(*each, side));
        std::vector<Machines> both;
        both.push_back(any_of(std::move(members)));
        both.push_back(TypeMachine(*expressions_, type, Side::target, nullptr).whole());
        return all_of(std::move(both));
    }
    return TypeMachine(*expressions_, type, side, given).whole();
}

Machines MachineMaker::of(const std::string& pattern) {
    const auto id = expressions_->parse(pattern);
    return id ? expression_machine(*expressions_, *id) : unknown_machine({});
}

std::string MachineMaker::form_of(const SimpleType& type) {
    const std::string base = type.list_item != nullptr || !type.members.empty() ? "" : expression_of(type);
    if (!base.empty()) return base;
    if (!type.patterns.empty()) {
        std::string form;
        for (const auto& each : type.patterns.front()) {
            if (!expressions_->parse_foreign(each)) return "[\\s\\S]+";
            form += (form.empty() ? "" : "|") + each;
        }
        return form;
    }
    if (!type.length_max || type.list_item != nullptr) return "[\\s\\S]+";
    return "[\\s\\S]{" + std::to_string(std::max(1U, type.length_min.value_or(1))) + "," + std::to_string(*type.length_max) + "}";
}

bool MachineMaker::full() const { return expressions_->full(); }

}  // namespace hub::formats
