// The check digit of the NIT, the tax number of Colombia.
#pragma once

#include <string_view>

namespace catalina::dialog {

// Of 1 to 15 decimal digits, as DIAN defines it in its Orden Administrativa 4 de 1989: each digit,
// from the right, times 3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71; the sum modulo 11
// is the digit itself if it is 0 or 1, else 11 less it is.
// https://es.wikipedia.org/wiki/Número_de_Identificación_Tributaria
char nit_check_digit(std::string_view digits);

}  // namespace catalina::dialog
