import numpy as np
import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.swap_time.analysis import analyse

TEXTURE = {"dataset": "plants_texture", "n": 1599}
PASSES = {"pam": 10, "fastpam1": 10, "fastpam1a": 10, "reynolds": 10, "fastpam2": 5, "fasterpam": 2}


def seconds_of(algorithm, k):
    """PAM takes k^0.9 times as long as FastPAM1, Reynolds' variant half of PAM's time, form A twice that of form B."""
    each = {"pam": k**0.9, "reynolds": k**0.9 / 2, "fastpam1": 1, "fastpam1a": 2, "fastpam2": 0.5, "fasterpam": 0.1}
    return each[algorithm]


def made(factory, ks=(2, 10, 20, 50, 100, 200), algorithms=tuple(PASSES), count=6, **fields):
    for k in ks:
        for algorithm in algorithms:
            passes = PASSES[algorithm]
            for number in range(count):
                noise = float(np.exp(0.01 * factory.rng.normal()))
                yield factory.record(
                    algorithm=algorithm,
                    k=k,
                    round=number,
                    seconds=seconds_of(algorithm, k) * noise,
                    n_passes=passes,
                    n_evaluations=passes * (1599 - k),
                    **(TEXTURE | fields),
                )


def of(records):
    return analyse(rows_frame(records).assign(result_class="pam")).measures


@pytest.fixture(scope="module")
def found(new_factory):
    return of(made(new_factory()))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fastpam1_slope", 0.9),
        ("reynolds_slope", 0),
        ("pam_iteration_slope", 0.9),
        ("fastpam1_iteration_slope", 0),
        ("fastpam1_at_2", 2**0.9),
        ("fastpam2_at_100", 2 * 100**0.9),
        ("fasterpam_at_100", 10 * 100**0.9),
        ("fasterpam_at_200", 10 * 200**0.9),
        ("fasterpam_growth_100_200", 2**0.9),
        ("fastpam1_smallest_exponent", 0.9),
        ("fewer_candidates", 5),
        ("fasterpam_candidate_growth", 1589 / 1399),
    ],
)
def test_planted_values_are_found(found, name, value):
    (measure,) = found[name]
    assert measure.value == pytest.approx(value, rel=0.03, abs=0.02)
    assert measure.low - 0.02 <= measure.value <= measure.high + 0.02
    assert measure.code_base == "kmedoids_bench"
    assert measure.where.startswith("plants_texture (n = 1,599, euclidean), start BUILD, k = ")
    assert "block" in measure.evidence


def test_each_k_has_a_measure_of_its_own(found):
    expected = {
        "fastpam1_over_k": lambda k: k**-0.1,
        "cheaper_candidates_over_k": lambda k: 2 * k**-0.1,
        "reynolds_gain": lambda k: 2,
        "form_a_over_b": lambda k: 2,
    }
    for name, value in expected.items():
        ks = [int(one.where.split("k = ")[1].split(",")[0]) for one in found[name]]
        assert sorted(ks) == [10, 20, 50, 100, 200]
        assert [one.value for one in found[name]] == pytest.approx([value(k) for k in ks], rel=0.03)
        assert all(one.low <= one.value <= one.high for one in found[name])


def test_printed_numbers_are_for_all_of_one_dataset_only(factory):
    for fields in ({"dataset": "digits"}, {"n": 300}):
        assert not {"fastpam2_at_100", "fasterpam_at_100"} & set(of(made(factory, **fields)))


def test_without_pam_nothing_is_said_about_it(factory):
    found = of(made(factory, algorithms=("fastpam1", "fasterpam")))
    assert set(found) == {"fastpam1_iteration_slope", "fasterpam_candidate_growth"}


def test_where_pam_was_cut_is_not_invented(factory):
    some = [*made(factory, ks=(10, 20, 50)), *made(factory, ks=(100, 200), algorithms=("fastpam1", "fasterpam"))]
    cuts = [factory.failure("timeout", "cut", k=k, limit_seconds=1.0, **TEXTURE) for k in (100, 200)]
    found = of([*some, *cuts])
    assert "fasterpam_at_100" not in found
    assert found["fastpam1_slope"][0].where.endswith("k = 10 to 50")
    # How many candidates there were is known all the same.
    assert "k = 10 to 200" in found["fewer_candidates"][0].where


def test_a_library_has_measures_of_its_own_and_counters_only_with_our_medoids(factory):
    lib = {"implementation": "lib", "tier": "library", "order": "F"}
    some = [*made(factory), *made(factory, **lib)]
    found = of(some)
    assert [measure.code_base for measure in found["fastpam1_slope"]] == ["kmedoids_bench", "lib"]
    assert "memory order F" in found["fastpam1_slope"][1].where
    assert "counted by kmedoids_bench" in found["pam_iteration_slope"][1].where
    found = of(one | ({"medoids": [7, 8]} if one["implementation"] == "lib" else {}) for one in some)
    assert [measure.code_base for measure in found["pam_iteration_slope"]] == ["kmedoids_bench"]
    assert [measure.code_base for measure in found["fastpam1_slope"]] == ["kmedoids_bench", "lib"]


def test_whole_calls_are_said_to_be(factory):
    found = of(made(factory, implementation="cluster", tier="library", phase="total", order="dist"))
    assert "whole calls" in found["fastpam1_slope"][0].where


def test_the_overview_has_a_code_base_on_one_line(factory):
    """The library is faster in order F with FasterPAM, whatever its PAM is."""
    records = []
    for order, pam, fasterpam in (("C", 30, 8), ("F", 40, 2)):
        library = {"implementation": "lib", "tier": "library", "order": order}
        records += [factory.record(seconds=pam, round=number, **library) for number in range(6)]
        records += [
            factory.record(algorithm="fasterpam", seconds=fasterpam, round=number, **library) for number in range(5)
        ]
    (line,) = analyse(rows_frame(records).assign(result_class=None)).overview.to_dict("records")
    assert (line["order"], line["pam_seconds"], line["fasterpam_seconds"], line["n_pairs"]) == ("F", 40, 2, 5)
    assert line["fasterpam_estimate"] == pytest.approx(20)


def test_nothing_of_nothing():
    result = analyse(rows_frame([]).assign(result_class=None))
    assert result.measures == {}
    for frame in (result.times, result.speedups, result.overview, result.versus, result.decomposition):
        assert frame.empty
        assert len(frame.columns) > 5
