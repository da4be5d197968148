from types import SimpleNamespace

import numpy as np
import pytest

from kmedoids_bench.experiments.analysis import losses as losses_module
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.sampling.analysis import LARGE, SMALL, analyse

CALLS = (
    ("clara", SMALL, 1.0, 1.10),
    ("clara", LARGE, 2.0, 1.05),
    ("fastclara", SMALL, 0.5, 1.10),
    ("fastclara", LARGE, 0.8, 1.05),
    ("fasterclara", LARGE, 0.1, 1.04),
    ("clarans", "", 1.0, 1.03),
    ("fastclarans", "", 0.25, 1.02),
    ("fasterpam", "", 0.3, 1.0),
)


@pytest.fixture
def rows(factory):
    """Planted truth: CLARA's time grows with k^0.5 over FastCLARA's; 2 000 swaps tried against 100 candidates."""
    rng = np.random.default_rng(0)
    records = []
    for k in (10, 20, 50):
        for seed in range(3):
            for number in range(5):
                for name, setting, seconds, loss in CALLS:
                    seconds *= np.sqrt(k) if name == "clara" else 1
                    records.append(
                        factory.record(
                            algorithm=name,
                            setting=setting,
                            k=k,
                            seed=seed,
                            round=number,
                            start="random",
                            contender=f"kmedoids_bench/{name}[{setting}]/C",
                            loss=100 * loss + 0.01 * seed,
                            phase="swap" if name == "fasterpam" else "total",
                            own_start="" if name == "fasterpam" else "random",
                            n_evaluations={"clarans": 2000, "fastclarans": 100}.get(name, 7),
                            seconds=seconds * np.exp(rng.normal(0, 0.01)),
                        )
                    )
    return rows_frame(records)


@pytest.fixture
def from_points(factory):
    """FasterCLARA linear in n, CLARANS quadratic, without a matrix."""
    records = [
        factory.record(
            algorithm=name,
            setting=setting,
            order="points",
            n=n,
            k=10,
            start="random",
            seed=0,
            round=number,
            contender=f"kmedoids_bench/{name}/points",
            phase="total",
            own_start="random",
            seconds=(1 + 0.01 * number) * (n / 1000) ** power,
        )
        for name, setting, power in (("fasterclara", LARGE, 1), ("clarans", "", 2))
        for n in (1000, 2000, 4000)
        for number in range(5)
    ]
    return rows_frame(records)


def test_planted_truths_are_found(rows):
    found = analyse(rows).measures
    value = {name: [one.value for one in every] for name, every in found.items()}
    assert value["fastclara_slope"] == [pytest.approx(0.5, abs=0.02)]
    assert value["fastclara_loss"] == [1.0] * 3  # for each k
    # CLARA and FastCLARA; FasterCLARA has large samples only.
    assert value["larger_samples_loss"] == pytest.approx([1.05 / 1.10] * 6, rel=1e-3)
    # 0.1 against sqrt(20) and sqrt(50); 10 is too few.
    assert value["fasterclara_time"] == pytest.approx([0.1 / 20**0.5, 0.1 / 50**0.5], rel=0.02)
    assert value["fastclara2_time"] == []
    # 2 000 swaps a second, and 100 / 0.25 candidates, each of k swaps.
    assert value["edges_per_second_over_k"] == pytest.approx([400 / 2000] * 3, rel=0.02)
    assert value["fastclarans_loss"] == pytest.approx([102 / 103] * 3, abs=1e-3)
    assert value["fastclarans_time"] == pytest.approx([0.25] * 3, rel=0.02)
    over = {one.where.split(",")[0]: one.value for one in found["loss_over_fasterpam"]}
    assert over["CLARA"] == pytest.approx(1.10, abs=1e-3)  # with small samples
    assert over["FastCLARA"] == pytest.approx(1.05, abs=1e-3)  # with large ones
    assert over["FastCLARANS"] == pytest.approx(1.02, abs=1e-3)
    assert value["fasterclara_n_slope"] == value["clarans_n_slope"] == []


def test_how_far_sampling_is_above_the_optimum(rows, monkeypatch):
    assert analyse(rows).measures["least_gap"] == []
    known = SimpleNamespace(bound=50.0, loss=100.0)  # a weak bound does not matter: the best medoids known count
    monkeypatch.setattr(losses_module, "best_known", lambda: {("m", 10): known})
    gaps = {one.where.split(",")[0]: one for one in analyse(rows.assign(matrix_sha256="m")).measures["least_gap"]}
    assert {name: one.n for name, one in gaps.items()} == dict.fromkeys(
        ("CLARA", "FastCLARA", "FasterCLARA", "CLARANS", "FastCLARANS"), 3
    )
    assert gaps["CLARA"].value == pytest.approx(10.01)  # with samples of 40 + 2k, as it was published
    assert gaps["FasterCLARA"].value == pytest.approx(4.01)


def test_growth_is_measured_from_points(from_points):
    found = analyse(from_points).measures
    (linear,), (quadratic,) = found["fasterclara_n_slope"], found["clarans_n_slope"]
    assert linear.value == pytest.approx(1)
    assert quadratic.value == pytest.approx(2)
    assert quadratic.where == "CLARANS, digits (n = 1,000 to 4,000, euclidean), k = 10"
    assert not found["fastclarans_time"]
    assert not found["loss_over_fasterpam"]


def test_nothing_measured_gives_no_measures(rows):
    for some in (rows[:0], rows[rows["algorithm"] == "clara"]):
        found = analyse(some).measures
        assert not any(every for name, every in found.items() if name != "larger_samples_loss")
