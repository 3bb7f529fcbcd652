#include "hub/deadlines/facts.hpp"
