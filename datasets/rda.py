"""The format in which R saves data (``.rda``): as much of it as a table of columns needs.

A gzipped stream of items, big-endian. An item is a word of flags (type, "has attributes", "has a tag") and
what its type says: R Internals, section 1.8, "Serialization Formats".
"""

import gzip
import struct
from pathlib import Path
from typing import Any

import numpy as np

MAGIC = b"RDX2\nX\n"
HAS_ATTRIBUTES, HAS_TAG = 0x200, 0x400
MISSING_INTEGER = -(2**31)


def read_columns(path: Path) -> dict[str, np.ndarray]:
    """Columns of the one data frame in the file, by name, as float64.

    A factor gives its codes 1, 2, ..., a missing value nan.

    Raises
    ------
    ValueError
        If the file is of another form.
    """
    with gzip.open(path) as file:
        content = file.read()
    if not content.startswith(MAGIC):
        raise ValueError(f"{path}: not saved by R in version 2 of its format: it starts with {content[:7]!r}")
    try:
        saved = _Reader(content[len(MAGIC) + 12 :]).item()  # after three version numbers
        ((_, (columns, attributes)),) = saved
        names, _ = attributes["names"]
        return {name: values for name, (values, _) in zip(names, columns, strict=True)}
    except (KeyError, TypeError, ValueError, struct.error) as error:
        raise ValueError(f"{path}: not one data frame of numbers and factors: {error}") from error


class _Reader:
    """Items one after the other; a vector is a pair of its values and its attributes, by name."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.place = 0
        self.symbols: list[str] = []

    def integer(self) -> int:
        return int(self.numbers(1, ">i4")[0])

    def numbers(self, count: int, dtype: str) -> np.ndarray:
        values = np.frombuffer(self.content, dtype, count, self.place)
        self.place += values.nbytes
        return values

    def item(self) -> Any:
        flags = self.integer()
        match flags & 0xFF:
            case 254:  # NULL, the end of a pairlist
                return []
            case 1:  # symbol: later references count them
                self.symbols.append(self.item())
                return self.symbols[-1]
            case 255:
                return self.symbols[(flags >> 8) - 1]
            case 9:  # characters
                return self.numbers(self.integer(), "u1").tobytes().decode("ascii")
            case 2:  # pairlist: tag, value, and the rest of the list
                if flags & HAS_ATTRIBUTES or not flags & HAS_TAG:
                    raise ValueError("a list without names, or with attributes")
                return [(self.item(), self.item()), *self.item()]
            case kind:
                values = self.vector(kind)
                return values, dict(self.item()) if flags & HAS_ATTRIBUTES else {}

    def vector(self, kind: int) -> Any:
        length = self.integer()
        match kind:
            case 13:
                integers = self.numbers(length, ">i4")
                return np.where(integers == MISSING_INTEGER, np.nan, integers)
            case 14:
                reals = self.numbers(length, ">f8").astype(np.float64)
                return np.where(np.isnan(reals), np.nan, reals)  # R's NA is a nan that computing warns of
            case 16 | 19:  # strings, or a list of items
                return [self.item() for _ in range(length)]
        raise ValueError(f"an item of type {kind}")
