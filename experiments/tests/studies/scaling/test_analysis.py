import numpy as np
import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.scaling.analysis import analyse

SIZES = (1_000, 1_600, 5_000, 10_000, 16_000, 20_000)


@pytest.fixture
def records(factory):
    """FasterPAM 2 ns per n², half more at 20 000; BUILD k n², LAB k n; 100 bytes an object."""
    rng = np.random.default_rng(0)

    def row(name, n, k, number, seconds, **fields):
        seconds *= np.exp(rng.normal(0, 0.005))
        place = {"n": n, "k": k, "dataset": "mnist", "start": "random", "seed": 0, "round": number}
        return factory.record(algorithm=name, seconds=seconds, **place, **fields)

    found = []
    for number in range(5):
        for n in SIZES:
            swaps = 2e-9 * n * n * (1.5 if n == 20_000 else 1)
            peak = 100 * n if n >= 5_000 else 4096
            found += [
                row("fasterpam", n, 10, number, swaps, peak_memory=peak),
                row(
                    "fasterpam",
                    n,
                    10,
                    number,
                    0.6 * swaps,
                    peak_memory=10**9,
                    threads=2,
                    contender="kmedoids_bench/fasterpam[2 threads]/C",
                ),
                row("build", n, 10, number, 1e-8 * n * n, phase="start"),
                row("lab", n, 10, number, 1e-6 * n, phase="start"),
            ]
        for k in (20, 50):
            found += [
                row("build", 5_000, k, number, k * 1e-9 * 5_000**2, phase="start"),
                row("lab", 5_000, k, number, k * 1e-7 * 5_000, phase="start"),
            ]
    return found


def measures_of(rows):
    return analyse(rows).measures


def test_planted_truths_are_found(records):
    found = measures_of(rows_frame(records))
    value = {name: every[0].value for name, every in found.items()}
    several = found.pop("two_threads")
    assert [one.value for one in several] == pytest.approx([1 / 0.6] * 4, rel=0.03)
    assert [one.where for one in several][0] == "mnist (n = 5,000, euclidean), k = 10"
    assert all(len(every) == 1 for every in found.values())
    assert value["fasterpam_per_pass_spread"] == pytest.approx(1.5, rel=0.03)
    assert value["fasterpam_per_n2_spread"] == pytest.approx(1.5, rel=0.03)
    assert value["build_n_slope"] == pytest.approx(2, abs=0.02)
    assert value["build_k_slope"] == pytest.approx(1, abs=0.02)
    assert value["lab_n_slope"] == pytest.approx(1, abs=0.03)
    assert value["lab_k_slope"] == pytest.approx(1, abs=0.02)
    assert value["build_over_lab_small"] == pytest.approx(16, rel=0.03)
    assert value["build_over_lab_large"] == pytest.approx(160, rel=0.03)
    assert value["fasterpam_memory_slope"] == pytest.approx(1)
    assert value["fasterpam_bytes_per_object"] == 100
    assert found["fasterpam_per_n2_spread"][0].where == "mnist (n = 5,000 to 20,000, euclidean), k = 10"


def test_memory_that_is_too_little_to_measure_is_none(records):
    rows = rows_frame([row | {"peak_memory": 0} for row in records])
    result = analyse(rows)
    assert not result.memory["counts"].any()
    found = result.measures
    assert found["fasterpam_memory_slope"] == found["fasterpam_bytes_per_object"] == []


def test_what_is_missing_gives_no_measure(records):
    few = measures_of(rows_frame([row for row in records if row["n"] <= 1_600 and row["threads"] == 1]))
    assert {name for name, every in few.items() if every} == {"build_over_lab_small"}
    assert not any(measures_of(rows_frame([])).values())
