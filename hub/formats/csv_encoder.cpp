// Tree to CSV: a header line, columns in the schema's order, CRLF, quotes where they are needed, formulas neutralised
// as csv_table.hpp says.
#include "hub/formats/codecs.hpp"
#include "hub/formats/csv_table.hpp"

namespace hub::formats {
namespace {

void append_cell(std::string& into, std::string_view text, bool neutralised) {
    const bool marked = neutralised && looks_like_formula(text);
    const bool padded = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    if (!padded && text.find_first_of(",\"\r\n") == std::string_view::npos) {
        into.append(marked ? "'" : "").append(text);
        return;
    }
    into += marked ? "\"'" : "\"";
    for (const char c : text) into.append(c == '"' ? 2 : 1, c);
    into += '"';
}

void append_row(std::string& into, const Document& document, NodeId row, const CsvTable& table) {
    const std::size_t start = into.size();
    for (const DeclId column : table.columns) {
        if (column != table.columns.front()) into += ',';
        const NodeId cell = document.child(row, column);
        if (cell != no_node) append_cell(into, document.text(cell), is_neutralised(*document.schema()[column].type));
    }
    if (into.size() == start) into += "\"\"";  // the one cell is empty: an empty line would be no row at all
    into += "\r\n";
}

}  // namespace

void encode_csv(const Document& document, std::string& into, Style) {
    const CsvTable table = csv_table(document.schema());
    if (!table.fault.empty() || document.empty()) return;
    for (const DeclId column : table.columns) {
        if (column != table.columns.front()) into += ',';
        append_cell(into, document.schema()[column].name, false);
    }
    into += "\r\n";
    for (NodeId row = document.child(document.root(), table.row); row != no_node; row = document.next_same(row))
        append_row(into, document, row, table);
}

}  // namespace hub::formats
