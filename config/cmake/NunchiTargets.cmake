# How our targets are declared.
#
#   nunchi_library(text SOURCES a.cpp b.cpp USES nunchi_api PRIVATE_USES PkgConfig::sentencepiece)
#     makes the static library nunchi_text of the folder it is called in; PRIVATE_USES stays out of its headers.
#   nunchi_program(nunchi SOURCES main.cpp USES ...)
#     makes build/<preset>/bin/nunchi.

function(nunchi_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES;PRIVATE_USES")
  add_library(nunchi_${name} STATIC ${arg_SOURCES})
  target_link_libraries(nunchi_${name} PUBLIC ${arg_USES} PRIVATE ${arg_PRIVATE_USES} nunchi_flags)
  target_include_directories(nunchi_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
endfunction()

function(nunchi_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_USES} nunchi_flags)
endfunction()
