// Addresses as Colombia writes them: "Cra 5 # 32-10 apto 301", "Mz 4 Lt 12", "avenida Pedro de
// Heredia con calle 31"; in one standard form, whatever was abbreviated.
#include <optional>
#include <string>
#include <string_view>

#include "understanding/entities/address_names.hpp"
#include "understanding/entities/mentions.hpp"

namespace catalina::dialog {
namespace {

constexpr std::size_t longest_number = 4;   // digits
constexpr std::size_t most_name_words = 5;  // "Avenida Pedro de Heredia"
constexpr std::size_t most_inner = 3;       // "torre 2 piso 3 apto 301"

std::string upper(std::string_view letters) {
  std::string out(letters);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

using NameOf = std::optional<std::string_view> (*)(const Token&);

struct Piece {
  std::string text;
  std::size_t next = 0;  // the token behind it
};

class AddressReader {
 public:
  AddressReader(const PlainText& plain, const Tokens& tokens, std::string_view message)
      : plain_(plain), tokens_(tokens), message_(message) {}

  std::optional<Piece> read(std::size_t i) const {
    auto address = read_on_street(i);
    if (!address) address = read_block_and_lot(i);
    if (!address) return std::nullopt;
    for (std::size_t k = 0; k < most_inner; ++k) {
      const auto more = read_inner(address->next);
      if (!more) break;
      address->text += ", " + more->text;
      address->next = more->next;
    }
    return address;
  }

 private:
  bool is_one_letter(std::size_t i) const {
    return tokens_[i].kind == Token::Kind::word && tokens_[i].text.size() == 1;
  }
  std::size_t past_dot(std::size_t i) const { return tokens_.is_sign(i, '.') ? i + 1 : i; }

  // "32", "32B", "54 bis", "54 bis B", "5 sur".
  std::optional<Piece> read_street_number(std::size_t i) const {
    if (!tokens_.is_number(i) || tokens_[i].text.size() > longest_number) return std::nullopt;
    Piece piece{std::string(tokens_[i].text), i + 1};
    const auto take_letter = [&] {
      // A letter that stands apart belongs to the number only before what must follow it.
      const std::size_t at = piece.next;
      if (!is_one_letter(at)) return;
      const bool close = !tokens_[at].after_space;
      const std::size_t after = past_dot(at + 1);
      const bool before_sign = is_number_sign(tokens_[after]) || tokens_.is_sign(after, '-') ||
                               tokens_[after].text == "bis" || is_quadrant(tokens_[after]);
      const bool is_sign_itself = tokens_[at].text == "n" && tokens_.is_number(after);
      if ((!close && !before_sign) || is_sign_itself) return;
      piece.text += upper(tokens_[at].text);
      piece.next = at + 1;
    };
    take_letter();
    if (tokens_[piece.next].text == "bis") {
      piece.text += " Bis";
      ++piece.next;
      const std::string before = piece.text;
      piece.text += ' ';
      const std::size_t at = piece.next;
      take_letter();
      if (piece.next == at) piece.text = before;
    }
    if (is_quadrant(tokens_[piece.next])) {
      const std::string_view quadrant = tokens_[piece.next].text;
      piece.text += ' ' + upper(quadrant.substr(0, 1)) + std::string(quadrant.substr(1));
      ++piece.next;
    }
    return piece;
  }

  // A street by its number, or an avenue by its name.
  std::optional<Piece> read_street(std::size_t i) const {
    const auto kind = street_name(tokens_[i]);
    if (!kind) return std::nullopt;
    std::size_t at = past_dot(i + 1);
    if (is_number_sign(tokens_[at])) at = past_dot(at + 1);
    if (const auto number = read_street_number(at))
      return Piece{std::string(*kind) + ' ' + number->text, number->next};
    return *kind == "Avenida" ? read_avenue_name(at) : std::nullopt;
  }

  std::optional<Piece> read_avenue_name(std::size_t i) const {
    std::size_t next = i;
    while (next < i + most_name_words && tokens_[next].kind == Token::Kind::word &&
           !is_number_sign(tokens_[next]) && tokens_[next].text != "con" &&
           !street_name(tokens_[next]))
      ++next;
    if (next == i) return std::nullopt;
    std::string name = "Avenida";
    for (std::size_t k = i; k < next; ++k) {
      std::string word = as_written(k);
      const std::string_view plain = tokens_[k].text;
      const bool small = plain == "de" || plain == "del" || plain == "la" || plain == "las" ||
                         plain == "los" || plain == "el";
      if (!small && word[0] >= 'a' && word[0] <= 'z')
        word[0] = static_cast<char>(word[0] - 'a' + 'A');
      name += ' ' + word;
    }
    return Piece{std::move(name), next};
  }

  std::string as_written(std::size_t i) const {
    const std::size_t begin = plain_.offsets[tokens_[i].begin];
    return std::string(message_.substr(begin, plain_.offsets[tokens_[i].end] - begin));
  }

  // A street alone is no address: there has to be a number or a crossing.
  std::optional<Piece> read_on_street(std::size_t i) const {
    const auto street = read_street(i);
    if (!street) return std::nullopt;
    std::size_t at = past_dot(street->next);
    if (tokens_.is_sign(at, ',')) ++at;
    if (tokens_.is_word(at, "kon") || tokens_.is_word(at, "i")) {
      const auto other = read_street(at + 1);
      if (!other) return std::nullopt;
      return Piece{street->text + " con " + other->text, other->next};
    }
    const bool signed_ = is_number_sign(tokens_[at]);
    if (signed_) at = past_dot(at + 1);
    if (tokens_.is_sign(at, '#')) ++at;  // "No. #"
    const auto number = read_street_number(at);
    if (!number) return std::nullopt;
    const bool dash = tokens_.is_sign(number->next, '-');
    const std::size_t last = dash ? number->next + 1 : number->next;
    const bool has_last =
        tokens_.is_number(last) && tokens_[last].text.size() <= longest_number && (dash || signed_);
    if (!signed_ && !(dash && has_last)) return std::nullopt;
    std::string text = street->text + " # " + number->text;
    if (!has_last) return Piece{std::move(text), number->next};
    return Piece{text + '-' + std::string(tokens_[last].text), last + 1};
  }

  // What a block, lot or flat is called: "4", "25B", "H1", "A".
  std::optional<Piece> read_label(std::size_t i) const {
    const std::size_t at = is_number_sign(tokens_[i]) ? past_dot(i + 1) : i;
    const bool letter_first = is_one_letter(at);
    const bool number_first = tokens_.is_number(at) && tokens_[at].text.size() <= longest_number;
    if (!letter_first && !number_first) return std::nullopt;
    Piece piece{upper(tokens_[at].text), at + 1};
    const Token& second = tokens_[at + 1];
    const bool joined =
        !second.after_space &&
        (letter_first ? tokens_.is_number(at + 1) && second.text.size() <= longest_number
                      : is_one_letter(at + 1));
    if (!joined) return piece;
    piece.text += upper(second.text);
    ++piece.next;
    return piece;
  }

  std::optional<Piece> read_labelled(NameOf name_of, std::size_t i) const {
    const auto name = name_of(tokens_[i]);
    if (!name) return std::nullopt;
    const auto label = read_label(past_dot(i + 1));
    if (!label) return std::nullopt;
    return Piece{std::string(*name) + ' ' + label->text, label->next};
  }

  std::size_t past_comma(std::size_t i) const { return tokens_.is_sign(i, ',') ? i + 1 : i; }

  // "Mz 4 Lt 12", and the other way round.
  std::optional<Piece> read_block_and_lot(std::size_t i) const {
    if (const auto block = read_labelled(block_name, i)) {
      const auto lot = read_labelled(lot_name, past_comma(block->next));
      if (!lot) return std::nullopt;
      return Piece{block->text + ' ' + lot->text, lot->next};
    }
    if (const auto lot = read_labelled(lot_name, i)) {
      const std::size_t at = past_comma(lot->next);
      const auto block = read_labelled(block_name, tokens_[at].text == "de" ? at + 1 : at);
      if (!block) return std::nullopt;
      return Piece{block->text + ' ' + lot->text, block->next};
    }
    return std::nullopt;
  }

  std::optional<Piece> read_inner(std::size_t i) const {
    return read_labelled(inner_name, past_comma(i));
  }

  const PlainText& plain_;
  const Tokens& tokens_;
  std::string_view message_;
};

}  // namespace

void find_addresses(const PlainText& plain, const Tokens& tokens, std::string_view message,
                    Mentions& out) {
  const AddressReader reader(plain, tokens, message);
  for (std::size_t i = 0; i < tokens.size();) {
    auto address = tokens.continues(i) ? std::nullopt : reader.read(i);
    if (!address) {
      ++i;
      continue;
    }
    out.add(EntityKind::direccion, std::move(address->text), tokens[i].begin,
            tokens[address->next - 1].end);
    i = address->next;
  }
}

}  // namespace catalina::dialog
