// The command line: every command, its arguments and its help, declared once.
#pragma once

#include "hub/cli/world.hpp"

namespace hub::cli {

/// Runs the command that the arguments name; the result is the process's exit status: 0 good, 2 problems found or refused,
/// 1 internal fault.
int run(int argc, char** argv, Product product);

}  // namespace hub::cli
