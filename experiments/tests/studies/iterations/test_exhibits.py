import pytest

from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.iterations import exhibits
from kmedoids_bench.experiments.studies.iterations.analysis import analyse

LOSS = {"": 101.0, "tolerance=0.5": 100.5, "tolerance=0.0": 100.0}


@pytest.fixture
def rows(factory):
    """FasterPAM makes k swaps in 4 passes, FastPAM1 and FastPAM2 k in k."""
    records = []
    for k in (5, 10, 100):
        for start, seed in (("build", None), ("random", 0), ("random", 1)):
            place = {"k": k, "start": start, "seed": seed, "seconds": None, "n_swaps": k}
            records += [
                factory.record(algorithm="fastpam1", n_passes=k, **place),
                factory.record(algorithm="fasterpam", n_passes=4, **place),
            ]
            for setting, loss in LOSS.items():
                name = f"kmedoids_bench/fastpam2{[setting] if setting else ''}/C"
                more = {"setting": setting, "contender": name, "loss": loss}
                records.append(factory.record(algorithm="fastpam2", n_passes=k, **place, **more))
    return rows_frame(records)


def test_tables_figures_and_findings(rows):
    result = analyse(rows)
    tables = exhibits.tables(result)
    assert len(tables["counts"].frame) == 3 * 2 * 3
    assert len(tables["tolerance"].frame) == 3 * 2 * 2
    assert all(entries(table) for table in tables.values())
    assert set(exhibits.figures(result)) == {"swaps_digits", "passes_digits"}
    findings = " ".join(exhibits.findings(result))
    assert (
        "k = 100, from random medoids, FasterPAM makes 100 swaps in 4 passes, FastPAM1 makes 100 swaps in" in findings
    )
    assert "With a tolerance of 1, FastPAM2's loss changes by +1 % on average" in findings


def test_nothing_of_nothing(rows):
    nothing = analyse(rows[:0])
    assert list(exhibits.findings(nothing)) == []
    assert exhibits.figures(nothing) == {}
    assert all(not entries(table) for table in exhibits.tables(nothing).values())
