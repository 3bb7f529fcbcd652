// See http.hpp.
#include "connectors/http/http.hpp"

#include "connectors/http/sink.hpp"
#include "connectors/http/source.hpp"

namespace connectors::http {

hub::Connector connector() {
    hub::Connector entry;
    entry.name = "http";
    entry.summary = "Takes records that partners POST over HTTP/1.1 and TLS, and POSTs records to partners.";
    entry.check_source = check_source;
    entry.check_sink = check_sink;
    entry.make_source = make_source;
    entry.make_sink = make_sink;
    entry.source_settings = hub::settings::manual<SourceSettings>();
    entry.sink_settings = hub::settings::manual<SinkSettings>();
    return entry;
}

}  // namespace connectors::http
