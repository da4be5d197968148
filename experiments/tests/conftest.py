"""Made-up rows for the tests of analysis, studies and report; nothing in the product can reach them."""

import hashlib
import itertools

import numpy as np
import pytest

from kmedoids_bench.experiments.kit.stored import Stored
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.rows.reading import rows_frame

LIMIT = 10.0
OURS = ("kmedoids_bench", "C", "plain", 1.0)
LIBRARY = (("kmedoids_055", "C", "library", 3.1), ("kmedoids_055", "F", "library", 1.3))
SIZES = {"digits": 1797, "plants_texture": 1599}


def swap_seconds(algorithm, start, n, k, slowness):
    """Seconds of the swap phase by the papers' cost formulas, one nanosecond a pair."""
    passes = 2 + k / 8 if start == "build" else 2 + k
    pairs = {"pam": passes * k, "fastpam1": passes * (1 + 0.02 * k), "fasterpam": 3 + k / 100}[algorithm]
    return 1e-9 * slowness * n * n * pairs


def _digest(*parts):
    return hashlib.sha256(repr(parts).encode()).hexdigest()


class RowFactory:
    """Makes the records of one driver run after another."""

    def __init__(self, rng):
        self.rng = rng
        self.count = itertools.count()

    def record(self, **fields):
        number = next(self.count)
        block = _digest(*(fields.get(name) for name in ("dataset", "n", "k", "dtype", "start", "seed")))[:16]
        record = {
            "schema": 2,
            "id": f"{number:08x}",
            "run": "run-1",
            "block": block,
            "series": fields.get("round", 0) % 3,  # three series, from three rounds on
            "round": 0,
            "position": 0,
            "time": f"2024-05-01T10:{number // 60 % 60:02d}:{number % 60:02d}Z",
            "dataset": "digits",
            "n": 1797,
            "k": 2,
            "dtype": "float32",
            "metric": "euclidean",
            "matrix_sha256": "ab" * 32,
            "start": "build",
            "seed": None,
            "start_medoids": [0, 1],
            "implementation": "kmedoids_bench",
            "algorithm": "pam",
            "order": "C",
            "tier": "plain",
            "threads": 1,
            "parameters": {},
            "status": "ok",
            "reason": None,
            "advice": None,
            "seconds": 0.1,
            "loops": 1,
            "first_seconds": None,
            "n_swaps": 3,
            "n_passes": 2,
            "n_evaluations": 100,
            "n_lookups": 1000,
            "swaps_digest": "s1",
            "medoids": [3, 5],
            "loss": 100.0,
            "reported_loss": 100.0,
            "local_optimum": True,
            "peak_memory": None,
            "source": "source-1",
            "versions": {"python": "3.11.9", "numpy": "2.1.0", "numba": "0.61.0"},
            "machine": "machine-1",
            "cpu": "Example CPU 3000",
            "cores": 2,
            "ram_bytes": 8 * 2**30,
            "load": 0.2,
            "governor": "performance",
            "commit": "0123456789abcdef0123456789abcdef01234567",
            "dirty": False,
        }
        record |= fields
        name = "{implementation}/{algorithm}/{order}".format(**record)
        return {"contender": name, "phase": "swap", "own_start": "", "setting": "", **record}

    def failure(self, status, reason, advice=None, **fields):
        nothing = dict.fromkeys(("seconds", "medoids", "loss", "reported_loss", "swaps_digest", "local_optimum"))
        nothing |= dict.fromkeys(("n_swaps", "n_passes", "n_evaluations", "n_lookups"))
        return self.record(**{"status": status, "reason": reason, "advice": advice, **fields, **nothing})

    def block(self, dataset, k, start, seed, *, rounds=6, run="run-1", algorithms=("pam", "fastpam1", "fasterpam")):
        """All contenders of one block, interleaved; what would exceed the limit is cut."""
        n = SIZES[dataset]
        series = self.rng.normal(scale=0.02)
        for algorithm, (implementation, order, tier, slowness) in itertools.product(algorithms, (OURS, *LIBRARY)):
            kind = "eager" if algorithm == "fasterpam" else "steepest"
            same = np.random.default_rng([n, k, seed or 0, len(kind), start == "build"])
            fields = {
                "dataset": dataset,
                "n": n,
                "k": k,
                "start": start,
                "seed": seed,
                "run": run,
                "tier": tier,
                "implementation": implementation,
                "algorithm": algorithm,
                "order": order,
                "start_medoids": list(range(k)),
            }
            if implementation != "kmedoids_bench":
                fields |= {
                    "source": "source-lib",
                    "versions": {"python": "3.11.9", "numpy": "2.1.0", "kmedoids": "0.5.5"},
                }
                fields |= dict.fromkeys(("n_passes", "n_evaluations", "n_lookups", "swaps_digest"))
            seconds = swap_seconds(algorithm, start, n, k, slowness)
            if seconds > LIMIT:
                reason, advice = f"stopped after {LIMIT:g} s", "raise limits.seconds in the profile"
                yield self.failure("timeout", reason, advice, limit_seconds=LIMIT, **fields)
                continue
            answer = {"medoids": same.permutation(n)[:k].tolist(), "loss": 1e4 / k + same.random()}
            for number in range(rounds):
                noise = series + self.rng.normal(scale=0.05)
                first = {"first_seconds": 1.5 + self.rng.random()} if number == 0 else {}
                load = round(float(self.rng.uniform(0.1, 1.4)), 2)
                yield self.record(seconds=seconds * np.exp(noise), round=number, load=load, **fields, **answer, **first)

    def records(self, datasets=tuple(SIZES), ks=(2, 5, 10, 20, 50, 100), rounds=6):
        """Everything a small run leaves behind, all kinds of failure included."""
        out = []
        for dataset, k in itertools.product(datasets, ks):
            for start, seed in (("build", None), ("random", 0), ("random", 1)):
                out += self.block(dataset, k, start, seed, rounds=rounds)
        absent = {"implementation": "sklearn_extra", "tier": "library", "source": None}
        reason, advice = "its environment could not be built: no network", "make envs"
        for k in ks:
            out.append(self.failure("unavailable", reason, advice, k=k, **absent))
        worker = {"implementation": "kmedoids_055", "algorithm": "fastpam1", "order": "F", "tier": "library"}
        out.append(
            self.failure("crash", "the worker died with signal 11 <SIGSEGV>", k=200, source="source-lib", **worker)
        )
        out.append(self.failure("skipped", "the matrix would need 3.6 GB, 2.1 GB are free", "use less n", k=200))
        return out


