// Random valid documents of a schema, and a record of what of the schema they have shown so far.
//
// The same schema, examples, seed and number of calls give the same document. Some documents are lean, some full, some much
// like an example, most lie between; some have a value from the edge of its type everywhere, most here and there. What has not occurred yet is preferred,
// so that after enough documents every declaration, branch of a choice, number of occurrences, enumeration value and edge
// value has been there at least once: owed() says what has not.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/proof/values.hpp"

namespace proof {

inline constexpr std::uint32_t repeats_max = 3;       ///< of what the schema does not limit, or limits above `counted_max`
inline constexpr std::uint32_t counted_max = 50;      ///< the largest limit on occurrences that documents reach
inline constexpr std::size_t nodes_wanted_max = 800;  ///< a document that has grown beyond gets only what it needs

class Documents {
public:
    Documents(const hub::formats::Schema& schema, std::uint64_t seed);

    /// Takes the values of a valid document as the plain ones of their fields, and makes some documents much like it.
    void learn(const hub::formats::Document& example);
    hub::formats::Document next();
    /// A valid value of the field, another than this where there is one.
    std::string another(hub::formats::DeclId decl, std::string_view than);
    /// Each in words: "/referral/housing is never there". Empty when all has been shown.
    std::vector<std::string> owed() const;
    std::size_t made() const { return number_; }

private:
    enum class Size { lean, any, full, alike };
    using Node = hub::formats::NodeId;
    using Decl = hub::formats::DeclId;
    struct Goal {
        const void* of;  ///< a declaration or a particle
        int kind;        ///< a branch's number, or one of the marks in documents.cpp
        auto operator<=>(const Goal&) const = default;
    };

    void list_goals();
    void list_goals(Decl decl, const hub::formats::Particle& particle);
    void add_goal(Decl decl, const void* of, int kind, std::string words);
    void reached(const void* of, int kind);
    bool is_owed(const void* of, int kind) const;
    void count_owed();
    std::size_t owed_below(const hub::formats::Particle& particle) const;

    /// An element being made, its size, and the node of the example that it is to be like.
    struct Place {
        Node node;
        Size size;
        Node like;
    };
    void element(Place parent, Decl decl, const std::string& only_value);
    void attributes(Place place, Decl decl);
    void content(Place place, const hub::formats::Particle& particle);
    void once(Place place, const hub::formats::Particle& particle);
    std::size_t branch(Place place, const hub::formats::Particle& choice);
    std::uint32_t times(Place place, const hub::formats::Particle& particle);
    std::uint32_t times_alike(Node like, const hub::formats::Particle& particle) const;
    void fill(Place place, Decl decl);
    bool may_be_nil(Decl decl) const;
    std::string value(Decl decl, Node like);
    const std::string* header_value(const hub::formats::Declaration& declaration) const;
    const Values& values_of_field(const hub::formats::Declaration& declaration);
    bool too_large() const { return document_.size() > nodes_wanted_max; }

    const hub::formats::Schema& schema_;
    support::Chance chance_;
    std::map<std::pair<const hub::formats::SimpleType*, hub::formats::JsonShape>, Values> values_{};
    std::vector<hub::formats::Document> examples_{};
    const hub::formats::Document* example_ = nullptr;  ///< that the present document is like
    std::map<Decl, std::vector<std::string>> learned_{};
    std::map<Decl, std::size_t> next_edge_{};
    std::map<Goal, std::string> goals_{};          ///< not reached yet, in words
    std::map<Goal, Decl> goal_of_{};
    std::vector<std::size_t> owed_{};              ///< by declaration: goals at it and below
    hub::formats::Document document_{};
    std::size_t number_ = 0;
    bool usual_separators_ = true;                 ///< of an HL7 message
    std::size_t edge_one_in_ = 0;                  ///< 0: no value from an edge
};

}  // namespace proof
