// What is wrong with a pattern that does not compile, for the editor who wrote it.
#pragma once

#include <string>

namespace re2 {
class RE2;
}

namespace catalina::dialog {

// "en el carácter 12 de «…»: se abre un paréntesis que no se cierra". `broken` is not ok().
std::string what_is_wrong_with(const re2::RE2& broken);

}  // namespace catalina::dialog
