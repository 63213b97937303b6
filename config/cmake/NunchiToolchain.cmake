# Language level, warnings, sanitizers, ccache, linker: everything that holds for all of our own targets.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")

find_program(NUNCHI_CCACHE ccache)
if(NUNCHI_CCACHE)
  # pch_defines,time_macros: ccache's own condition for caching precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${NUNCHI_CCACHE})
endif()

find_program(NUNCHI_MOLD mold)
if(NUNCHI_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(nunchi_flags INTERFACE)
target_compile_options(nunchi_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these inside inlined standard-library code (GCC bugs 105329, 105651, 107852).
  target_compile_options(nunchi_flags INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds)
endif()
option(NUNCHI_WERROR "Treat warnings as errors" ON)
if(NUNCHI_WERROR)
  target_compile_options(nunchi_flags INTERFACE -Werror)
endif()
target_include_directories(nunchi_flags INTERFACE "${PROJECT_SOURCE_DIR}")

if(NUNCHI_SANITIZE)
  add_compile_options(-fsanitize=${NUNCHI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${NUNCHI_SANITIZE})
  if(NUNCHI_SANITIZE MATCHES thread)
    # ThreadSanitizer does not know std::atomic_thread_fence, and g++ 12 refuses to compile it.
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()
if(NUNCHI_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
