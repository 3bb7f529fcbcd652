#include "connectors/zeromq/gate.hpp"

#include <utility>
#include <vector>

namespace connectors::zeromq {
namespace {

constexpr std::size_t question_parts = 7;  // version, id, domain, address, routing id, mechanism, key

std::vector<std::string> read_question(zmq::socket_t& questions) {
    std::vector<std::string> parts;
    zmq::message_t part;
    do {
        if (!questions.recv(part)) return {};
        parts.push_back(part.to_string());
    } while (part.more());
    return parts;
}

}  // namespace

Gate::Gate(Clients clients) : clients_(std::move(clients)) {
    if (clients_.empty()) return;
    zmq::socket_t questions(context_, zmq::socket_type::rep);
    questions.set(zmq::sockopt::linger, 0);
    questions.bind("inproc://zeromq.zap.01");
    thread_ = std::jthread([this, socket = std::move(questions)]() mutable { answer_all(std::move(socket)); });
}

Gate::~Gate() {
    context_.shutdown();  // wakes the thread, whose socket must be closed before the context ends
}

void Gate::answer_all(zmq::socket_t questions) const {
    try {
        for (;;) {
            const std::vector<std::string> question = read_question(questions);
            const bool is_curve = question.size() == question_parts && question[2] == zap_domain && question[5] == "CURVE";
            const auto found = is_curve ? clients_.find(question[6]) : clients_.end();
            const bool known = found != clients_.end();
            const std::vector<std::string> answer{"1.0", question.size() > 1 ? question[1] : "", known ? "200" : "400",
                                                  known ? "OK" : "no such key", known ? found->second : "", ""};
            for (std::size_t part = 0; part < answer.size(); ++part)
                questions.send(zmq::buffer(answer[part]), part + 1 < answer.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
        }
    } catch (const zmq::error_t&) {  // the context ends
    }
}

}  // namespace connectors::zeromq
