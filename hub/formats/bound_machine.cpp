// Decimal numbers of any length against a bound, digit by digit from the left.
#include "hub/formats/machines.hpp"

namespace hub::formats {

namespace {

class BoundMachine : public Machine {
public:
    BoundMachine(const std::string& bound, bool below, bool inclusive)
        : Machine(5), text_(bound), below_(below), inclusive_(inclusive), bound_(parse_decimal(text_).value_or(Decimal{})) {}

    void start(State* at) const override { std::fill(at, at + 5, 0); }

    void step(State* at, char32_t character) const override {
        if (character == '-' || character == '+') at[negative] = character == '-' ? 1 : 0;
        else if (character == '.') point(at);
        else if (character >= '0' && character <= '9') digit(at, static_cast<char>(character));
    }
    Verdict ends(const State* at) const override {
        const int order = this->order(at);
        return order == 0 ? (inclusive_ ? Verdict::yes : Verdict::no) : (order < 0) == below_ ? Verdict::yes : Verdict::no;
    }
    void tell(Alphabet& alphabet) const override { alphabet.add_each("+-.0123456789"); }

private:
    enum Part { negative, fraction, count, compared, nonzero };  ///< of the state
    enum Compared { equal, smaller, greater };

    void digit(State* at, char digit) const {
        if (digit != '0') at[nonzero] = 1;
        const bool in_fraction = at[fraction] != 0;
        const std::string_view other = in_fraction ? bound_.fraction : bound_.whole;
        if (!in_fraction && digit == '0' && at[count] == 0) return;  // a leading zero
        const char against = at[count] < other.size() ? other[at[count]] : '0';
        if (at[compared] == equal && (in_fraction || at[count] < other.size()))
            at[compared] = digit == against ? equal : digit < against ? smaller : greater;
        at[count] = std::min(at[count] + 1, static_cast<State>(other.size()) + (in_fraction ? 0 : 1));
    }
    void settle_whole(State* at) const {
        if (at[count] != bound_.whole.size()) at[compared] = at[count] < bound_.whole.size() ? smaller : greater;
    }
    void point(State* at) const {
        settle_whole(at);
        at[fraction] = 1;
        at[count] = 0;
    }
    /// Below 0, 0 or above 0, as the text's number is to the bound.
    int order(const State* at) const {
        State copy[5];
        std::copy(at, at + 5, copy);
        if (copy[fraction] == 0) point(copy);
        const bool minus = copy[negative] != 0 && copy[nonzero] != 0;
        if (minus != bound_.negative) return minus ? -1 : 1;
        if (copy[compared] == equal && copy[count] < bound_.fraction.size()) copy[compared] = smaller;
        const int size = copy[compared] == equal ? 0 : copy[compared] == smaller ? -1 : 1;
        return minus ? -size : size;
    }

    const std::string text_;
    const bool below_, inclusive_;
    const Decimal bound_;
};

}  // namespace

Machines bound_machine(const std::string& bound, bool below, bool inclusive) { return std::make_unique<BoundMachine>(bound, below, inclusive); }

}  // namespace hub::formats
