// An edge that knows this connector only.
#include "connectors/zeromq/zeromq.hpp"
#include "hub/cli/system.hpp"
#include "hub/edge/edge.hpp"

int main(int count, char** words) {
    if (count != 2) return 1;
    hub::cli::SystemClock clock;
    hub::cli::SystemRandom random;
    hub::cli::SystemDisk disk;
    hub::cli::UnixNet net;
    hub::cli::ThreadScheduler scheduler;
    return hub::edge::run_edge({connectors::zeromq::connector()}, words[1], {clock, random, disk, net, scheduler});
}
