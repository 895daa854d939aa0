// A host name whose lookup hangs, as it does when a name server does not answer.
#pragma once

#include <string>

namespace catalina::test {

// While it lives, the system's resolver does not answer for `name`; every other name is looked up
// as usual. One at a time. Declare it behind the io context, which waits for its lookups when it
// goes: the end of this one lets them fail.
class SlowNames {
 public:
  SlowNames();
  ~SlowNames();
  SlowNames(const SlowNames&) = delete;
  SlowNames& operator=(const SlowNames&) = delete;

  const std::string name = "slow.invalid";
  void wait_until_asked() const;
};

}  // namespace catalina::test
