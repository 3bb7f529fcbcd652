#include "hub/deadlines/calendar.hpp"
