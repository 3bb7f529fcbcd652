// RFC 4180 text, row by row: quotes, doubled quotes, commas and line ends within quotes, CRLF or LF.
// Knows nothing of schemas and headers. Private to hub/formats.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hub::formats {

struct CsvRow {
    enum class Kind : std::uint8_t { cells, faulty, end } kind = Kind::end;
    std::uint32_t line = 1;  ///< where the row starts, or where the fault is
    std::size_t width = 0;   ///< cells in the row, also those beyond the ones kept
    std::string fault{};
    std::vector<std::string> cells{};
    std::vector<std::uint32_t> lines{};  ///< where each cell starts
};

class CsvReader {
public:
    /// At most `cells_kept` cells of a row are kept, whatever its width.
    CsvReader(std::string_view text, std::size_t cells_kept) : text_(text), cells_kept_(cells_kept) {}

    /// Reads the next row; empty lines are passed over. After a faulty row it goes on with the next line, after an
    /// unclosed quote with the end. `row` is used again to keep its memory.
    void next(CsvRow& row);

private:
    void cell(CsvRow& row);
    void quoted(CsvRow& row, std::string& into);
    void plain(CsvRow& row, std::string& into);
    bool line_end();
    void fault(CsvRow& row, std::uint32_t line, std::string what);

    std::string_view text_;
    const std::size_t cells_kept_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    std::string beyond_{};  ///< takes the cells that are not kept
};

}  // namespace hub::formats
