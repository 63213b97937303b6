"""Writes zip.pt and legacy.pt with PyTorch itself (2.13).

    .venv/bin/python tests/data/torch/make_torch_written.py [FOLDER]

The unit tests of classifier/weights read both, and the fuzzers begin with them.
"""

import collections
import pathlib
import sys

import torch


def state_dict():
    shared = torch.arange(12, dtype=torch.float32)
    tensors = {
        "float": torch.tensor([[0.5, -1.25, 3.0], [4.0, 5.0, 6.0]]),
        "parameter": torch.nn.Parameter(torch.tensor([7.0, 8.0])),
        "half": torch.tensor([1.0, -2.5], dtype=torch.float16),
        "brain": torch.tensor([1.0, -2.0, 3.140625], dtype=torch.bfloat16),
        "double": torch.tensor(0.1, dtype=torch.float64),
        "long": torch.tensor([[-9223372036854775808, 3]]),
        "int": torch.tensor([-1, 2147483647], dtype=torch.int32),
        "short": torch.tensor([-32768], dtype=torch.int16),
        "char": torch.tensor([-128, 0, 127], dtype=torch.int8),
        "byte": torch.tensor([255], dtype=torch.uint8),
        "bool": torch.tensor([True, False]),
        "part": shared[2:5],
        "transposed": shared.view(3, 4).t(),
        "every_second": shared[1::2],
        "빈 텐서": torch.empty(0, 768),
    }
    return collections.OrderedDict(tensors)


def write(folder):
    torch.save(state_dict(), folder / "zip.pt")
    torch.save(state_dict(), folder / "legacy.pt", _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
