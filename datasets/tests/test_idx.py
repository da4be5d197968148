"""The file format of the MNIST family."""

import gzip
import struct

import numpy as np
import pytest

from kmedoids_bench.datasets.idx import read_images


def written(tmp_path, content: bytes):
    path = tmp_path / "images.gz"
    path.write_bytes(gzip.compress(content))
    return path


def test_pixels_row_after_row(tmp_path):
    path = written(tmp_path, struct.pack(">4I", 0x803, 2, 3, 2) + bytes(range(12)))
    np.testing.assert_array_equal(read_images(path), np.arange(12, dtype=np.uint8).reshape(2, 6))


def test_another_kind_of_file(tmp_path):
    with pytest.raises(ValueError, match="not an IDX file of images: it starts with 00000801, not 00000803"):
        read_images(written(tmp_path, struct.pack(">2I", 0x801, 2) + b"ab"))


def test_a_short_file(tmp_path):
    with pytest.raises(ValueError, match="11 pixels, but the header says 2 x 3 x 2"):
        read_images(written(tmp_path, struct.pack(">4I", 0x803, 2, 3, 2) + bytes(11)))
