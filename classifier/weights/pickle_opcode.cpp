#include "classifier/weights/pickle_opcode.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace nunchi::weights {
namespace {

struct Name {
    std::uint8_t opcode;
    std::string_view name;
};

// All of pickletools.opcodes of Python 3.13.
constexpr std::array kNames{
    Name{'I', "INT"},
    Name{'J', "BININT"},
    Name{'K', "BININT1"},
    Name{'M', "BININT2"},
    Name{'L', "LONG"},
    Name{0x8a, "LONG1"},
    Name{0x8b, "LONG4"},
    Name{'S', "STRING"},
    Name{'T', "BINSTRING"},
    Name{'U', "SHORT_BINSTRING"},
    Name{'B', "BINBYTES"},
    Name{'C', "SHORT_BINBYTES"},
    Name{0x8e, "BINBYTES8"},
    Name{0x96, "BYTEARRAY8"},
    Name{0x97, "NEXT_BUFFER"},
    Name{0x98, "READONLY_BUFFER"},
    Name{'N', "NONE"},
    Name{0x88, "NEWTRUE"},
    Name{0x89, "NEWFALSE"},
    Name{'V', "UNICODE"},
    Name{0x8c, "SHORT_BINUNICODE"},
    Name{'X', "BINUNICODE"},
    Name{0x8d, "BINUNICODE8"},
    Name{'F', "FLOAT"},
    Name{'G', "BINFLOAT"},
    Name{']', "EMPTY_LIST"},
    Name{'a', "APPEND"},
    Name{'e', "APPENDS"},
    Name{'l', "LIST"},
    Name{')', "EMPTY_TUPLE"},
    Name{'t', "TUPLE"},
    Name{0x85, "TUPLE1"},
    Name{0x86, "TUPLE2"},
    Name{0x87, "TUPLE3"},
    Name{'}', "EMPTY_DICT"},
    Name{'d', "DICT"},
    Name{'s', "SETITEM"},
    Name{'u', "SETITEMS"},
    Name{0x8f, "EMPTY_SET"},
    Name{0x90, "ADDITEMS"},
    Name{0x91, "FROZENSET"},
    Name{'0', "POP"},
    Name{'2', "DUP"},
    Name{'(', "MARK"},
    Name{'1', "POP_MARK"},
    Name{'g', "GET"},
    Name{'h', "BINGET"},
    Name{'j', "LONG_BINGET"},
    Name{'p', "PUT"},
    Name{'q', "BINPUT"},
    Name{'r', "LONG_BINPUT"},
    Name{0x94, "MEMOIZE"},
    Name{0x82, "EXT1"},
    Name{0x83, "EXT2"},
    Name{0x84, "EXT4"},
    Name{'c', "GLOBAL"},
    Name{0x93, "STACK_GLOBAL"},
    Name{'R', "REDUCE"},
    Name{'b', "BUILD"},
    Name{'i', "INST"},
    Name{'o', "OBJ"},
    Name{0x81, "NEWOBJ"},
    Name{0x92, "NEWOBJ_EX"},
    Name{0x80, "PROTO"},
    Name{'.', "STOP"},
    Name{0x95, "FRAME"},
    Name{'P', "PERSID"},
    Name{'Q', "BINPERSID"},
};

}  // namespace

std::string opcode_name(std::uint8_t opcode) {
    const auto* found = std::find_if(kNames.begin(), kNames.end(),
                                     [opcode](const Name& candidate) { return candidate.opcode == opcode; });
    if (found != kNames.end()) return std::string(found->name);
    constexpr std::string_view digits = "0123456789abcdef";
    return {'0', 'x', digits[opcode >> 4], digits[opcode & 15]};
}

}  // namespace nunchi::weights
