#include "commands/commands.hpp"

int main(int argc, char** argv) {
  return catalina::commands::run(argc, argv);
}
