#include "hub/deadlines/civil.hpp"
