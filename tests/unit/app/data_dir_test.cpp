#include "app/data_dir.hpp"

#include <fstream>

#include "support/catch.hpp"
#include "support/temp_dir.hpp"

using namespace catalina;

TEST_CASE("the data folder is made for its owner alone") {
  const test::TempDir temp;
  prepare_data_dir(temp / "deep/data");
  CHECK(std::filesystem::status(temp / "deep/data").permissions() ==
        std::filesystem::perms::owner_all);
  CHECK_NOTHROW(prepare_data_dir(temp / "deep/data"));
}

TEST_CASE("a data folder of ours that others can look into is closed to them") {
  const test::TempDir temp;
  std::filesystem::create_directory(temp / "data");
  std::filesystem::permissions(temp / "data", std::filesystem::perms(0755));
  prepare_data_dir(temp / "data");
  CHECK(std::filesystem::status(temp / "data").permissions() == std::filesystem::perms::owner_all);
}

TEST_CASE("a data folder that cannot be used is refused in one plain sentence") {
  const test::TempDir temp;
  std::ofstream(temp / "file") << "not a folder";
  CHECK_THROWS_WITH(prepare_data_dir(temp / "file"), Catch::Contains("cannot be written to"));
  CHECK_THROWS_WITH(prepare_data_dir(temp / "file/data"), Catch::Contains("cannot be made"));
}
