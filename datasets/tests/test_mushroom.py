"""Mushrooms."""

import numpy as np

from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.metrics import block_function

MUSHROOM = datasets()["mushroom"]


def test_values(fetched):
    letters = MUSHROOM.load(fetched(MUSHROOM))
    assert letters.shape == (8124, 22)
    assert "".join(letters[0]) == "xsntpfcnkeesswwpwopksu"  # without the class p
    assert (letters == "?").sum() == (letters[:, 10] == "?").sum() == 2480
    assert len(np.unique(letters[:, 15])) == 1  # the veil is always partial


def test_the_first_two_differ_in_seven_columns(fetched):
    letters = MUSHROOM.load(fetched(MUSHROOM))  # xsntpfcnkeesswwpwopksu, xsytafcbkecsswwpwopnng
    h = sum(one != other for one, other in zip(*letters[:2], strict=True))
    assert block_function(letters, "hamming")(slice(0, 1), slice(1, 2)) == h == 7
    assert block_function(letters, "jaccard")(slice(0, 1), slice(1, 2)) == 14 / 29
