import pytest

from kmedoids_bench.experiments.analysis.quality import error_over_optimum, excess_over_best, results
from kmedoids_bench.experiments.analysis.rows import rows_frame


def row(block, algorithm, loss, start="random", dataset="d", **more):
    return {
        "block": block, "dataset": dataset, "n": 10, "k": 2, "dtype": "float32", "metric": "m", "start": start,
        "seed": 0,
        "implementation": "kmedoids_bench", "algorithm": algorithm, "order": "C", "tier": "plain", "status": "ok",
        "contender": f"kmedoids_bench/{algorithm}/C", "phase": "swap", "own_start": "", "setting": "",
        "loss": loss, "local_optimum": True, "n_swaps": 4, **more,
    }  # fmt: skip


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


def test_errors_over_known_optima():
    found = error_over_optimum(ROWS, {"d": 100.0})
    assert sorted(found["error"]) == pytest.approx([0, 0.05, 0.10, 0.15])
    assert error_over_optimum(ROWS, {"other": 1.0}).empty
