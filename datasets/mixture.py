"""Mixture: a million points around a hundred centres in eight dimensions, drawn here from a fixed seed.

The clusters differ in size and in spread, and they overlap. There is no file: a million objects that need no download.
"""

from pathlib import Path

import numpy as np

from kmedoids_bench.datasets.dataset import Dataset

N, CLUSTERS, DIMENSIONS, SEED = 1_000_000, 100, 8, 2019


def load(_paths: tuple[Path, ...]) -> np.ndarray:
    """Points, (1000000, 8) of float64, in random order."""
    rng = np.random.default_rng(SEED)
    centres = rng.normal(scale=3.0, size=(CLUSTERS, DIMENSIONS))
    shares = rng.dirichlet(np.ones(CLUSTERS))
    spreads = rng.uniform(0.5, 1.5, size=CLUSTERS)
    clusters = rng.choice(CLUSTERS, size=N, p=shares)
    return centres[clusters] + spreads[clusters, None] * rng.normal(size=(N, DIMENSIONS))


DATASETS = (
    Dataset(
        name="mixture",
        title="Mixture of a hundred normal distributions, a million points",
        n=N,
        kind="points",
        metric="euclidean",
        files=(),
        load=load,
        licence="BSD-3-Clause, as this project",
        citation="kmedoids-bench, 2026: datasets/mixture.py",
        homepage="https://numpy.org/doc/stable/reference/random/generator.html",
        facts={"clusters": CLUSTERS},
    ),
)
