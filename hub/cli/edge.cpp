// throughgate edge: one connector in a process of its own; started by the hub, never by a person.
#include "hub/edge/edge.hpp"

#include "hub/cli/commands.hpp"

namespace hub::cli {

int edge(World& world, const EdgeRequest& request) {
    return edge::run_edge(world.catalogue, request.socket, {world.clock, world.random, world.disk, world.net, world.scheduler});
}

}  // namespace hub::cli
