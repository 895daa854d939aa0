// Amounts of Colombian pesos: "$ 1.200.000", "20 mil pesos", "millón y medio", "50 lucas", "20k".
#include <algorithm>
#include <array>
#include <string_view>

#include "understanding/entities/mentions.hpp"
#include "understanding/entities/numbers.hpp"

namespace catalina::dialog {
namespace {

constexpr std::int64_t thousand = 1'000;
constexpr std::int64_t million = 1'000'000;
constexpr std::int64_t least_pesos = 50;  // the smallest coin; "no tengo un peso" is no amount
constexpr std::int64_t most_pesos = 1'000'000'000'000;
// "Dos mil veintiséis" is a year more often than an amount.
constexpr std::int64_t least_without_name = 3'000;

template <std::size_t N>
bool sounds_like_any(const Token& token, const std::array<std::string_view, N>& sounds) {
  return token.kind == Token::Kind::word &&
         std::find(sounds.begin(), sounds.end(), token.sound) != sounds.end();
}

constexpr std::array<std::string_view, 4> pesos{"peso", "pesos", "pesitos", "kop"};
constexpr std::array<std::string_view, 2> millions{"miyon", "miyones"};
constexpr std::array<std::string_view, 2> sticks{"palo", "palos"};  // a million; or a tree
constexpr std::array<std::string_view, 2> lucas{"luka", "lukas"};   // a thousand

// Before or after an amount that is money without being called so.
constexpr std::array<std::string_view, 20> money_talk{
    "bale",     "balen", "kuesta", "kuestan", "kobra", "kobran", "kobraron",
    "kobro",    "pago",  "pague",  "pagar",   "pidio", "pide",   "piden",
    "pidieron", "debo",  "deuda",  "multa",   "plata", "balor"};
constexpr std::array<std::string_view, 14> after_amount{
    "para", "por", "de", "a",    "al",      "i",         "o",
    "kada", "si",  "ke", "pero", "mensual", "mensuales", "diarios"};
constexpr std::array<std::string_view, 12> trees{"arbol",  "arboles", "mango",  "kaio",
                                                 "kaiera", "kaieron", "kayo",   "kayeron",
                                                 "podar",  "ramas",   "tumbar", "sembrar"};

struct Amount {
  std::int64_t pesos = 0;
  std::size_t next = 0;
  bool named = false;  // it can be nothing but money
};

class MoneyReader {
 public:
  explicit MoneyReader(const Tokens& tokens) : tokens_(tokens) {
    for (std::size_t i = 0; i < tokens.size(); ++i)
      talks_of_trees_ = talks_of_trees_ || sounds_like_any(tokens[i], trees);
  }

  std::optional<Amount> read(std::size_t i) const {
    const bool signed_ = tokens_.is_sign(i, '$');
    const std::size_t begin = signed_ ? i + 1 : i;
    std::optional<Amount> amount = read_amount(begin);
    if (!amount) return std::nullopt;
    if (signed_) amount->named = true;
    name(*amount);
    if (!amount->named && !is_talked_of(begin, *amount)) return std::nullopt;
    if (amount->pesos < least_pesos || amount->pesos > most_pesos) return std::nullopt;
    if (tokens_.is_continued(amount->next)) return std::nullopt;
    return amount;
  }

 private:
  // "de pesos", "pesos", "COP" behind it.
  void name(Amount& amount) const {
    const std::size_t at = amount.next + (tokens_.is_word(amount.next, "de") ? 1 : 0);
    if (!sounds_like_any(tokens_[at], pesos)) return;
    amount.next = at + 1;
    amount.named = true;
  }

