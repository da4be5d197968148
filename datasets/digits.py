"""Digits: the test part of Optical Digits, which scikit-learn ships: some real data needs no network."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset

SHA256 = "20def7f70a702f0af9732fbba4375e147a7d54fe70d8c45569b8e7c1c7010c10"
"""Of the points as float64, little endian, row after row."""


def load(_paths: tuple[Path, ...]) -> np.ndarray:
    """Points, (1797, 64) of float64, whole numbers 0..16; ValueError if the library ships other numbers."""
    from sklearn.datasets import load_digits  # takes a second: only who wants the points waits for it

    points = np.ascontiguousarray(load_digits(return_X_y=True)[0], dtype="<f8")
    digest = hashlib.sha256(points.tobytes()).hexdigest()
    if digest != SHA256:
        raise ValueError(
            f"scikit-learn's digits are not the known ones: sha256 {digest}, not {SHA256}; "
            "install the pinned version of scikit-learn"
        )
    return points


def load_twice(paths: tuple[Path, ...]) -> np.ndarray:
    """Points, (1600, 64): each of the first 800 twice, one after the other, so any even part is duplicates only."""
    return np.repeat(load(paths)[:800], 2, axis=0)


DIGITS = Dataset(
    name="digits",
    title="Optical recognition of handwritten digits, test part, as shipped by scikit-learn",
    n=1797,
    kind="points",
    metric="euclidean",
    files=(),
    load=load,
    licence="CC BY 4.0 (UCI)",
    citation=(
        "E. Alpaydin, C. Kaynak: Optical Recognition of Handwritten Digits. "
        "UCI Machine Learning Repository, 1998. doi:10.24432/C50P49"
    ),
    homepage="https://scikit-learn.org/stable/modules/generated/sklearn.datasets.load_digits.html",
    facts={"sha256": SHA256, "classes": 10},
)

DATASETS = (
    DIGITS,
    replace(
        DIGITS,
        name="digits_twice",
        title="The first 800 of scikit-learn's digits, each of them twice: every medoid has a double",
        n=1600,
        load=load_twice,
        facts={"duplicates": 800},
    ),
)
