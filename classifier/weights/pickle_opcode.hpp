// The opcodes of pickle, protocols 0 to 5.
#pragma once

#include <cstdint>
#include <string>

namespace nunchi::weights {

/// Those that the reader runs. https://github.com/python/cpython/blob/main/Lib/pickle.py
enum class PickleOpcode : std::uint8_t {
    mark = '(',
    stop = '.',
    none = 'N',
    binint = 'J',
    binint1 = 'K',
    binint2 = 'M',
    long1 = 0x8a,
    binfloat = 'G',
    newtrue = 0x88,
    newfalse = 0x89,
    binstring = 'T',
    short_binstring = 'U',
    binunicode = 'X',
    short_binunicode = 0x8c,
    empty_tuple = ')',
    tuple = 't',
    tuple1 = 0x85,
    tuple2 = 0x86,
    tuple3 = 0x87,
    empty_list = ']',
    append = 'a',
    appends = 'e',
    empty_dict = '}',
    setitem = 's',
    setitems = 'u',
    binget = 'h',
    long_binget = 'j',
    binput = 'q',
    long_binput = 'r',
    memoize = 0x94,
    global = 'c',
    stack_global = 0x93,
    reduce = 'R',
    build = 'b',
    binpersid = 'Q',
    proto = 0x80,
    frame = 0x95,
};

/// "SETITEM", or "0xff" where pickle has no such opcode; also for those that the reader refuses.
std::string opcode_name(std::uint8_t opcode);

}  // namespace nunchi::weights
