// The grammar of paths: characters to steps. What the steps mean is in path_resolver.cpp.
#include "hub/mapping/limits.hpp"
#include "hub/mapping/paths.hpp"

namespace hub::mapping {

namespace {

bool is_name_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_' ||
           byte == '-' || byte == '.' || static_cast<unsigned char>(byte) >= 0x80;
}

class Taker {
public:
    Taker(std::string_view& text, std::string& why) : text_(text), why_(why) {}

    std::optional<PathText> path() {
        PathText path;
        path.absolute = take("/");
        do {
            if (path.steps.size() == path_steps_max) return fail("path_steps_max = " + std::to_string(path_steps_max) + " is exceeded");
            if (!path.steps.empty() && path.steps.back().attribute) return fail("nothing can follow an attribute");
            PathStep step;
            if (!take_step(step)) return std::nullopt;
            if (!step.name.empty()) path.steps.push_back(std::move(step));
            else if (path.absolute) return fail("'.' cannot stand in a path that starts with '/'");
        } while (take("/"));
        return path;
    }

private:
    bool take(std::string_view token) {
        if (text_.substr(0, token.size()) != token) return false;
        text_.remove_prefix(token.size());
        return true;
    }
    std::nullopt_t fail(std::string why) {
        if (why_.empty()) why_ = std::move(why);
        return std::nullopt;
    }

    std::string name() {
        std::size_t size = 0;
        while (size < text_.size() && is_name_byte(text_[size])) ++size;
        const std::string name(text_.substr(0, size));
        text_.remove_prefix(size);
        return name;
    }
    bool qualified(bool& attribute, std::string& prefix, std::string& local) {
        attribute = take("@");
        local = name();
        if (!local.empty() && take(":")) {
            prefix = std::move(local);
            local = name();
        }
        if (local.empty()) fail("a name is missing");
        return !local.empty();
    }

    bool take_step(PathStep& step) {
        if (!text_.empty() && text_[0] == '.' && (text_.size() == 1 || !is_name_byte(text_[1]))) return take(".");
        if (!qualified(step.attribute, step.prefix, step.name)) return false;
        if (step.name == "..") return fail("'..' is not part of the language: use a path that starts with '/'"), false;
        while (take("["))
            if (!predicate(step)) return false;
        return true;
    }

    bool predicate(PathStep& step) {
        if (step.pick != Pick::all) return fail("nothing can follow a position"), false;
        if (take("last()]")) {
            step.pick = Pick::last;
            return true;
        }
        if (!text_.empty() && text_[0] >= '0' && text_[0] <= '9') return position(step);
        return filter(step);
    }
    bool filter(PathStep& step) {
        if (step.filters.size() == filters_max) return fail("filters_max = " + std::to_string(filters_max) + " is exceeded"), false;
        FilterText& filter = step.filters.emplace_back();
        do {
            if (filter.path.size() == path_steps_max) return fail("path_steps_max = " + std::to_string(path_steps_max) + " is exceeded"), false;
            if (!filter.path.empty() && filter.path.back().attribute) return fail("nothing can follow an attribute"), false;
            StepName& name = filter.path.emplace_back();
            if (!qualified(name.attribute, name.prefix, name.name)) return false;
        } while (take("/"));
        if (take("]")) return true;
        if (!take("=")) return fail("a predicate is [3], [last()], [a/b='x'], [@name='x'] or [a/b]"), false;
        const char quote = text_.empty() ? '\0' : text_[0];
        const auto end = quote == '\'' || quote == '"' ? text_.find(quote, 1) : std::string_view::npos;
        if (end == std::string_view::npos) return fail("a predicate's value stands in quotes"), false;
        filter.value = std::string(text_.substr(1, end - 1));
        text_.remove_prefix(end + 1);
        return closed();
    }
    bool position(PathStep& step) {
        step.pick = Pick::position;
        while (!text_.empty() && text_[0] >= '0' && text_[0] <= '9' && step.position < 100'000'000) {
            step.position = step.position * 10 + static_cast<std::uint32_t>(text_[0] - '0');
            text_.remove_prefix(1);
        }
        if (step.position == 0) return fail("positions count from 1"), false;
        return closed();
    }
    bool closed() { return take("]") || (fail("']' is missing"), false); }

    std::string_view& text_;
    std::string& why_;
};

}  // namespace

std::optional<PathText> take_path(std::string_view& text, std::string& why) { return Taker(text, why).path(); }

std::optional<PathText> parse_path(std::string_view text, std::string& why) {
    auto path = take_path(text, why);
    if (path && !text.empty()) {
        why = "'" + std::string(text) + "' cannot follow a path";
        return std::nullopt;
    }
    return path;
}

}  // namespace hub::mapping
