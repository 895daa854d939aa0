// Labelled messages of citizens, and how well a recogniser did on them: the rates of the issue of
// understanding, as tests/bench/understanding/README.md defines them.
#pragma once

#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "dialog/understand.hpp"

namespace catalina::bench {

struct LabelledMessage {
  std::string id;
  std::string text;
  std::vector<std::string> accept;  // targets that would be right, the best first
  std::string style;
  std::string aspect;
};

enum class Ids { all, odd, even };  // by the number at the end of the id

// One JSON object a line. Throws std::runtime_error naming the line that cannot be read.
std::vector<LabelledMessage> read_messages(const std::filesystem::path& file, Ids ids);

class Score {
 public:
  void add(const LabelledMessage& message, const dialog::Understanding& understanding);

  // Totals, a line for each style, what each aspect was taken for, and the pairs of targets that
  // cost most.
  void print(std::FILE* out) const;

 private:
  struct Counts {
    int messages = 0;
    int top_1 = 0;
    int wrong = 0;
    int clarified = 0;
    int clarify_hits = 0;
  };
  struct Share {
    int part = 0;
    int of = 0;
  };
  static void print_share(std::FILE* out, const char* name, Share share);

  Counts total_;
  std::map<std::string, Counts> by_style_;
  Share out_of_scope_;    // refused
  Share false_refusals_;  // of all others
  Share emergencies_;     // told as such at once
  Share aspects_;
  std::map<std::pair<std::string, std::string>, int> aspect_confusions_;  // wanted, taken for
  std::map<std::pair<std::string, std::string>, int> confusions_;         // wanted, first candidate
};

}  // namespace catalina::bench
