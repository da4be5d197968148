"""R's format."""

import gzip

import numpy as np
import pytest

from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.rda import read_columns

PLANTS = datasets()["plant_traits"]


def test_columns_by_name(fetched):
    """Sums and missing values as R computes them."""
    columns = read_columns(*fetched(PLANTS))
    assert len(columns) == 31
    assert list(columns)[:4] == ["pdias", "longindex", "durflow", "height"]
    sums = {"pdias": 7076.445, "longindex": 45.065952799, "durflow": 433, "height": 560, "mycor": 252, "unsp": 169}
    missing = {"pdias": 36, "longindex": 25, "durflow": 0, "height": 0, "mycor": 39, "unsp": 5}
    assert {name: np.nansum(columns[name]) for name in sums} == pytest.approx(sums)
    assert {name: np.isnan(columns[name]).sum() for name in sums} == missing


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: b"RDX3" + content[4:], "not saved by R in version 2"),
        (lambda content: content[:5000], "not one data frame of numbers and factors"),
        (lambda content: content[:50], "not one data frame of numbers and factors"),
        (lambda content: content[:46] + b"\0\0\0\x06" + content[50:], "not one data frame .*: an item of type 6"),
    ],
)
def test_other_files_are_refused(fetched, tmp_path, change, message):
    (path,) = fetched(PLANTS)
    other = tmp_path / "other.rda"
    other.write_bytes(gzip.compress(change(gzip.decompress(path.read_bytes()))))
    with pytest.raises(ValueError, match=message):
        read_columns(other)
