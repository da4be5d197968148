"""Time, peak memory and exact counters of every registered algorithm.

The objects are drawn here with a fixed seed, not taken from a dataset: the loss and the counters then are the
same on every machine, without a download and without scikit-learn in the environments asv builds. Results on
real data are the business of the studies; this suite only has to notice that a commit changed something.
"""

import numpy as np

N, K, CLUSTERS, SEED = 2000, 10, 15, 0


def _distances():
    """Euclidean distances, float32, between N points in 8 dimensions around some centres; no ties."""
    rng = np.random.default_rng(SEED)
    centres = rng.normal(scale=4.0, size=(CLUSTERS, 8))
    points = centres[rng.integers(CLUSTERS, size=N)] + rng.normal(size=(N, 8))
    squares = (points**2).sum(axis=1)
    distances = np.sqrt(np.maximum(squares[:, None] + squares - 2 * points @ points.T, 0.0))
    distances = np.maximum(distances, distances.T).astype(np.float32)
    np.fill_diagonal(distances, 0)
    return distances


def _names():
    from kmedoids_bench.algorithms.registry import algorithms

    return sorted(algorithms())


class EveryAlgorithm:
    """One call of one algorithm, on a validated matrix and with random start medoids, compiled beforehand."""

    params = _names()
    param_names = ["algorithm"]
    timeout = 120

    def setup(self, name):
        from kmedoids_bench.algorithms.problem import Problem
        from kmedoids_bench.algorithms.registry import algorithms

        if name not in algorithms():  # an algorithm younger than this commit: asv shows n/a
            raise NotImplementedError(name)
        algorithm = algorithms()[name]
        problem = Problem.of(_distances())
        if algorithm.kind == "start":
            options = {"seed": SEED} if algorithm.seeded else {}
            self.call = lambda: algorithm.call(problem, K, **options)
        elif algorithm.kind == "swap":
            start = np.random.default_rng(SEED).choice(N, K, replace=False)
            self.call = lambda: algorithm.call(problem, start)
        else:
            self.call = lambda: algorithm.call(problem, k=K, seed=SEED)
        self.result = self.call()  # compiles


class Time(EveryAlgorithm):
    # asv cannot call a difference significant with 6 samples a side; with 8 it can, and two commits alternate
    # four times.
    rounds = 4
    repeat = 2
    number = 1
    warmup_time = 0.1

    def time_call(self, name):
        self.call()


class Memory(EveryAlgorithm):
    def peakmem_call(self, name):
        self.call()


class Result(EveryAlgorithm):
    # These do not depend on the machine: any change at all is a change of what the algorithm does.
    unit = "exact"

    def track_loss(self, name):
        return self.result.loss

    def track_swaps(self, name):
        return self.result.n_swaps

    def track_evaluations(self, name):
        return self.result.n_evaluations

    def track_lookups(self, name):
        return self.result.n_lookups
