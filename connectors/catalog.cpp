// The only list of connectors, written by hand. Two lines add one: its include and its entry; CMake reads the includes.
#include "connectors/catalog.hpp"

#include "connectors/template/template.hpp"

namespace connectors {

std::vector<hub::Connector> catalog() {
    return {
        template_::connector(),
    };
}

}  // namespace connectors
