#include "hub/api/sink.hpp"

namespace hub {

Result<std::optional<Handed>> Sink::ask(const DeliveryKey&) {
    return Error{.remedy = Remedy::reject, .what = "this receiver cannot be asked about a delivery", .code = "cannot_ask"};
}

}  // namespace hub
