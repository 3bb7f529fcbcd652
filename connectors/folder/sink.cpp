// See sink.hpp.
#include "connectors/folder/sink.hpp"

#include "connectors/folder/names.hpp"
#include "connectors/folder/shelf.hpp"
#include "connectors/folder/source.hpp"

namespace connectors::folder {
namespace {

class FolderSink : public hub::Sink {
public:
    FolderSink(SinkSettings settings, hub::ConnectorContext context)
        : settings_(std::move(settings)), context_(std::move(context)), for_group_(settings_.readable_by == "group") {}

    hub::Status open() override {
        auto root = Shelf::open(under(context_.site_folder, settings_.folder));
        if (!root) return root.error();
        auto unfinished = root->inner(".unfinished");
        if (!unfinished) return unfinished.error();
        root_ = std::move(*root);
        unfinished_ = std::move(*unfinished);
        return hub::Done{};
    }

    hub::Result<hub::Handed> send(const hub::Outgoing& outgoing) override {
        if (!root_.is_open()) return hub::Error{hub::Remedy::reconnect, "the folder is not open", settings_.folder, "", "TG-D004"};
        if (settings_.sub_folder == "none") return put(outgoing, root_, "");
        const std::string name = harmless(outgoing.recipient);
        const auto own = root_.inner(name, for_group_ ? S_IRWXU | S_IRGRP | S_IXGRP : S_IRWXU);
        if (!own) return own.error();
        return put(outgoing, *own, name + "/");
    }

    /// The name holds the delivery key: a receiver that looks at it knows a repeat.
    hub::Repeats repeats() const override { return hub::Repeats::key; }

private:
    hub::Result<hub::Handed> put(const hub::Outgoing& outgoing, const Shelf& place, const std::string& prefix) {
        const std::string name = filled_in(settings_.file_name, outgoing);
        const std::string unfinished = hub::to_text(outgoing.key);
        unfinished_.remove(unfinished);  // of an attempt that a crash cut short
        const mode_t mode = for_group_ ? S_IRUSR | S_IWUSR | S_IRGRP : S_IRUSR | S_IWUSR;
        if (const auto written = unfinished_.write(unfinished, outgoing.body, mode); !written) return written.error();
        const auto moved = unfinished_.move(unfinished, place, name);
        if (!moved) {
            unfinished_.remove(unfinished);
            if (moved.error().code != code_exists) return moved.error();
            if (const auto same = is_there_already(outgoing, place, name); !same) return same.error();
        }
        if (const auto synced = place.sync(); !synced) return synced.error();
        return hub::Handed{prefix + name};
    }

    hub::Status is_there_already(const hub::Outgoing& outgoing, const Shelf& place, const std::string& name) const {
        const auto seen = place.look(name);
        const auto bytes = seen ? place.read(*seen, outgoing.body.size()) : hub::Result<std::string>(std::string{});
        if (bytes && *bytes == outgoing.body) return hub::Done{};
        if (!bytes && bytes.error().remedy != hub::Remedy::reject) return bytes.error();
        return hub::Error{hub::Remedy::reject, "a file of this name with other bytes is there already", place.path() + "/" + name,
                          "move it away, then retry the item", "file_exists"};
    }

    // Constant after construction.
    const SinkSettings settings_;
    const hub::ConnectorContext context_;
    const bool for_group_;

    Shelf root_, unfinished_;
};

}  // namespace

hub::Problems check_sink(const hub::SettingTexts& texts, const hub::SettingText& place) {
    SinkSettings settings;
    hub::Problems problems = hub::settings::read(texts, place, settings);
    if (const std::string wrong = wrong_with(settings.file_name); !wrong.empty()) {
        hub::Problem problem{place.file, place.line, 0, "TG-D007", "setting 'file_name': " + wrong, "write for example {key}.{extension}"};
        for (const hub::SettingText& each : texts)
            if (each.name == "file_name") problem.line = each.line;
        problems.push_back(std::move(problem));
    }
    return problems;
}

hub::Result<std::unique_ptr<hub::Sink>> make_sink(const hub::SettingTexts& texts, const hub::ConnectorContext& context) {
    const hub::Problems problems = check_sink(texts, {});
    if (!problems.empty()) return hub::Error{hub::Remedy::stop, to_text(problems.front()), context.name, "", "TG-D006"};
    SinkSettings settings;
    hub::settings::read(texts, {}, settings);
    return std::unique_ptr<hub::Sink>(std::make_unique<FolderSink>(std::move(settings), context));
}

}  // namespace connectors::folder
