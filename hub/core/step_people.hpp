// Whom a record is about, and what it adds to what is known about that person.
//
// Exact identifiers only; nobody is merged here. What two people's identifiers point at goes to a person to decide.
#pragma once

#include <string>

#include "hub/core/step_work.hpp"

namespace hub::core {

struct Resolved {
    PersonId person{};      ///< zero: not known
    bool fresh = false;     ///< to be created
    std::string reason{};   ///< "person_ambiguous" or "no_person"; empty when the person is known
};
/// `creating` is the record's entry, `index` the child's: together they name a person made for it.
Resolved resolve(Work& work, const Prepared& prepared, std::uint32_t index, const EntryId& creating);

/// "person_full:facts" and the like when the person's row has no room for the child; empty when it has.
std::string no_room(Work& work, const PersonId& person, const Child& child);

/// Which identifiers a person gets: all of them, or (when an operator names the person) those that nobody has yet.
enum class Claim { all, unheld };

/// What a record changed in what is known about its person.
struct Learnt {
    bool consents = false, facts = false;
};
/// Adds identifiers, facts and consents; the clocks that read a changed fact are marked.
Learnt learn(Work& work, const PersonId& person, const Child& child, const RecordId& record, Claim claim, bool make);

/// What the item's delivery says of its person, by this entry. Whether anything changed.
bool learn_of_delivery(Work& work, const Item& item);

/// The latest word on a consent. Whether it changed anything.
bool set_consent(Person& person, const std::string& kind, bool given);

}  // namespace hub::core
