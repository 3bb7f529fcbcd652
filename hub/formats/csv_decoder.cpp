// A headed CSV file to the tree: columns by the names in the header, in any order; a row node for each line.
//
// What the header names and the schema does not is withheld, and counted for each row that has a value there.
#include <algorithm>

#include "hub/formats/codecs.hpp"
#include "hub/formats/codes.hpp"
#include "hub/formats/csv_reader.hpp"
#include "hub/formats/csv_table.hpp"
#include "hub/formats/facets.hpp"
#include "hub/formats/findings.hpp"
#include "hub/formats/text.hpp"

namespace hub::formats {
namespace {

class Run {
public:
    Run(const Schema& schema, const CsvTable& table, const Limits& limits, Findings& findings, Document& into)
        : schema_(schema), table_(table), limits_(limits), findings_(findings), into_(into), row_path_(schema.path_of(table.row)) {}

    void whole(std::string_view text) {
        CsvReader reader(text, csv_columns_max + 1);
        CsvRow row;
        reader.next(row);
        if (!header(row)) return;
        const NodeId root = into_.add(no_node, schema_.root(), {}, row.line);
        for (reader.next(row); row.kind != CsvRow::Kind::end && !findings_.full(); reader.next(row))
            if (!data(row, root)) return;
    }

private:
    bool header(const CsvRow& row);
    void column(const std::string& name, std::uint32_t line);
    bool data(const CsvRow& row, NodeId root);
    bool cell(std::size_t at, const CsvRow& row, NodeId node);

    const Schema& schema_;
    const CsvTable& table_;
    const Limits& limits_;
    Findings& findings_;
    Document& into_;
    const std::string row_path_;
    std::vector<std::string> names_{};
    std::vector<DeclId> columns_{};     ///< by position in the file; no_decl: withheld
    std::vector<std::size_t> order_{};  ///< positions in the file, in the schema's order, withheld ones last
    std::string scratch_{};
};

bool Run::header(const CsvRow& row) {
    if (row.kind == CsvRow::Kind::faulty) findings_.add(row.line, 0, code::csv_quote, row.fault, "quote cells as RFC 4180 says");
    if (row.kind == CsvRow::Kind::end)
        findings_.add(1, 0, code::csv_header, "the header line is missing", "name the columns in the first line");
    if (row.kind == CsvRow::Kind::cells && row.width > csv_columns_max)
        findings_.over(row.line, code::columns, "csv_columns_max", csv_columns_max);
    if (!findings_.none()) return false;
    for (std::size_t at = 0; at < row.cells.size(); ++at) column(row.cells[at], row.lines[at]);
    for (const DeclId wanted : table_.columns)
        if (schema_[wanted].occurs_min > 0 && std::find(columns_.begin(), columns_.end(), wanted) == columns_.end())
            findings_.add(row.line, 0, code::csv_header, "column '" + schema_[wanted].name + "' is missing", "add the column");
    for (std::size_t at = 0; at < columns_.size(); ++at) order_.push_back(at);
    // Declarations are numbered in the schema's order, and no_decl comes behind them all.
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return columns_[a] < columns_[b]; });
    return findings_.none();
}

void Run::column(const std::string& name, std::uint32_t line) {
    const auto place = "column " + std::to_string(columns_.size() + 1);
    if (name.size() > limits_.name_bytes_max) return findings_.over(line, code::name_bytes, "name_bytes_max", limits_.name_bytes_max);
    if (name.empty() || name.find_first_of("\t\r\n") != std::string::npos)
        findings_.add(line, 0, code::csv_header, place + (name.empty() ? " has no name" : " has a name of several lines"),
                      "name each column in one line");
    if (std::find(names_.begin(), names_.end(), name) != names_.end())
        findings_.add(line, 0, code::csv_header, place + " has the name of an earlier one", "name each column once");
    const auto known = std::find_if(table_.columns.begin(), table_.columns.end(),
                                    [&](DeclId each) { return schema_[each].name == name; });
    names_.push_back(name);
    columns_.push_back(known == table_.columns.end() ? no_decl : *known);
}

/// Whether to go on with the next row.
bool Run::data(const CsvRow& row, NodeId root) {
    if (row.kind == CsvRow::Kind::faulty) {
        findings_.add(row.line, 0, code::csv_quote, row.fault, "quote cells as RFC 4180 says");
        return true;
    }
    if (row.width != columns_.size()) {
        findings_.add(row.line, 0, code::csv_ragged,
                      "the row has " + std::to_string(row.width) + " cells where the header names " + std::to_string(columns_.size()),
                      "give each row one cell for each column");
        return true;
    }
    if (into_.size() + row.width + 1 > limits_.nodes_max) {
        findings_.over(row.line, code::nodes, "nodes_max", limits_.nodes_max);
        return false;
    }
    const NodeId node = into_.add(root, table_.row, {}, row.line);
    for (const std::size_t at : order_)
        if (!row.cells[at].empty() && !cell(at, row, node)) return false;
    return true;
}

bool Run::cell(std::size_t at, const CsvRow& row, NodeId node) {
    std::string_view text = row.cells[at];
    if (text.size() > limits_.text_bytes_max) {
        findings_.over(row.lines[at], code::text_bytes, "text_bytes_max", limits_.text_bytes_max);
        return false;
    }
    if (columns_[at] == no_decl) {
        findings_.withheld(row_path_, names_[at]);
        return true;
    }
    const SimpleType& type = *schema_[columns_[at]].type;
    if (text.front() == '\'' && is_neutralised(type) && looks_like_formula(text)) text.remove_prefix(1);
    text = apply_whitespace(type, text, scratch_);
    if (!text.empty()) into_.add(node, columns_[at], text, row.lines[at]);
    return true;
}

class CsvDecoder final : public Decoder {
public:
    CsvDecoder(const Schema& schema, const Limits& limits) : schema_(schema), limits_(limits), table_(csv_table(schema)) {}

    Decoded decode(std::string_view bytes, std::string_view name, Document& into) override {
        Decoded decoded;
        Findings findings(name, limits_, decoded);
        into.clear(&schema_);
        bytes.remove_prefix(byte_order_mark(bytes));
        if (!table_.fault.empty()) {
            findings.add(0, 0, code::csv_shape, "the schema describes no table: " + table_.fault, "correct the schema");
        } else if (bytes.size() > limits_.bytes_max) {
            findings.over(0, code::bytes, "bytes_max", limits_.bytes_max);
        } else if (const auto fault = why_not_text(bytes)) {
            const auto lines = std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(fault->offset), '\n');
            findings.add(static_cast<std::uint32_t>(lines + 1), 0, code::characters, fault->what, "send UTF-8 text");
        } else {
            Run(schema_, table_, limits_, findings, into).whole(bytes);
            if (!into.empty()) findings.validated(into);
        }
        return decoded;
    }

private:
    const Schema& schema_;
    const Limits limits_;
    const CsvTable table_;
};

}  // namespace

std::unique_ptr<Decoder> make_csv_decoder(const Schema& schema, const Limits& limits) {
    return std::make_unique<CsvDecoder>(schema, limits);
}

}  // namespace hub::formats
