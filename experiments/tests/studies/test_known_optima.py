import pytest

from kmedoids_bench.experiments.analysis.rows import rows_frame
from kmedoids_bench.experiments.report.tables import entries
from kmedoids_bench.experiments.studies.known_optima import STUDY, errors


def row(dataset, algorithm, loss, k):
    return {
        "block": f"{dataset}-{k}", "dataset": dataset, "n": 100, "k": k, "dtype": "int32", "metric": "m",
        "start": "build",
        "implementation": "kmedoids_bench", "algorithm": algorithm, "order": "C", "tier": "plain", "status": "ok",
        "loss": loss, "contender": f"kmedoids_bench/{algorithm}/C",
    }  # fmt: skip


# The optimum of pmed1 (k = 5) is 5819, that of pmed2 (k = 10) is 4093.
ROWS = rows_frame(
    [
        row("pmed1", "fastpam1", 5819.0, 5),
        row("pmed2", "fastpam1", 4093 * 1.02, 10),
        row("pmed2", "fastpam1", 9000.0, 3),  # another k: its optimum is not known
        row("digits", "fastpam1", 1.0, 5),
    ]
)


def test_only_the_k_whose_optimum_is_known_counts():
    assert sorted(errors(ROWS)["error"]) == pytest.approx([0, 0.02])


def test_findings_and_tables():
    said = " ".join(STUDY.findings(ROWS))
    assert "1.00 % above the optimum on average (2 instances, worst 2.00 %, optimum reached 1 times)" in said
    assert "None of the 2 results" in said
    for table in STUDY.tables(ROWS).values():
        assert entries(table)


def test_a_result_below_the_optimum_is_said():
    assert "1 of the 1 results" in STUDY.findings(rows_frame([row("pmed1", "fastpam1", 5818.0, 5)]))[-1]


def test_nothing_measured():
    assert STUDY.findings(ROWS[:0]) == []
    for table in STUDY.tables(ROWS[:0]).values():
        entries(table)
