// A scanner that knows just enough of XML to find tags. What it lets through is still parsed by libxml2; what it
// refuses (DOCTYPE, processing instructions, other encodings, floods) never reaches it.
#include "hub/formats/config_scan.hpp"

#include "hub/formats/text.hpp"

namespace hub::formats {

namespace {

class Scanner {
public:
    Scanner(const std::string& path, std::string_view bytes, const Limits& limits, Problems& problems)
        : path_(path), bytes_(bytes), limits_(limits), problems_(problems) {}

    std::vector<TagPosition> run() {
        if (!acceptable()) return {};
        at_ = byte_order_mark(bytes_);
        if (bytes_.substr(at_, 6) == "<?xml ") declaration();
        while (good_ && at_ < bytes_.size()) step();
        if (!good_) tags_.clear();
        return std::move(tags_);
    }

private:
    void refuse(std::string code, std::string what, std::string cure) {
        problems_.push_back({path_, line_, static_cast<int>(at_ - line_start_) + 1, std::move(code), std::move(what),
                             std::move(cure)});
        good_ = false;
    }
    void over(std::string_view limit, std::size_t value) {
        refuse("TG-F202", std::string(limit) + " = " + std::to_string(value) + " is exceeded", "split the file");
    }

    bool acceptable() {
        if (bytes_.size() > limits_.bytes_max) over("bytes_max", limits_.bytes_max);
        if (!good_) return false;
        const auto fault = why_not_text(bytes_);
        if (fault) {
            advance_to(fault->offset);
            refuse("TG-F201", fault->what, "save the file as UTF-8");
        }
        return good_;
    }

    void advance_to(std::size_t end) {
        for (; at_ < end && at_ < bytes_.size(); ++at_) {
            if (bytes_[at_] != '\n') continue;
            ++line_;
            line_start_ = at_ + 1;
        }
    }

    /// Moves behind the next `end`, or to the end of the file: libxml2 then says what is missing.
    void skip_past(std::string_view end) {
        const auto found = bytes_.find(end, at_);
        advance_to(found == std::string_view::npos ? bytes_.size() : found + end.size());
    }

    void declaration() {
        const auto end = bytes_.find("?>", at_);
        const std::string_view text = bytes_.substr(at_, end == std::string_view::npos ? end : end - at_);
        const auto encoding = text.find("encoding");
        if (encoding != std::string_view::npos) {
            const auto open = text.find_first_of("\"'", encoding);
            const auto close = open == std::string_view::npos ? open : text.find(text[open], open + 1);
            std::string name(close == std::string_view::npos ? "" : text.substr(open + 1, close - open - 1));
            for (char& each : name) each = each >= 'a' && each <= 'z' ? static_cast<char>(each - 32) : each;
            if (name != "UTF-8" && name != "US-ASCII") refuse("TG-F201", "an encoding other than UTF-8 is declared", "save the file as UTF-8");
        }
        skip_past("?>");
    }

    void step() {
        const auto open = bytes_.find('<', at_);
        advance_to(open == std::string_view::npos ? bytes_.size() : open);
        if (at_ >= bytes_.size()) return;
        const std::string_view rest = bytes_.substr(at_);
        if (rest.substr(0, 4) == "<!--") return skip_past("-->");
        if (rest.substr(0, 9) == "<![CDATA[") return skip_past("]]>");
        if (rest.substr(0, 2) == "<!") return refuse("TG-F203", "a document type declaration is not allowed", "remove the <!DOCTYPE ...>");
        if (rest.substr(0, 2) == "<?") return refuse("TG-F203", "a processing instruction is not allowed", "remove the <?...?>");
        if (rest.substr(0, 2) == "</") {
            --depth_;
            return skip_past(">");
        }
        start_tag();
    }

    void start_tag() {
        tags_.push_back({line_, static_cast<int>(at_ - line_start_) + 1});
        if (tags_.size() > limits_.nodes_max) return over("nodes_max", limits_.nodes_max);
        std::size_t end = at_ + 1;
        char quote = 0;
        for (; end < bytes_.size() && (quote != 0 || bytes_[end] != '>'); ++end) {
            if (end - at_ > limits_.start_tag_bytes_max) return over("start_tag_bytes_max", limits_.start_tag_bytes_max);
            if (quote == 0 && (bytes_[end] == '"' || bytes_[end] == '\'')) quote = bytes_[end];
            else if (bytes_[end] == quote) quote = 0;
        }
        const bool closed = end < bytes_.size() && bytes_[end - 1] == '/';
        if (!closed && ++depth_ > static_cast<long>(limits_.depth_max)) return over("depth_max", limits_.depth_max);
        advance_to(end + 1);
    }

    const std::string& path_;
    const std::string_view bytes_;
    const Limits& limits_;
    Problems& problems_;
    std::vector<TagPosition> tags_{};
    std::size_t at_ = 0, line_start_ = 0;
    int line_ = 1;
    long depth_ = 0;
    bool good_ = true;
};

}  // namespace

std::vector<TagPosition> scan_config(const std::string& path, std::string_view bytes, const Limits& limits, Problems& problems) {
    return Scanner(path, bytes, limits, problems).run();
}

}  // namespace hub::formats
