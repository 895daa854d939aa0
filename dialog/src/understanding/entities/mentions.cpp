#include "understanding/entities/mentions.hpp"

#include <algorithm>

namespace catalina::dialog {

std::string_view to_string(EntityKind kind) {
  switch (kind) {
    case EntityKind::correo:
      return "correo";
    case EntityKind::radicado:
      return "radicado";
    case EntityKind::radicado_dudoso:
      return "radicado_dudoso";
    case EntityKind::referencia_catastral:
      return "referencia_catastral";
    case EntityKind::nit:
      return "nit";
    case EntityKind::nit_dudoso:
      return "nit_dudoso";
    case EntityKind::cedula:
      return "cedula";
    case EntityKind::cedula_extranjeria:
      return "cedula_extranjeria";
    case EntityKind::ppt:
      return "ppt";
    case EntityKind::placa:
      return "placa";
    case EntityKind::direccion:
      return "direccion";
    case EntityKind::fecha:
      return "fecha";
    case EntityKind::telefono:
      return "telefono";
    case EntityKind::dinero:
      return "dinero";
  }
  return "";
}

void Mentions::add(EntityKind kind, std::string value, std::size_t begin, std::size_t end) {
  if (found_.size() == most) return;
  const bool taken = std::any_of(found_.begin(), found_.end(), [&](const Entity& other) {
    return begin < other.end && other.begin < end;
  });
  if (!taken) found_.push_back({kind, std::move(value), begin, end});
}

std::vector<Entity> Mentions::take() && {
  std::sort(found_.begin(), found_.end(),
            [](const Entity& a, const Entity& b) { return a.begin < b.begin; });
  for (Entity& entity : found_) {
    entity.begin = plain_.offsets[entity.begin];
    entity.end = plain_.offsets[entity.end];
  }
  return std::move(found_);
}

}  // namespace catalina::dialog