  std::optional<Amount> read_amount(std::size_t i) const {
    if (is_and_a_half(i + 1) && (tokens_.is_word(i, "miyon") || tokens_.is_word(i, "palo")))
      return Amount{million * 3 / 2, i + 3, tokens_.is_word(i, "miyon")};
    if (tokens_.is_word(i, "medio") &&
        (sounds_like_any(tokens_[i + 1], millions) || is_stick(i + 1)))
      return Amount{million / 2, i + 2, true};
    if (tokens_.is_word(i, "mil")) return with_thousands(1, i + 1);
    if (const auto decimal = read_decimal_millions(i)) return decimal;
    const auto count = read_count(tokens_, i);
    const auto digits = read_digits(tokens_, i);
    if (digits && (!count || digits->next > count->next))
      return Amount{digits->value, digits->next, false};
    if (!count) return std::nullopt;
    const Token& unit = tokens_[count->next];
    if (sounds_like_any(unit, millions)) return with_millions(count->value, count->next + 1, true);
    if (is_stick(count->next)) return with_millions(count->value, count->next + 1, true);
    if (sounds_like_any(unit, lucas)) return Amount{count->value * thousand, count->next + 1, true};
    if (tokens_.is_word(count->next, "mil")) return with_thousands(count->value, count->next + 1);
    if (unit.text == "k" && !unit.after_space && tokens_.is_number(i))
      return Amount{count->value * thousand, count->next + 1, true};
    return Amount{count->value, count->next, false};
  }

  // "1,5 millones".
  std::optional<Amount> read_decimal_millions(std::size_t i) const {
    if (!tokens_.is_number(i) || tokens_[i].text.size() > 3) return std::nullopt;
    if (!tokens_.is_sign(i + 1, '.') && !tokens_.is_sign(i + 1, ',')) return std::nullopt;
    const auto whole = read_count(tokens_, i);
    const Token& tenths = tokens_[i + 2];
    if (!whole || !tokens_.is_number(i + 2) || tenths.text.size() != 1) return std::nullopt;
    if (!sounds_like_any(tokens_[i + 3], millions) && !is_stick(i + 3)) return std::nullopt;
    return Amount{whole->value * million + (tenths.text[0] - '0') * million / 10, i + 4, true};
  }

  Amount with_millions(std::int64_t count, std::size_t next, bool named) const {
    Amount amount{count * million, next, named};
    if (is_and_a_half(next)) return {amount.pesos + million / 2, next + 2, named};
    const auto thousands = read_count(tokens_, next);
    if (!thousands) return amount;
    amount.pesos += thousands->value * thousand;
    // "Un millón doscientos" leaves out "mil".
    if (tokens_.is_word(thousands->next, "mil")) return {amount.pesos, thousands->next + 1, named};
    if (thousands->value >= 100) return {amount.pesos, thousands->next, named};
    return {count * million, next, named};
  }

  Amount with_thousands(std::int64_t count, std::size_t next) const {
    const auto rest = read_count(tokens_, next);
    if (rest && rest->value >= 100) return {count * thousand + rest->value, rest->next, false};
    return {count * thousand, next, false};
  }

  bool is_and_a_half(std::size_t i) const {
    return tokens_.is_word(i, "i") && tokens_.is_word(i + 1, "medio");
  }

  // On the coast a "palo" is also a tree.
  bool is_stick(std::size_t i) const {
    return !talks_of_trees_ && sounds_like_any(tokens_[i], sticks) && !tokens_.is_word(i + 1, "de");
  }

  // Something around the amount says that it is money.
  bool is_talked_of(std::size_t begin, const Amount& amount) const {
    if (amount.pesos < least_without_name) return false;
    for (std::size_t back = 1; back <= 3 && back <= begin; ++back)
      if (sounds_like_any(tokens_[begin - back], money_talk)) return true;
    const bool in_thousands = tokens_.is_word(amount.next - 1, "mil") && amount.pesos % 500 == 0;
    const Token& after = tokens_[amount.next];
    return in_thousands &&
           (after.kind == Token::Kind::sign || sounds_like_any(after, after_amount));
  }

  const Tokens& tokens_;
  bool talks_of_trees_ = false;
};

}  // namespace

void find_money(const Tokens& tokens, Mentions& out) {
  const MoneyReader reader(tokens);
  for (std::size_t i = 0; i < tokens.size();) {
    const auto amount =
        tokens.continues(i) && !tokens.is_sign(i - 1, '$') ? std::nullopt : reader.read(i);
    if (!amount) {
      ++i;
      continue;
    }
    out.add(EntityKind::dinero, std::to_string(amount->pesos), tokens[i].begin,
            tokens[amount->next - 1].end);
    i = amount->next;
  }
}

}  // namespace catalina::dialog
