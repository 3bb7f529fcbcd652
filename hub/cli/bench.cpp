// throughgate bench: the performance suite.
#include "hub/cli/commands.hpp"

namespace hub::cli {
int bench(World&, const BenchRequest&) { return exit_good; }
}  // namespace hub::cli
