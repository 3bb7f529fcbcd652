// The composition root: the only place where the engine and the connectors meet. Reads like the parts list of the product.
#include "connectors/catalog.hpp"
#include "connectors/manual.hpp"
#include "hub/cli/command_line.hpp"

int main(int argc, char** argv) {
    return hub::cli::run(argc, argv, {.catalogue = connectors::catalog(), .check_manuals = connectors::check_manuals});
}
