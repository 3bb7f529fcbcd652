// A mapping between two small schemas, written and run in short notation:
//
//   schema    r(@id? a b:date? many* item+(@kind:K n) [left|right])     name:type, ? * + {n} occurrence, [..|..] choice
//   document  r(a=x many=1 many='2 3' item(@kind=one n=5))
//
// Types: T text of 1 to 20 characters (the default), S any text, E one of M F, K one of one two, date, int.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hub/mapping/mapping.hpp"

namespace bench {

/// An XML Schema document for the notation.
std::string xsd(const std::string& notation);

/// A document of the schema; node lines count from 1 in document order.
hub::formats::Document document(const hub::formats::Schema& schema, const std::string& notation);

/// The notation of a document.
std::string text(const hub::formats::Document& document);

class Bench {
public:
    Bench(const std::string& from, const std::string& to);

    /// Writes JSON instead, as this JSON Schema says.
    void json_target(const std::string& schema);
    /// <codes> with these <code> rows.
    void table(const std::string& name, const std::string& rows);
    /// Compiles; afterwards `mapping` or `problems` says how it went.
    void compile(const std::string& rules, const std::string& attributes = "");
    /// The outputs, joined by " ; "; or "code@line ..." when rejected. Each output is validated too.
    std::string run(const std::string& notation);
    /// Codes of the problems, in order, joined by spaces.
    std::string codes() const;
    std::string first() const;  ///< the first problem in full

    hub::formats::SchemaTexts texts{};
    hub::mapping::CodeTables tables{};
    hub::Problems problems{};
    std::shared_ptr<const hub::mapping::Mapping> mapping{};
    hub::mapping::Given given{};
    std::vector<hub::formats::Document> out{};
    std::vector<hub::mapping::Rejection> rejections{};

private:
    std::string from_root_, to_root_, to_path_ = "to.xsd", to_format_ = "xml";
};

/// Compiles the rules between two schemas and gives the problem codes.
std::string codes_of(const std::string& from, const std::string& to, const std::string& rules);

}  // namespace bench
