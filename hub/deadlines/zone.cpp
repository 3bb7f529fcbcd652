#include "hub/deadlines/zone.hpp"
