// What understanding costs when a city has many more tramites.
#pragma once

namespace catalina::bench {

// Learns invented catalogs of 188, 1,000 and 10,000 targets and prints how long that takes, how
// large what was learnt is, and how long a message takes.
void measure_growth();

}  // namespace catalina::bench
