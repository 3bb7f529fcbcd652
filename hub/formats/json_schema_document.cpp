// Reads schema documents into values with lines, and finds what a reference points to. Nothing is fetched.
#include "hub/formats/json_schema_document.hpp"

#include <charconv>

#include "hub/formats/text.hpp"

namespace hub::formats {
namespace {

constexpr std::size_t schema_bytes_max = 4 << 20;
constexpr std::size_t schema_nesting_max = 64;

/// Builds the value tree out of the parser's events.
class TreeMaker final : public JsonHandler {
public:
    explicit TreeMaker(JsonValue& root) : root_(root) {}

    bool open(JsonKind kind, JsonPlace place) override {
        open_.push_back(add({kind, static_cast<int>(place.line), {}, {}, {}}));
        return true;
    }
    bool close() override {
        open_.pop_back();
        return true;
    }
    bool key(std::string_view name, JsonPlace place) override {
        key_ = name;
        if (open_.back()->member(name) == nullptr) return true;
        duplicate_line = static_cast<int>(place.line);
        return false;
    }
    bool value(JsonKind kind, std::string_view text, JsonPlace place) override {
        add({kind, static_cast<int>(place.line), std::string(text), {}, {}});
        return true;
    }

    int duplicate_line = 0;
    const std::string& last_key() const { return key_; }

private:
    JsonValue* add(JsonValue value) {
        if (open_.empty()) return &(root_ = std::move(value));
        JsonValue& above = *open_.back();
        if (above.kind == JsonKind::array) return &above.items.emplace_back(std::move(value));
        return &above.members.emplace_back(key_, std::move(value)).second;
    }

    JsonValue& root_;
    std::vector<JsonValue*> open_{};  ///< stable: only the last of a vector is ever open
    std::string key_{};
};

/// "a/b/c.json" and "../d.json" make "a/d.json". Empty when it leads out of the schemas folder.
std::string beside(const std::string& file, std::string_view reference) {
    std::vector<std::string> steps;
    const auto folder = file.rfind('/') == std::string::npos ? std::string() : file.substr(0, file.rfind('/'));
    std::string path = folder + "/" + std::string(reference);
    for (std::size_t at = 0; at <= path.size();) {
        const auto end = std::min(path.find('/', at), path.size());
        const auto step = path.substr(at, end - at);
        at = end + 1;
        if (step == "..") {
            if (steps.empty()) return {};
            steps.pop_back();
        } else if (!step.empty() && step != ".") {
            steps.push_back(step);
        }
    }
    std::string joined = file.starts_with('/') ? "/" : "";
    for (const auto& step : steps) joined += (joined.empty() || joined == "/" ? "" : "/") + step;
    return joined;
}

/// A step of a JSON pointer in a URI fragment: %20, then ~1 and ~0.
std::string pointer_step(std::string_view raw) {
    std::string step;
    for (std::size_t at = 0; at < raw.size(); ++at) {
        unsigned byte = 0;
        const char* digits = raw.data() + at + 1;
        if (raw[at] == '%' && at + 2 < raw.size() && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2) {
            step += static_cast<char>(byte);
            at += 2;
        } else if (raw[at] == '~' && at + 1 < raw.size()) {
            step += raw[++at] == '1' ? '/' : '~';
        } else {
            step += raw[at];
        }
    }
    return step;
}

const JsonValue* point(const JsonValue* at, std::string_view pointer) {
    while (at != nullptr && !pointer.empty()) {
        if (pointer.front() != '/') return nullptr;  // "#name": an anchor
        const auto end = std::min(pointer.find('/', 1), pointer.size());
        at = at->member(pointer_step(pointer.substr(1, end - 1)));
        pointer.remove_prefix(end);
    }
    return at;
}

}  // namespace

const JsonValue* JsonValue::member(std::string_view name) const {
    for (const auto& [key, value] : members)
        if (key == name) return &value;
    return nullptr;
}

void JsonSchemaDocuments::problem(const JsonLocated& at, std::string code, std::string what, std::string cure) {
    problems_.push_back({at.file, at.value == nullptr ? 0 : at.value->line, 0, std::move(code), std::move(what), std::move(cure)});
}

JsonLocated JsonSchemaDocuments::load(const std::string& path, const JsonLocated& wanted_by) {
    const auto known = read_.find(path);
    if (known != read_.end()) return {known->second.get(), path};
    auto& root = read_[path];
    const auto text = texts_.find(path);
    if (text == texts_.end()) {
        problem(wanted_by, "TG-F123", "no schema document is named '" + path + "'");
        return {nullptr, path};
    }
    const auto refuse = [&](int line, int column, std::string what) {
        problems_.push_back({path, line, column, "TG-F120", std::move(what), {}});
        return JsonLocated{nullptr, path};
    };
    if (text->second.size() > schema_bytes_max)
        return refuse(0, 0, "the schema document is larger than schema_bytes_max = " + std::to_string(schema_bytes_max));
    auto value = std::make_unique<JsonValue>();
    TreeMaker maker(*value);
    const auto body = std::string_view(text->second).substr(byte_order_mark(text->second));
    if (const auto fault = parse_json(body, schema_nesting_max, maker))
        return refuse(static_cast<int>(fault->place.line), static_cast<int>(fault->place.column), fault->what);
    if (maker.duplicate_line > 0)
        return refuse(maker.duplicate_line, 0, "member '" + maker.last_key() + "' comes twice in one object");
    root = std::move(value);
    return {root.get(), path};
}

JsonLocated JsonSchemaDocuments::follow(const JsonLocated& from, const JsonValue& reference) {
    const JsonLocated place{&reference, from.file};
    const std::string_view text = reference.text;
    const auto hash = std::min(text.find('#'), text.size());
    const auto document = text.substr(0, hash);
    JsonLocated target{nullptr, from.file};
    const std::string path = document.empty() ? from.file : beside(from.file, document);
    if (path.empty() || document.find(':') != std::string_view::npos) {
        problem(place, "TG-F123", "$ref '" + reference.text + "' leads out of the schemas folder",
                "refer to another document by its relative path; nothing is fetched");
        return target;
    }
    target = load(path, place);
    if (target.value == nullptr) return target;
    target.value = point(target.value, text.substr(std::min(hash + 1, text.size())));
    if (target.value == nullptr) problem(place, "TG-F123", "$ref '" + reference.text + "' points to nothing");
    return target;
}

}  // namespace hub::formats
