// What the tests of the thrift connector share: certificates, ends with settings, and peers that are not ours.
#pragma once

#include <boost/test/unit_test.hpp>

#include "connectors/thrift/thrift.hpp"
#include "tests/support/answering_hub.hpp"
#include "tests/support/connector_ends.hpp"
#include "tests/support/connector_world.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrift_peers.hpp"

namespace thrift_test {

namespace wire = hub::wire;

struct World {
    support::ConnectorWorld world{};
    support::TemporaryFolder folder{};
    support::TestAuthority authority{folder.path(), "authority"};
    support::CertificateFiles ours = authority.issue({.name = "hub", .ip = "127.0.0.1"});
    support::CertificateFiles theirs = authority.issue({.name = "court", .dns = {"northvale.court.example"}, .ip = "127.0.0.1"});
    std::uint16_t port = support::free_port();
    hub::SettingTexts settings{};
    std::unique_ptr<hub::Source> source{};

    support::TlsWish wish() const { return {theirs, authority.file()}; }

    hub::SettingTexts settings_for(const std::string& setting, const std::string& address) const {
        return support::settings_of({{setting, address},
                                     {"certificate_file", "authority-hub.pem"},
                                     {"key_file", "authority-hub.key"},
                                     {"authority_file", "authority.pem"}});
    }

    void open(std::initializer_list<std::pair<std::string, std::string>> more = {}) {
        settings = settings_for("listen", "127.0.0.1:" + std::to_string(port));
        for (const auto& [name, value] : more) settings = support::with(settings, name, value);
        auto made = connectors::thrift::connector().make_source(settings, world.context("courts", folder.path()));
        BOOST_REQUIRE_MESSAGE(!!made, (made ? "" : hub::to_text(made.error())));
        source = std::move(*made);
        const auto opened = source->open();
        BOOST_REQUIRE_MESSAGE(!!opened, (opened ? "" : hub::to_text(opened.error())));
    }

    std::unique_ptr<support::TlsPeer> client() const { return support::TlsPeer::connect(port, wish()); }

    /// One call and its answer; the connection stays as it is. Throws what the answer throws.
    static wire::Receipt ask(support::TlsPeer& peer, const wire::Submission& submission) {
        peer.say(support::submit_call(submission));
        const auto frame = peer.hear_frame();
        BOOST_REQUIRE_MESSAGE(!!frame, "no answer");
        return support::submit_answer(*frame);
    }
    wire::Receipt ask(const wire::Submission& submission) const { return ask(*client(), submission); }

    /// True when an honest client is served.
    bool serves() const {
        const auto peer = client();
        if (!peer || !peer->shaken()) return false;
        peer->say(support::submit_call(support::submission_of("honest", "body")));
        const auto frame = peer->hear_frame();
        return frame && support::submit_answer(*frame).outcome == wire::Outcome::accepted;
    }
};

}  // namespace thrift_test
