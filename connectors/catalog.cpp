// The only list of connectors, written by hand. Two lines add one: its include and its entry; CMake reads the includes.
#include "connectors/catalog.hpp"

#include "connectors/folder/folder.hpp"
#include "connectors/http/http.hpp"
#include "connectors/template/template.hpp"
#include "connectors/thrift/thrift.hpp"
#include "connectors/zeromq/zeromq.hpp"

namespace connectors {

std::vector<hub::Connector> catalog() {
    return {
        folder::connector(),
        http::connector(),
        template_::connector(),
        thrift::connector(),
        zeromq::connector(),
    };
}

}  // namespace connectors
