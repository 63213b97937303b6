# Third-party libraries. Each comes from Debian but libtorch, whose delivery vehicle is the torch wheel.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(spdlog REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(pugixml REQUIRED)
pkg_check_modules(sentencepiece REQUIRED IMPORTED_TARGET sentencepiece)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(pangocairo REQUIRED IMPORTED_TARGET pangocairo)
# Its -pthread, which nothing of ours is compiled with, would not fit the precompiled headers.
set_property(TARGET PkgConfig::pangocairo PROPERTY INTERFACE_COMPILE_OPTIONS "")

# sentencepiece.pc names no library for the trainer.
find_library(NUNCHI_SENTENCEPIECE_TRAIN sentencepiece_train REQUIRED)

find_library(NUNCHI_SOCI_CORE soci_core REQUIRED)
find_path(NUNCHI_SOCI_INCLUDE soci/soci.h REQUIRED)
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
find_package(SQLite3 REQUIRED)
find_package(PostgreSQL REQUIRED)

# Asio and Beast are templates that can be compiled once, in one file each; whoever uses them links these.
add_library(nunchi_asio STATIC "${CMAKE_CURRENT_LIST_DIR}/boost_asio.cpp")
target_compile_definitions(nunchi_asio PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
target_link_libraries(nunchi_asio PUBLIC Boost::headers OpenSSL::SSL Threads::Threads)
add_library(nunchi_beast STATIC "${CMAKE_CURRENT_LIST_DIR}/boost_beast.cpp")
target_compile_definitions(nunchi_beast PUBLIC BOOST_BEAST_SEPARATE_COMPILATION)
target_link_libraries(nunchi_beast PUBLIC nunchi_asio)

if(NUNCHI_TESTS)
  find_package(GTest REQUIRED)
endif()

if(NUNCHI_TORCH)
  include(NunchiTorch)
endif()
