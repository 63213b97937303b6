# How our targets are declared.
#
#   nunchi_library(text SOURCES a.cpp b.cpp USES nunchi_api PkgConfig::sentencepiece)
#     makes the static library nunchi_text of the folder it is called in.
#   nunchi_program(nunchi SOURCES main.cpp USES ...)
#     makes build/<preset>/bin/nunchi.

function(nunchi_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES")
  add_library(nunchi_${name} STATIC ${arg_SOURCES})
  target_link_libraries(nunchi_${name} PUBLIC ${arg_USES} PRIVATE nunchi_flags)
  target_include_directories(nunchi_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
endfunction()

function(nunchi_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;USES")
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_USES} nunchi_flags)
endfunction()
