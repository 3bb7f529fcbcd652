// What an edge process gives up before it speaks its protocol: to start programs and processes, to look into or signal others'
// memory, to change mounts, namespaces, the kernel or the machine. What it gave up it cannot take back, and its threads share it.
//
// Not here: limits on memory, CPU time and open files (process.hpp). Which files it may open is left to the rights of the hub's user.
#pragma once

#include "hub/api/error.hpp"

namespace hub::edge {

/// For the calling thread and all that it starts; call it before any other. Forbidden calls then fail with EPERM.
Status confine();

}  // namespace hub::edge
