// The only list of rigs, written by hand like the catalogue.
#include "tests/conformance/rig.hpp"

namespace conformance {

Rig folder_rig();
Rig http_rig();
Rig template_rig();
Rig thrift_rig();
Rig zeromq_rig();

std::vector<Rig> rigs() {
    return {
        folder_rig(),
        http_rig(),
        template_rig(),
        thrift_rig(),
        zeromq_rig(),
    };
}

}  // namespace conformance
