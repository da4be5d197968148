import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.iterations.analysis import analyse

PASSES = {"fastpam1": 1.2, "fastpam2": 0.3}  # of k
LOSS = {"": 101.0, "tolerance=0.5": 100.5, "tolerance=0.0": 100.0}
MORE = {"": 1.0, "tolerance=0.5": 1.5, "tolerance=0.0": 3.0}


def run(factory, algorithm, k, start, seed, setting=""):
    passes = 4 if algorithm == "fasterpam" else int(PASSES[algorithm] * k * MORE[setting])
    passes = passes if start == "random" else 4
    return factory.record(
        algorithm=algorithm,
        k=k,
        start=start,
        seed=seed,
        seconds=None,
        n_passes=passes,
        setting=setting,
        n_swaps={"fastpam1": passes - 1, "fastpam2": k, "fasterpam": 3 * k}[algorithm],
        loss=LOSS[setting] if algorithm == "fastpam2" else 100.0,
        contender=f"kmedoids_bench/{algorithm}{[setting] if setting else ''}/C",
    )


def made(factory, seeds=6):
    for k in (5, 10, 100):
        for start, seed in (("build", None), *(("random", seed) for seed in range(seeds))):
            for algorithm in ("fastpam1", "fasterpam"):
                yield run(factory, algorithm, k, start, seed)
            for setting in LOSS:
                yield run(factory, "fastpam2", k, start, seed, setting)


def measures(rows):
    return analyse(rows).measures


@pytest.fixture
def rows(factory):
    return rows_frame(made(factory))


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("random_over_k", "k = 10,", 1.2),
        ("random_over_k", "k = 100,", 1.2),
        ("build_over_random", "k = 100,", 4 / 120),
        ("fastpam2_over_fastpam1", "k = 100,", 0.25),
        ("fasterpam_over_fastpam1_swaps", "k = 100,", 300 / 119),
        ("fasterpam_passes", "k = 5, start BUILD", 4),
        ("fasterpam_passes", "k = 100, start random", 4),
        ("tolerance_loss_change", "k = 10, start random, tolerance 0.5", 0.005),
        ("tolerance_loss_change", "k = 100, start random, tolerance 1", 0.01),
        ("tolerance_iterations", "k = 100, start BUILD, tolerance 1", 1.0),
    ],
)
def test_planted_values_are_found(rows, name, place, value):
    (measure,) = (one for one in measures(rows)[name] if place in one.where)
    assert (measure.value, measure.low, measure.high) == pytest.approx((value,) * 3)
    assert measure.evidence["block"].notna().all()


def test_small_k_is_not_part_of_the_claims(rows):
    assert all("k = 5," not in one.where for one in measures(rows)["random_over_k"])


def test_libraries_and_other_phases_are_left_out(factory):
    other = [factory.record(algorithm="fasterpam", implementation="lib", seconds=None)]
    other += [factory.record(algorithm="fasterpam", phase="total", seconds=None)]
    assert measures(rows_frame(other)) == {}


def test_without_a_counterpart_there_is_no_ratio(factory, rows):
    assert set(measures(rows[rows["algorithm"] == "fasterpam"])) == {"fasterpam_passes"}
    assert "build_over_random" not in measures(rows[rows["start"] == "random"])
    assert "tolerance_iterations" not in measures(rows[rows["setting"] == ""])


def test_nothing_of_nothing(rows):
    assert measures(rows[:0]) == {}
