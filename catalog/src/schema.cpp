#include "schema.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "expectation.hpp"

namespace catalina::catalog {
namespace {

using nlohmann::json;
using valijson::adapters::NlohmannJsonAdapter;

// valijson names a place as {"<root>", "[pasos]", "[2]"}.
json::json_pointer pointer_of(const std::vector<std::string>& context) {
  json::json_pointer pointer;
  for (std::size_t i = 1; i < context.size(); ++i)
    pointer.push_back(context[i].substr(1, context[i].size() - 2));
  return pointer;
}

// Whether one of the sorted `pointers` lies below `ancestor`.
bool any_below(const std::vector<std::string>& pointers, const std::string& ancestor) {
  const std::string prefix = ancestor + "/";
  const auto next = std::lower_bound(pointers.begin(), pointers.end(), prefix);
  return next != pointers.end() && next->starts_with(prefix);
}

}  // namespace

struct Schema::Compiled {
  valijson::Schema schema;
  valijson::Validator validator;
};

Schema::Schema(json schema) : schema_(std::move(schema)), compiled_(std::make_unique<Compiled>()) {
  if (!schema_.is_object()) throw std::runtime_error("a JSON Schema is an object");
  valijson::SchemaParser().populateSchema(NlohmannJsonAdapter(schema_), compiled_->schema);
}

Schema::~Schema() = default;

std::vector<Violation> Schema::check(const json& value) {
  // Once without a report: it is much faster, and nearly always the only pass.
  if (compiled_->validator.validate(compiled_->schema, NlohmannJsonAdapter(value), nullptr))
    return {};
  valijson::ValidationResults results;
  compiled_->validator.validate(compiled_->schema, NlohmannJsonAdapter(value), &results);

  // valijson reports a broken value and then every container around it. Explaining the schema's
  // own rules at each place leaves nothing to say about those containers; a place of which nothing
  // can be told is kept only when no deeper one stands for it.
  std::vector<std::string> places;
  for (const auto& error : results) places.push_back(pointer_of(error.context).to_string());
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());

  std::vector<Violation> violations;
  for (const std::string& name : places) {
    const json::json_pointer place(name);
    const json* node = schema_at(schema_, value, place);
    auto told = node ? explain(*node, value.at(place), place) : std::vector<Violation>();
    if (told.empty() && !any_below(places, name)) told.push_back({place, described(node)});
    std::move(told.begin(), told.end(), std::back_inserter(violations));
  }
  return violations;
}

}  // namespace catalina::catalog
