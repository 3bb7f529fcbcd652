// What the hub's words are in schemas/wire/hub.thrift, and what a partner's answers mean to the hub. Pure.
#pragma once

#include <wire/hub_types.h>

#include <string>

#include "hub/api/record.hpp"

namespace connectors::thrift {

constexpr std::size_t message_id_bytes_max = 255;
constexpr std::size_t exchange_bytes_max = 64;
constexpr std::size_t problems_max = 100;      // told in one answer
constexpr std::size_t told_bytes_max = 500;    // kept of one text of a partner

hub::wire::Receipt to_wire(const hub::Settlement& settlement);
hub::wire::Refusal refusal(hub::wire::Remedy::type remedy, const std::string& reason, const std::string& code);

/// Empty when a submission may go to the hub; otherwise why not, naming the field.
std::string fault_of(const hub::wire::Submission& submission, std::size_t body_bytes_max);

/// Delivered, or what the hub should do. An outcome outside the enumeration leaves the fate unknown.
hub::Result<hub::Handed> understood(const hub::wire::Receipt& receipt);
hub::Error error_from(const hub::wire::Refusal& refusal);

}  // namespace connectors::thrift
