// A message's fate as an HTTP answer, and a partner's HTTP answer as a record's fate. Pure.
#pragma once

#include "hub/api/record.hpp"
#include "hub/net/http_message.hpp"

namespace connectors::http {

/// 202 accepted, 200 duplicate, 409 conflict and 422 invalid (both parked), 4xx refused, 503 busy; RFC 9457 problems.
hub::net::HttpResponse answer_to(const hub::Settlement& settlement, int retry_after_s);

struct Understanding {
    std::string receipt_header{};
    bool conflict_is_delivered = false;
};
/// What a partner's answer says. Evidence is its receipt header, else the status and the hash of its body.
hub::Result<hub::Handed> understood(const hub::net::HttpResponse& answer, const Understanding& how);

constexpr std::size_t errors_max = 100;  ///< of one problem answer
constexpr std::size_t receipt_bytes_max = 512;

}  // namespace connectors::http
