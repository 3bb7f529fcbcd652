// One function for each command; each stands in a file of its own name. The command line (command_line.cpp) fills the
// requests; the results are exit statuses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/cli/world.hpp"

namespace hub::cli {

struct CheckRequest {
    std::string site{};
    bool explain = false;         ///< also list what every exchange writes from what
    bool write_examples = false;  ///< write what the exchanges make of their examples instead of comparing
    bool mutate = false;          ///< also change every rule in turn, and list what no example notices
    std::string only{};           ///< mutate this exchange only
    std::string against{};        ///< a file or folder with another version of schemas: list what it breaks, narrows and widens
    std::string notices{};        ///< folder for a notice to each party concerned
    bool verbose = false;         ///< also every exchange, route and dropped field
};
int check(World& world, const CheckRequest& request);

struct ServeRequest {
    std::string site{};
    std::uint32_t drain_ms = 10'000;
    std::size_t workers = 2;
};
int serve(World& world, const ServeRequest& request);

struct MapRequest {
    std::string site{}, exchange{}, file = "-";
    bool pretty = false;
    std::string field{};  ///< instead of the document: where this field of it came from
};
int map(World& world, const MapRequest& request);

struct ClocksRequest {
    std::string site{}, facts = "-";
    std::optional<std::string> as_of{};     ///< a date (the end of that London day) or an instant; without it: now
    std::optional<std::string> known_at{};  ///< likewise; without it: everything that the file says
    std::vector<std::string> rules{};   ///< only these; empty: all
    std::vector<std::string> given{};   ///< RULE:NAME=VALUE: what the site leaves open
    bool timeline = false;              ///< instead: what changed when, in virtual time
    std::optional<std::string> from{}, until{};  ///< of a timeline, as as_of; without: from the first thing told; to as_of, else to the last thing told
    bool gates = false;                 ///< instead: what the gates would find missing
};
int clocks(World& world, const ClocksRequest& request);

/// Which clocks; without a word on it, all that are open.
struct ClocksFilter {
    std::string owner{}, rule{}, region{}, state{};  ///< rule: its name or how it begins
    std::optional<int> due_within{};                 ///< days from today; what is overdue is within any number
    bool narrow() const;                             ///< some clocks only: then there are no measures
};
struct StatusRequest {
    std::string site{};
    bool items = false;   ///< list every item, closed ones too
    bool clocks = false;  ///< clocks instead of items
    ClocksFilter filter{};
};
int status(World& world, const StatusRequest& request);
int status_clocks(World& world, const OpenSite& open, const ClocksFilter& filter);

struct TraceRequest {
    std::string site{}, subject{};  ///< a receipt (entry id), a record id, a person id, an item 1042.0.2, or TYPE:VALUE of an identifier
    std::string field{};            ///< instead: where this field of the record or of the item's output came from
};
int trace(World& world, const TraceRequest& request);

struct AccountRequest {
    std::string site{};
};
int account(World& world, const AccountRequest& request);

struct ReplayRequest {
    std::string site{};
    std::size_t workers = 2;
    std::string dump{};  ///< file for the rebuilt projections' dump; empty: none
};
int replay(World& world, const ReplayRequest& request);

struct WhatifRequest {
    std::string site{}, candidate{};
    std::string as_of{};          ///< a date (the end of that London day) or an instant; empty: now
    std::string person{};         ///< only this one, by id
    std::string rule{};           ///< only clocks of this rule, or of those that begin so
    std::size_t workers = 2;
};
int whatif(World& world, const WhatifRequest& request);

struct ActRequest {
    std::string verb{}, site{}, item{}, who{}, why{};
    std::string consent{}, route{}, person{};
};
int act(World& world, const ActRequest& request);

struct SendRequest {
    std::string connector{}, file = "-", key{}, record_type{};
    std::vector<std::string> settings{};  ///< name=value
};
int send(World& world, const SendRequest& request);

struct BenchRequest {
    std::string site{};    ///< whose exchanges and samples are used
    std::string folder{};  ///< where its journals are written
    double seconds = 2.0;  ///< for each measurement
    std::size_t pending = 20'000;  ///< items that a restart finds
    std::size_t clocks = 100'000;  ///< open ones
    std::string rules{};           ///< a site whose rules are evaluated too; empty: none
    std::string only{};            ///< "clocks": nothing else; empty: everything
};
int bench(World& world, const BenchRequest& request);

struct ManualRequest {
    std::string folder{};   ///< the connectors folder whose READMEs carry the tables, "codes" or "facts"; empty: print the tables
    std::string subject{};  ///< of codes: one code, or the folder of its pages; empty: list them. Of facts: the site
    std::string file{};     ///< of facts: the file that keeps the page; empty: print it
    bool write = false;     ///< renew what stands in the folder or file
};
int manual(World& world, const ManualRequest& request);

struct EdgeRequest {
    std::string socket{};
};
int edge(World& world, const EdgeRequest& request);

}  // namespace hub::cli
