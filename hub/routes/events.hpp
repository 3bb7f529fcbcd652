// What the engine tells its operator's log. Quiet when healthy: info is a start or a stop, warning is unexpected but
// nothing is lost and nobody is needed, error means that somebody must act. Never a body, an identifier or a secret.
//
// Not here: where the lines go and how they look (the composition root passes an implementation).
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace hub::routes {

enum class Level { info, warning, error };

struct Field {
    std::string_view name{};
    std::string value{};
};

/// Called from any thread of the engine, also from several at once.
class Events {
public:
    virtual ~Events() = default;
    virtual void say(Level level, std::string_view what, std::initializer_list<Field> fields) = 0;
};

}  // namespace hub::routes
