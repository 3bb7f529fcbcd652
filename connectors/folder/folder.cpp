// See folder.hpp.
#include "connectors/folder/folder.hpp"

#include "connectors/folder/sink.hpp"
#include "connectors/folder/source.hpp"

namespace connectors::folder {

hub::Connector connector() {
    hub::Connector entry;
    entry.name = "folder";
    entry.summary = "Takes the files that are dropped into a folder, and puts records as files into a folder.";
    entry.check_source = check_source;
    entry.check_sink = check_sink;
    entry.make_source = make_source;
    entry.make_sink = make_sink;
    entry.source_settings = hub::settings::manual<SourceSettings>();
    entry.sink_settings = hub::settings::manual<SinkSettings>();
    return entry;
}

}  // namespace connectors::folder
