#include "emulator/send_check.hpp"
#include "support/catch.hpp"

using namespace catalina;
using namespace catalina::emulator;
using nlohmann::json;

namespace {

const Time now = parse_utc("2026-11-21T14:30:00Z");

const json water_cut{
    {"name", "corte_agua"},
    {"language", "es_CO"},
    {"category", "UTILITY"},
    {"components",
     {{{"type", "HEADER"}, {"format", "TEXT"}, {"text", "Aviso para {{1}}"}},
      {{"type", "BODY"}, {"text", "El {{1}} no habrá agua en {{2}}. Disculpa."}},
      {{"type", "FOOTER"}, {"text", "Alcaldía"}},
      {{"type", "BUTTONS"},
       {"buttons",
        {{{"type", "QUICK_REPLY"}, {"text", "Entendido"}},
         {{"type", "URL"}, {"text", "Ver mapa"}, {"url", "https://example.com/{{1}}"}}}}}}}};

json texts(std::initializer_list<const char*> values) {
  json parameters = json::array();
  for (const char* value : values) parameters.push_back({{"type", "text"}, {"text", value}});
  return parameters;
}

json filled() {
  return {{{"type", "header"}, {"parameters", texts({"Manga"})}},
          {{"type", "body"}, {"parameters", texts({"lunes", "Manga"})}},
          {{"type", "button"},
           {"sub_type", "quick_reply"},
           {"index", "0"},
           {"parameters", {{{"type", "payload"}, {"payload", "ok:1"}}}}},
          {{"type", "button"}, {"sub_type", "url"}, {"index", 1}, {"parameters", texts({"88"})}}};
}

struct City {
  City() {
    account.phones.add({.name = "Yarlenis", .bsuid = "CO.123"});
    account.templates.put(read_template(water_cut));
  }

  Verdict check(const json& components, const std::string& language = "es_CO") {
    json body{{"messaging_product", "whatsapp"},
              {"to", "+573005550101"},
              {"type", "template"},
              {"template", {{"name", "corte_agua"}, {"language", {{"code", language}}}}}};
    if (!components.is_null()) body["template"]["components"] = components;
    return check_send(body, account, now);
  }
  int code(const json& components, const std::string& language = "es_CO") {
    const Verdict verdict = check(components, language);
    const auto* error = std::get_if<GraphError>(&verdict);
    return error != nullptr ? error->code : 0;
  }

  Account account;
};

}  // namespace

TEST_CASE("a filled template reads as the citizen sees it") {
  City city;
  const Verdict verdict = city.check(filled());
  REQUIRE(std::holds_alternative<CheckedSend>(verdict));
  const auto& send = std::get<CheckedSend>(verdict);
  CHECK(send.category == "utility");
  const json& shown = send.content["template"];
  CHECK(shown["header"] == "Aviso para Manga");
  CHECK(shown["body"] == "El lunes no habrá agua en Manga. Disculpa.");
  CHECK(shown["buttons"][0]["payload"] == "ok:1");
  CHECK(shown["buttons"][1]["url"] == "https://example.com/88");
}

TEST_CASE("a quick reply without a payload answers with its label") {
  City city;
  json components = filled();
  components.erase(2);
  const Verdict verdict = city.check(components);
  REQUIRE(std::holds_alternative<CheckedSend>(verdict));
  CHECK(std::get<CheckedSend>(verdict).content["template"]["buttons"][0]["payload"] == "Entendido");
}

TEST_CASE("a template has to exist, in that language and in a state that may be sent") {
  City city;
  CHECK(city.code(filled(), "es-CO") == 0);
  CHECK(city.code(filled(), "es") == 132001);
  const std::pair<const char*, int> states[] = {{"PENDING", 132001},  {"REJECTED", 132001},
                                                {"ARCHIVED", 132001}, {"PAUSED", 132015},
                                                {"DISABLED", 132016}, {"APPROVED", 0}};
  for (const auto& [state, code] : states) {
    INFO(state);
    REQUIRE(city.account.templates.set_status("corte_agua", "es_CO", state));
    CHECK(city.code(filled()) == code);
  }
}

TEST_CASE("every variable is filled, once and in its own way") {
  City city;
  CHECK(city.code(nullptr) == 132000);
  json components = filled();
  components[1]["parameters"] = texts({"lunes"});
  CHECK(city.code(components) == 132000);
  components[1]["parameters"] = texts({"lunes", "Manga", "de más"});
  CHECK(city.code(components) == 132000);
  components = filled();
  components[1]["parameters"][0]["parameter_name"] = "dia";
  CHECK(city.code(components) == 132012);
  components = filled();
  components.erase(3);  // the end of the URL
  CHECK(city.code(components) == 132000);
  components = filled();
  components[3]["index"] = 0;  // not a URL
  CHECK(city.code(components) == 132012);
  components = filled();
  components[3]["index"] = 7;
  CHECK(city.code(components) == 131009);
  components = filled();
  components.push_back(components[1]);
  CHECK(city.code(components) == 132012);
}

TEST_CASE("parameters are one line, and the filled body is bounded") {
  City city;
  json components = filled();
  for (const char* text : {"lunes\nmartes", "lunes\tmartes", "lunes     martes"}) {
    components[1]["parameters"][0]["text"] = text;
    CHECK(city.code(components) == 132012);
  }
  components[1]["parameters"][0]["text"] = std::string(1000, 'x');
  CHECK(city.code(components) == 132005);
}

TEST_CASE("named parameters go by their names") {
  City city;
  json registration = water_cut;
  registration["parameter_format"] = "NAMED";
  registration["components"] = {{{"type", "BODY"}, {"text", "No habrá agua en {{barrio}}."}}};
  city.account.templates.put(read_template(registration));
  json body{{"type", "body"}, {"parameters", texts({"Manga"})}};
  CHECK(city.code(json::array({body})) == 132012);
  body["parameters"][0]["parameter_name"] = "ciudad";
  CHECK(city.code(json::array({body})) == 132012);
  body["parameters"][0]["parameter_name"] = "barrio";
  CHECK(city.code(json::array({body})) == 0);
}

TEST_CASE("authentication templates refuse business-scoped user ids") {
  City city;
  city.account.templates.put(
      read_template({{"name", "codigo"},
                     {"language", "es_CO"},
                     {"category", "AUTHENTICATION"},
                     {"components", {{{"type", "BODY"}, {"text", "Tu código llega ya."}}}}}));
  const json body{{"messaging_product", "whatsapp"},
                  {"recipient", "CO.123"},
                  {"type", "template"},
                  {"template", {{"name", "codigo"}, {"language", {{"code", "es_CO"}}}}}};
  CHECK(std::get<GraphError>(check_send(body, city.account, now)).code == 131062);
}

TEST_CASE("a registration that is no template is refused with a reason") {
  for (const json& wrong : {json::object(), json("x"), json{{"name", "a"}}})
    CHECK_THROWS_AS(read_template(wrong), std::invalid_argument);
  json no_body = water_cut;
  no_body["components"].erase(1);
  CHECK_THROWS_AS(read_template(no_body), std::invalid_argument);
}
