// What no schema can check of plazos.json: that its terms agree with each other and with the law,
// and that its days exist.
#pragma once

#include "report.hpp"

namespace catalina::catalog {

void check_legal_terms(Report& report);

}  // namespace catalina::catalog
