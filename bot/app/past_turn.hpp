// A turn of the past, from what the store kept of it: to be explained, and made again.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dialog/knowledge.hpp"
#include "dialog/step.hpp"
#include "store/inbound.hpp"
#include "store/transaction.hpp"

namespace catalina {

struct PastTurn {
  store::InboundRecord record;
  Time at{};  // of the turn: later than the message came, when its words waited for more
  dialog::Records records;        // with the citizen's name as it is now, and what was pinned then
  std::vector<std::string> said;  // contents of the answers (whatsapp/render.hpp)
};

// `id`: the number of the turn, the wamid of the citizen's message, or that of an answer to it.
std::optional<PastTurn> find_turn(store::ReadTx& tx, std::string_view id);

// Why it cannot be made again, in Spanish; nothing when it can.
std::optional<std::string> obstacle_to_replay(const PastTurn& past);

// The same message in the same conversation at the same time, answered from `knowledge`. The turn
// must have no obstacle.
dialog::Turn replay(const PastTurn& past, const dialog::Knowledge& knowledge);

enum class Likeness { same, other_words, other_answer };
// How a turn that was made again compares: the same to the letter, the same target and aspect in
// other words (a fact has changed, or a text of hers), or something else.
Likeness compare(const PastTurn& past, const dialog::Turn& again);

}  // namespace catalina
