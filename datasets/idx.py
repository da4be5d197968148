"""The IDX format of the MNIST family: a magic number, the sizes as big-endian integers, then the bytes."""

import gzip
import struct
from pathlib import Path

import numpy as np

MAGIC = b"\0\0\x08\x03"  # unsigned bytes, three axes


def read_images(path: Path) -> np.ndarray:
    """Images of a gzipped IDX file as rows of pixels.

    Returns
    -------
    array (images, rows * columns) of uint8

    Raises
    ------
    ValueError
        If the file does not hold images of bytes.
    """
    with gzip.open(path) as file:
        content = file.read()
    if content[:4] != MAGIC:
        raise ValueError(f"{path}: not an IDX file of images: it starts with {content[:4].hex()}, not {MAGIC.hex()}")
    images, rows, columns = struct.unpack(">3I", content[4:16])
    pixels = np.frombuffer(content, np.uint8, offset=16)
    if pixels.size != images * rows * columns:
        raise ValueError(f"{path}: {pixels.size} pixels, but the header says {images} x {rows} x {columns}")
    return pixels.reshape(images, rows * columns)
