// An evaluation for people at a terminal.
#pragma once

#include <iosfwd>

#include "trainer/evaluation.hpp"

namespace nunchi::trainer {

void print(std::ostream& out, const Evaluation& evaluation);

void print(std::ostream& out, const Comparison& comparison);

}  // namespace nunchi::trainer
