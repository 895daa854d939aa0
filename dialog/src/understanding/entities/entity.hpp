// What a message names exactly: numbers of papers, dates, amounts, addresses. Places are found by
// understanding/places.hpp.
//
// These are personal data: they are handed to the flow that needs them and never logged.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace catalina::dialog {

enum class EntityKind {
  correo,                // lower case
  radicado,              // in its official form
  radicado_dudoso,       // its check digit is wrong
  referencia_catastral,  // 30, 20 or 15 digits
  nit,                   // "890480184-4"
  nit_dudoso,            // its check digit is wrong
  cedula,                // 3 to 10 digits
  cedula_extranjeria,    // 4 to 7 digits
  ppt,                   // Permiso por Protección Temporal, 5 to 10 digits
  placa,                 // "ABC123"
  direccion,             // "Carrera 5 # 32-10, Apartamento 301"
  fecha,                 // ISO, "2026-11-21"
  telefono,              // E.164, "+573001234567"
  dinero                 // Colombian pesos, "1200000"
};

// As `catalina classify` prints it.
std::string_view to_string(EntityKind kind);

struct Entity {
  EntityKind kind;
  std::string value;      // in the form its kind says above
  std::size_t begin = 0;  // bytes [begin, end) of the message
  std::size_t end = 0;

  bool operator==(const Entity&) const = default;
};

}  // namespace catalina::dialog
