import pytest

from kmedoids_bench.experiments.analysis.losses import (
    alone,
    eager_results,
    excess_over_best,
    from_given_start,
    loss_ratios,
    promising_optima,
    random_sets,
    results,
)
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.rows.reading import rows_frame


def row(block, algorithm, loss, start="random", dataset="d", **more):
    return {
        "block": block,
        "dataset": dataset,
        "n": 10,
        "k": 2,
        "dtype": "float32",
        "metric": "m",
        "start": start,
        "seed": 0,
        "implementation": "kmedoids_bench",
        "algorithm": algorithm,
        "order": "C",
        "tier": "plain",
        "status": "ok",
        "contender": f"kmedoids_bench/{algorithm}/C",
        "phase": "swap",
        "own_start": "",
        "setting": "",
        "loss": loss,
        "local_optimum": True,
        "n_swaps": 4,
        **more,
    }


ROWS = rows_frame(
    [
        row("a", "pam", 110.0),
        row("a", "pam", 110.0),  # a second round
        row("b", "pam", 100.0, start="build"),
        row("a", "fasterpam", 105.0),
        row("c", "fasterpam", 115.0, local_optimum=False),
        row("a", "reynolds", None, status="crash"),
    ]
)


def test_repeated_runs_count_once_and_failures_not():
    assert len(results(ROWS)) == 4


def test_the_best_is_the_best_from_any_start():
    table = excess_over_best(ROWS).set_index(["algorithm", "start"])
    assert table.loc[("pam", "random"), "excess"] == pytest.approx(0.10)
    assert table.loc[("pam", "build"), "excess"] == 0
    faster = table.loc[("fasterpam", "random")]
    assert (faster["excess"], faster["worst"]) == (pytest.approx(0.10), pytest.approx(0.15))
    assert (faster["optima"], faster["results"], faster["n_swaps"]) == (1, 2, 4)


def test_a_best_loss_of_zero_gives_a_difference():
    table = excess_over_best(rows_frame([row("a", "pam", 0.0), row("a", "fasterpam", 3.0)]))
    assert sorted(table["excess"]) == [0, 3]


def test_ratios_compare_within_a_block_and_a_code_base():
    rows = rows_frame(
        [
            row("a", "fastpam1", 100.0),
            row("a", "fasterpam", 101.0),
            row("a", "fasterpam", 90.0, setting="tau=1"),  # a variant
            row("a", "fasterpam", 80.0, own_start="random"),  # from another start
            row("a", "fasterpam", 200.0, implementation="lib", contender="lib/fasterpam/C"),  # has no fastpam1
            row("b", "fasterpam", 50.0),  # nor has this block
            row("c", "fastpam1", 0.0),
            row("c", "fasterpam", 0.0),
        ]
    )
    found = loss_ratios(rows, "fastpam1")
    assert found["ratio"].tolist() == pytest.approx([1.01])


def test_of_two_memory_orders_one_counts():
    sides = [
        row("a", name, 10.0, implementation="lib", order=order, contender=f"lib/{name}/{order}")
        for name in ("fastpam1", "fasterpam")
        for order in "CF"
    ]
    assert len(from_given_start(rows_frame(sides))) == 2


def test_a_start_made_in_many_blocks_counts_once():
    rows = rows_frame(
        [
            row("a", "build", 7.0, phase="start", seed=0),
            row("b", "build", 7.0, phase="start", seed=1),
            row("a", "lab", 8.0, phase="start", seed=0),
            row("b", "lab", 9.0, phase="start", seed=1),
            row("c", "lab", 8.0, phase="start", seed=None, start="build"),  # made with seed 0 there
        ]
    )
    found = alone(rows)
    assert sorted(zip(found["start"], found["loss"], strict=True)) == [("build", 7.0), ("lab", 8.0), ("lab", 9.0)]


def test_the_mean_of_random_sets_needs_all_of_them():
    sets = [row(f"r{seed}", "random", 20.0 + seed, phase="start", seed=seed) for seed in range(6)]
    assert random_sets(rows_frame(sets), 5).to_dict() == {("d", 2): 22.0}
    assert random_sets(rows_frame(sets), 7).empty


def test_values_that_differ_by_rounding_do_not_vary():
    found = Measure.mean_of((0.1 + 0.2, 0.3, 0.3, 0.3))
    assert found.low == found.high == found.value == pytest.approx(0.3)


def test_promises_are_those_of_the_records(factory):
    library = {"implementation": "kmedoids_055", "tier": "library"}
    rows = rows_frame(
        [
            factory.record(algorithm="fasterpam"),
            factory.record(algorithm="alternating"),  # promises no local optimum
            factory.record(algorithm="fasterpam", **library),
        ]
    )
    kept = promising_optima(rows)
    assert kept[["implementation", "algorithm"]].to_numpy().tolist() == [
        ["kmedoids_bench", "fasterpam"],
        ["kmedoids_055", "fasterpam"],
    ]


def test_one_checked_result_of_a_block_at_default_parameters(factory):
    records = [
        factory.record(algorithm="fasterpam"),
        factory.record(algorithm="fasterpam", round=1),  # the same block again
        factory.record(algorithm="fasterpam", k=3, local_optimum=None),
        factory.record(algorithm="fasterpam", k=4, setting="tolerance=0.5"),
        factory.record(algorithm="pam", k=5),  # not eager
        factory.record(algorithm="fastpam2", k=6),
    ]
    assert eager_results(rows_frame(records))["k"].tolist() == [2, 6]


def test_gaps_are_missing_where_nothing_is_known():
    assert results(ROWS)[["gap", "least_gap"]].isna().all(axis=None)
