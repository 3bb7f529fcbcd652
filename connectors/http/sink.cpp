// See sink.hpp.
#include "connectors/http/sink.hpp"

#include <algorithm>

#include "connectors/http/answers.hpp"
#include "connectors/http/door.hpp"
#include "hub/net/http_client.hpp"

namespace connectors::http {
namespace {

constexpr std::size_t authorization_bytes_max = 4'096;

TlsChoice tls_of(const SinkSettings& s) {
    return {s.transport, {s.certificate_file, s.key_file, s.authority_file, s.revocation_file, s.tls_minimum == "1.2"}};
}

hub::net::HttpClientLimits limits_of(const SinkSettings& s) {
    hub::net::HttpClientLimits limits;
    limits.connect_timeout = std::chrono::milliseconds(s.connect_timeout_ms);
    limits.send_timeout = std::chrono::milliseconds(s.send_timeout_ms);
    limits.answer_timeout = std::chrono::milliseconds(s.answer_timeout_ms);
    limits.response_bytes_max = static_cast<std::size_t>(s.answer_bytes_max);
    return limits;
}

/// A header's value must stay on its line.
bool is_one_line(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

class HttpSink : public hub::Sink {
public:
    HttpSink(SinkSettings settings, hub::ConnectorContext context)
        : settings_(std::move(settings)), context_(std::move(context)),
          how_{settings_.receipt_header, settings_.conflict == "delivered"} {}

    hub::Status open() override {
        auto url = hub::net::parse_url(settings_.url);
        if (!url) return url.error();
        target_ = url->target;
        auto tls = load_tls(tls_of(settings_), hub::net::TlsRole::client, context_);
        if (!tls) return tls.error();
        auto client = hub::net::HttpClient::make(std::move(*url), std::move(*tls), limits_of(settings_), context_.clock);
        if (!client) return client.error();
        if (const auto read = read_authorization(); !read) return read.error();
        client_ = std::move(*client);
        return client_->connect();
    }

    hub::Result<hub::Handed> send(const hub::Outgoing& outgoing) override {
        if (!client_) return hub::Error{hub::Remedy::reconnect, "the sink is not open", settings_.url, "", "TG-H002"};
        const auto answer = client_->exchange(request_for(outgoing));
        if (!answer) return answer.error();
        auto handed = understood(*answer, how_);
        if (!handed) handed.error().where = settings_.url;
        return handed;
    }

    hub::Repeats repeats() const override { return settings_.repeats == "key" ? hub::Repeats::key : hub::Repeats::none; }

private:
    /// A secret stays out of the site, whose files the journal keeps with every plan.
    hub::Status read_authorization() {
        if (settings_.authorization_file.empty()) return hub::Done{};
        const std::string path = under(context_.site_folder, settings_.authorization_file);
        auto text = context_.disk.read_secret(path, authorization_bytes_max);
        if (!text) return text.error();
        while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
        if (text->empty() || !is_one_line(*text))
            return hub::Error{hub::Remedy::stop, "the file must hold one line of ASCII characters", path, "write the header's value into it", "TG-H004"};
        authorization_ = std::move(*text);
        return hub::Done{};
    }

    hub::net::HttpRequest request_for(const hub::Outgoing& outgoing) const {
        hub::net::HttpRequest request;
        request.method = "POST";
        request.target = target_;
        request.headers = {{"Content-Type", outgoing.media_type},
                           {"Idempotency-Key", "\"" + hub::to_text(outgoing.key) + "\""},
                           {"Record-Type", outgoing.record_type}};
        if (!authorization_.empty()) request.headers.push_back({"Authorization", authorization_});
        request.body = outgoing.body;
        return request;
    }

    // Constant after construction.
    const SinkSettings settings_;
    const hub::ConnectorContext context_;
    const Understanding how_;

    std::string target_, authorization_;
    std::unique_ptr<hub::net::HttpClient> client_;
};

}  // namespace

hub::Problems check_sink(const hub::SettingTexts& texts, const hub::SettingText& place) {
    SinkSettings settings;
    hub::Problems problems = hub::settings::read(texts, place, settings);
    check_tls(tls_of(settings), texts, place, problems);
    if (settings.url.empty()) return problems;
    const auto url = hub::net::parse_url(settings.url);
    if (!url) {
        problems.push_back(problem_with("url", texts, place, url.error().what, url.error().cure));
    } else if (url->tls != (settings.transport == "tls")) {
        problems.push_back(problem_with("url", texts, place, "the scheme and the transport do not go together",
                                        "https:// goes with tls, http:// with plain_loopback"));
    } else if (!url->tls && !is_loopback(url->address)) {
        problems.push_back(problem_with("url", texts, place, "without TLS only a loopback address may be sent to",
                                        "set transport to tls and use https://"));
    }
    return problems;
}

hub::Result<std::unique_ptr<hub::Sink>> make_sink(const hub::SettingTexts& texts, const hub::ConnectorContext& context) {
    const hub::Problems problems = check_sink(texts, {});
    if (!problems.empty()) return hub::Error{hub::Remedy::stop, to_text(problems.front()), context.name, "", "TG-H003"};
    SinkSettings settings;
    hub::settings::read(texts, {}, settings);
    return std::unique_ptr<hub::Sink>(std::make_unique<HttpSink>(std::move(settings), context));
}

}  // namespace connectors::http
