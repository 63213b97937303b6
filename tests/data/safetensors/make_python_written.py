"""Writes python_written.safetensors with the reference implementation (PyPI: safetensors 0.8, numpy).

    python3 tests/data/safetensors/make_python_written.py [FILE]

The unit tests of classifier/weights read it, and compare it byte for byte with what Nunchi writes.
"""

import pathlib
import sys

import numpy
import safetensors

NAMES = {"BOOL": "bool", "U8": "uint8", "I8": "int8", "I16": "int16", "F16": "float16", "I32": "int32",
         "F32": "float32", "F64": "float64", "I64": "int64"}


def tensor(dtype, values, shape):
    return NAMES[dtype], numpy.array(values, NAMES[dtype]), shape


TENSORS = {
    "b.flags": tensor("BOOL", [True, False, True], [3]),
    "b.bytes": tensor("U8", [0, 128, 255], [3]),
    "b.signed": tensor("I8", [-128, 0, 127], [3, 1]),
    "c.short": tensor("I16", [-32768, 32767], [2]),
    "c.half": tensor("F16", [1.0, -2.5], [2]),
    # 1.0, -2.0 and 3.140625: the upper halves of the float32 patterns.
    "c.brain": ("bfloat16", numpy.array([0x3F80, 0xC000, 0x4049], "uint16"), [3]),
    "d.int": tensor("I32", [-1, 2147483647], [1, 2]),
    "d.float": tensor("F32", [0.5, -1.25, 3.0, 4.0, 5.0, 6.0], [2, 3]),
    "a.float": tensor("F32", [7.0], []),
    "e.double": tensor("F64", [0.1], [1]),
    "e.long": tensor("I64", [-9223372036854775808], [1]),
    "빈 텐서 \"0\"\n": tensor("F32", [], [0, 768]),
}


def serialised():
    specs = {
        name: safetensors.TensorSpec(dtype=dtype, shape=shape, data_ptr=data.ctypes.data, data_len=data.nbytes)
        for name, (dtype, data, shape) in TENSORS.items()
    }
    return bytes(safetensors.serialize(specs, metadata={"format": "눈치 \"pt\""}))


if __name__ == "__main__":
    default = pathlib.Path(__file__).with_name("python_written.safetensors")
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default
    target.write_bytes(serialised())
