"""Time, peak memory and exact counters of every registered algorithm, plain and tuned.

The objects are drawn here with a fixed seed, not taken from a dataset: the loss and the counters then are the
same on every machine, without a download and without scikit-learn in the environments asv builds. Results on
real data are the business of the studies; this suite only has to notice that a commit changed something.

One call should take 10 ms to 1 s. The rule: the tuned tier gets more objects than the plain one, and an algorithm
that takes a seed, which a start or a sampling of a few milliseconds does, runs with many seeds in a row.
"""

import json
import time
from functools import partial
from pathlib import Path

import numpy as np

K, CLUSTERS, SEED = 10, 15, 0
OBJECTS = {"plain": 2200, "tuned": 4000, "bounds": 2200, "matrix": 2200}
SEEDS = 50
CERTIFY = "bounds certify"
MATRICES = ["matrix euclidean", "matrix manhattan"]  # from products of matrices, and summed up coordinate by coordinate
COLUMNS = 64  # of the points

ALGORITHMS = Path(__file__).resolve().parents[2] / "algorithms"
FOLDERS = {"plain": ALGORITHMS, "tuned": ALGORITHMS / "tuned"}


def labels():
    """List the registered algorithms of the checkout, for instance "tuned pam".

    They are read off the sources, not asked of the registry of the commit under measurement: asv hands a commit the
    number of a parameter, not its name, so that all commits have to see one list. A test compares it with the
    registry.
    """
    return [
        f"{tier} {path.stem.removesuffix('_start')}"
        for tier, folder in FOLDERS.items()
        for kind in ("starts", "swaps", "silhouettes", "sampling")
        for path in sorted((folder / kind).glob("*.py"))
        if "\nALGORITHM = " in path.read_text(encoding="utf-8")
    ]


def distances(n):
    """Euclidean distances, float32, between n points in 8 dimensions around some centres; no ties."""
    rng = np.random.default_rng(SEED)
    centres = rng.normal(scale=4.0, size=(CLUSTERS, 8))
    points = centres[rng.integers(CLUSTERS, size=n)] + rng.normal(size=(n, 8))
    squares = (points**2).sum(axis=1)
    dist = np.sqrt(np.maximum(squares[:, None] + squares - 2 * points @ points.T, 0.0))
    dist = np.maximum(dist, dist.T).astype(np.float32)
    np.fill_diagonal(dist, 0)
    return dist


def algorithm_of(label):
    """Return the record of an algorithm; raise NotImplementedError, which asv shows as n/a, if it is younger."""
    from kmedoids_bench.algorithms.core.registry import algorithms

    tier, name = label.split()
    try:
        return (algorithms() if tier == "plain" else algorithms(tier))[name]
    except (KeyError, TypeError, ModuleNotFoundError) as error:  # no such algorithm, or no tiers yet
        raise NotImplementedError(label) from error


def runs(label, dist, seeds):
    """Return the calls that make one measurement: on a checked matrix, from the same start for all swaps."""
    if label == CERTIFY:
        return [certificate(dist)]
    if label in MATRICES:
        return [matrix(label, dist)]
    algorithm = algorithm_of(label)
    from kmedoids_bench.algorithms.core.problem import Problem

    problem = Problem.of(dist)
    if algorithm.kind in ("swap", "silhouette"):
        start = np.random.default_rng(SEED).choice(problem.n, K, replace=False)
        return [partial(algorithm.call, problem, start)]
    if algorithm.seeded:
        return [partial(algorithm.call, problem, K, seed=seed) for seed in range(seeds)]
    return [partial(algorithm.call, problem, K)]


def matrix(label, dist):
    """Return the call that computes all distances of points: of some columns of a matrix, which are as good as any."""
    from kmedoids_bench.algorithms import Points

    points = Points(dist[:, :COLUMNS], label.split()[1])
    if not hasattr(points, "matrix"):
        raise NotImplementedError(label)
    return points.matrix


def certificate(dist):
    """Return the call that raises the bound for the result of a search until it has converged.

    Its steps do not depend on the clock.
    """
    try:
        from kmedoids_bench.algorithms.bounds import certify
    except ImportError as error:
        raise NotImplementedError(CERTIFY) from error
    from kmedoids_bench.algorithms import Problem, fasterpam

    problem = Problem.of(dist)
    return partial(certify, problem, fasterpam(problem, k=K, seed=SEED).medoids, seconds=1e6)


class OnMatrix:
    """What the benchmarks share: matrices that are made once per round, kept in files, and loaded."""

    params = labels()
    param_names = ["algorithm"]

    def setup_cache(self):
        for tier, n in OBJECTS.items():
            np.save(f"{tier}.npy", distances(n))

    def setup(self, label):
        if not hasattr(self, "runs"):  # asv calls this before every sample
            self.runs = runs(label, np.load(f"{label.split()[0]}.npy"), SEEDS)
            self.runs[0]()  # compiles


class Time(OnMatrix):
    # asv cannot call a difference significant with 6 samples a side; with 8 it can, and two commits alternate
    # four times. A short call gets more samples.
    rounds = 4
    repeat = (2, 5, 0.2)
    number = 1
    warmup_time = 0
    # Everything runs on one thread: the time that other processes take of its core does not count.
    timer = time.process_time

    def time_call(self, label):
        for run in self.runs:
            run()


class Memory(OnMatrix):
    def peakmem_call(self, label):
        self.runs[0]()


class Result(OnMatrix):
    """These do not depend on the machine: any change at all is a change of what the algorithm does.

    Where an algorithm runs several times, they are totals.
    """

    unit = "exact"

    def setup(self, label):
        stored = Path(f"{label}.json")
        if not stored.exists():  # the first counter that is asked for runs the algorithm, the others read
            super().setup(label)
            results = [run() for run in self.runs]
            names = ("loss", "n_swaps", "n_evaluations", "n_lookups")
            totals = {name: sum(getattr(result, name) for result in results) for name in names}
            stored.write_text(json.dumps(totals, default=int))
        self.totals = json.loads(stored.read_text())

    def track_loss(self, label):
        return self.totals["loss"]

    def track_swaps(self, label):
        return self.totals["n_swaps"]

    def track_evaluations(self, label):
        return self.totals["n_evaluations"]

    def track_lookups(self, label):
        return self.totals["n_lookups"]


class Matrix(Time):
    params = MATRICES


class Certificate(Time):
    params = [CERTIFY]
    unit = "exact"  # of what is tracked

    def track_bound(self, label):
        return self.runs[0]().bound

    def track_passes(self, label):
        return self.runs[0]().n_passes
