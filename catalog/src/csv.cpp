#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "catalog/exchange.hpp"
#include "in_words.hpp"
#include "kind.hpp"

namespace catalina::catalog {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view row_end = "\r\n";

using Row = std::vector<std::pair<std::string, std::string>>;  // column and cell, in field order

Row row_of(const ordered_json& tramite) {
  Row row;
  for (const auto& [name, value] : tramite.items()) {
    if (!value.is_object()) {
      row.emplace_back(name, in_words(value));
      continue;
    }
    for (const auto& [inner, member] : value.items())
      row.emplace_back(std::string(name).append(".").append(inner), in_words(member));
  }
  return row;
}

// The cell of RFC 4180, harmless to spreadsheets: they run what begins with one of these signs.
std::string cell(const std::string& text) {
  constexpr std::string_view formula_signs = "=+-@\t\r";
  const bool formula = !text.empty() && formula_signs.find(text.front()) != std::string_view::npos;
  std::string quoted = formula ? "\"'" : "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

}  // namespace

std::string to_csv(const Files& files) {
  std::vector<Row> rows;
  std::vector<std::string> columns;
  for (const File& file : files) {
    if (kind_of(file.path) != "tramite") continue;
    rows.push_back(row_of(ordered_json::parse(file.text)));
    for (const auto& [column, text] : rows.back())
      if (std::find(columns.begin(), columns.end(), column) == columns.end())
        columns.push_back(column);
  }

  std::string csv(byte_order_mark);
  const auto add_row = [&](auto text_of) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      csv.append(i == 0 ? "" : ",").append(cell(text_of(columns[i])));
    csv += row_end;
  };
  add_row([](const std::string& column) { return column; });
  for (const Row& row : rows)
    add_row([&](const std::string& column) {
      const auto found = std::find_if(row.begin(), row.end(),
                                      [&](const auto& field) { return field.first == column; });
      return found == row.end() ? std::string() : found->second;
    });
  return csv;
}

}  // namespace catalina::catalog