@pytest.fixture(scope="session")
def new_factory():
    """Return the function that makes a `factory`, for results that several tests need."""
    return lambda: RowFactory(np.random.default_rng(1))


@pytest.fixture
def factory(new_factory):
    return new_factory()


@pytest.fixture(scope="session")
def rows():
    """Rows of a whole run; tests must not change them."""
    return rows_frame(RowFactory(np.random.default_rng(2)).records())


@pytest.fixture(scope="session")
def undraw():
    """Return the function that lets a report make its figures but not lay out and render them, most of the work."""
    editions = dict.fromkeys(("png", "pdf", "svg"), b"not rendered")

    def undraw(patch, *, layout=False):
        if not layout:
            patch.setattr("kmedoids_bench.experiments.exhibits.plots.settle", lambda figure: None)
        patch.setattr("kmedoids_bench.experiments.report.page.editions_of", lambda *_: editions)

    return undraw


@pytest.fixture(scope="session")
def classes():
    """What the contenders of `rows` promise."""
    names = {"pam": "pam", "fastpam1": "pam", "fasterpam": "fasterpam"}
    sides = ("kmedoids_bench/{}/C", "kmedoids_055/{}/C", "kmedoids_055/{}/F")
    return {side.format(name): result for name, result in names.items() for side in sides}


@pytest.fixture(scope="session")
def some(rows, classes):
    """A made-up run, as the paper kit reads it."""
    studies = dict.fromkeys(("swap_time", "iterations", "agreement", "quality", "starts", "restarts"))
    context = ReportContext("x", "X", {"studies": studies}, "0123456789abcdef", result_classes=classes)
    return Stored("made_up", rows.assign(result_class=rows["contender"].map(classes).astype("str")), context)
