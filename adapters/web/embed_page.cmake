# Writes the page's files into a C++ source:
#
#   cmake -DOUTPUT=page_files.cpp -DFOLDER=page "-DFILES=index.html|app.js" -P embed_page.cmake
#
# index.html is served as /, every other file below /web/.

set(TYPE_html "text/html; charset=utf-8")
set(TYPE_css "text/css; charset=utf-8")
set(TYPE_js "text/javascript; charset=utf-8")
set(TYPE_svg "image/svg+xml")

set(arrays "")
set(table "")
set(count 0)
string(REPLACE "|" ";" files "${FILES}")
foreach(file IN LISTS files)
  file(READ "${FOLDER}/${file}" bytes HEX)
  file(SHA256 "${FOLDER}/${file}" hash)
  string(SUBSTRING "${hash}" 0 32 hash)
  string(LENGTH "${bytes}" digits)
  math(EXPR size "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
  # A literal of one line would be longer than some tools read.
  string(REGEX REPLACE "((\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?)"
         "    \"\\1\"\n" bytes "${bytes}")
  get_filename_component(ending "${file}" LAST_EXT)
  string(SUBSTRING "${ending}" 1 -1 ending)
  if(file STREQUAL "index.html")
    set(path "/")
  else()
    set(path "/web/${file}")
  endif()
  string(APPEND arrays "constexpr char kFile${count}[] =\n${bytes}    \"\";\n\n")
  string(APPEND table "    PageFile{\"${path}\", \"${TYPE_${ending}}\", \"\\\"${hash}\\\"\", {kFile${count}, ${size}}},\n")
  math(EXPR count "${count} + 1")
endforeach()

file(WRITE "${OUTPUT}" "// Written by embed_page.cmake.
#include \"adapters/web/page_files.hpp\"

#include <array>

namespace nunchi::web {
namespace {

${arrays}constexpr std::array kFiles{
${table}};

}  // namespace

std::span<const PageFile> page_files() {
    return kFiles;
}

}  // namespace nunchi::web
")
