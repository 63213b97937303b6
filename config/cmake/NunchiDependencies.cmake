# Third-party libraries. Each comes from Debian but libtorch, whose delivery vehicle is the torch wheel.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(spdlog REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(pugixml REQUIRED)
pkg_check_modules(sentencepiece REQUIRED IMPORTED_TARGET sentencepiece)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)

# sentencepiece.pc names no library for the trainer.
find_library(NUNCHI_SENTENCEPIECE_TRAIN sentencepiece_train REQUIRED)

if(NUNCHI_TESTS)
  find_package(GTest REQUIRED)
endif()

if(NUNCHI_TORCH)
  include(NunchiTorch)
endif()
