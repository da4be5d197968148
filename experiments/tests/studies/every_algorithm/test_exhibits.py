import pytest

from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.studies.every_algorithm import exhibits
from kmedoids_bench.experiments.studies.every_algorithm.exhibits import compared


def test_time_is_in_multiples_of_fasterpam(rows):
    table = compared(rows)
    assert set(table["implementation"]) == {"kmedoids_bench"}
    assert (table[table["algorithm"] == "fasterpam"]["times"].dropna() == 1).all()
    slower = table[(table["algorithm"] == "pam") & (table["k"] == 10)].dropna(subset=["times"])
    assert (slower["times"] > 1).all()
    assert (slower["low"] <= slower["times"]).all()
    assert (slower["times"] <= slower["high"]).all()


def test_tables_figures_and_findings(rows):
    for table in exhibits.tables(rows).values():
        assert entries(table)
    assert exhibits.figures(rows)
    assert any("swap algorithms: " in sentence for sentence in exhibits.findings(rows))


@pytest.mark.parametrize("part", [slice(0, 0), slice(0, 1)])
def test_little_or_nothing_measured(rows, part):
    for table in exhibits.tables(rows[part]).values():
        entries(table)
    exhibits.figures(rows[part])
    exhibits.findings(rows[part])
