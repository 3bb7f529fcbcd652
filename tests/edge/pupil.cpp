// The other side in tests of hub/edge: `edge_pupil SOCKET` is a proper edge, `edge_pupil MISCHIEF SOCKET` a hostile one.
#include <sys/socket.h>
#include <unistd.h>

#include <string>

#include "hub/cli/system.hpp"
#include "hub/edge/edge.hpp"
#include "tests/edge/pupil_ends.hpp"

namespace {

void put(int socket, const std::string& bytes) {
    if (::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) ::_exit(0);
}

/// A strict binary call of `name`; arguments follow as raw bytes.
std::string call(const std::string& name, const std::string& arguments) {
    using namespace std::string_literals;
    const std::string message = "\x80\x01\x00\x01"s + "\0\0\0"s + static_cast<char>(name.size()) + name + "\0\0\0\1"s + arguments;
    return "\0\0"s + static_cast<char>(message.size() >> 8) + static_cast<char>(message.size() & 0xff) + message;
}

const std::string& hello() {
    using namespace std::string_literals;
    static const std::string greeting = call("hello", "\x0c\0\1\0\0"s);  // field 1, an empty struct, end
    return greeting;
}

int mischief(const std::string& kind, int socket, hub::Net& net, const std::string& path) {
    using namespace std::string_literals;
    if (kind == "length_bomb") put(socket, "\x7f\xff\xff\xff"s);
    if (kind == "string_bomb") put(socket, call("hello", "\x0c\0\1\x0b\0\1\x7f\xff\xff\xff"s));
    if (kind == "list_bomb") put(socket, hello() + call("report", "\x0f\0\1\x0c\x7f\xff\xff\xff"s));
    if (kind == "depth_bomb") {
        std::string nested = "\x0c\0\1"s;  // the greeting's struct, then unknown structs within structs
        for (int depth = 0; depth < 1'000; ++depth) nested += "\x0c\0\x63"s;
        put(socket, call("hello", nested));
    }
    if (kind == "nonsense") put(socket, "\0\0\0\x08GET / HT"s);
    if (kind == "no_hello") put(socket, call("take", "\0"s));
    if (kind == "wrong_role") put(socket, hello() + call("take", "\0"s));
    if (kind == "many_connections")
        for (int each = 0; each < 10; ++each) (void)net.connect_unix(path);
    if (kind == "half_a_frame") put(socket, "\0\0\1\0abc"s);
    if (kind == "silent_after_hello" || kind == "says_open_then_silent") put(socket, hello());
    if (kind == "says_open_then_silent") put(socket, call("ready", "\x0c\0\1\x02\0\1\1\0\0"s));
    ::pause();
    return 0;
}

}  // namespace

int main(int count, char** words) {
    hub::cli::SystemClock clock;
    hub::cli::SystemRandom random;
    hub::cli::SystemDisk disk;
    hub::cli::UnixNet net;
    hub::cli::ThreadScheduler scheduler;
    if (count == 2) return hub::edge::run_edge({pupil::connector()}, words[1], {clock, random, disk, net, scheduler});
    if (count != 3) return 1;
    const auto socket = net.connect_unix(words[2]);
    return socket ? mischief(words[1], *socket, net, words[2]) : 1;
}
