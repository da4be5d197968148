import pytest

from kmedoids_bench.experiments.exhibits.tables import entries, markdown_text
from kmedoids_bench.experiments.planning.contenders import contenders
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.scaling import STUDY, exhibits
from kmedoids_bench.experiments.studies.scaling.analysis import analyse


@pytest.fixture
def rows(factory):
    records = []
    for n in (1_000, 5_000, 10_000):
        for number in range(5):
            place = {"dataset": "mnist", "n": n, "k": 10, "start": "random", "seed": 0, "round": number}
            records += [
                factory.record(algorithm="fasterpam", seconds=4e-9 * n * n, peak_memory=4096, **place),
                factory.record(
                    algorithm="fasterpam",
                    seconds=3e-9 * n * n,
                    threads=2,
                    **place,
                    contender="kmedoids_bench/fasterpam[2 threads]/C",
                ),
                factory.record(algorithm="build", seconds=1e-8 * n * n, phase="start", **place),
            ]
    return rows_frame(records)


def test_two_threads_take_part():
    assert any(contender.threads == 2 for contender in contenders(STUDY, "fasterpam", "random"))


def test_threads_stay_apart(rows):
    found = analyse(rows).times.set_index(["algorithm", "threads", "n"])["per_n2"]
    assert found.loc[("fasterpam", "1", 5_000)] == pytest.approx(4)
    assert found.loc[("fasterpam", "2", 5_000)] == pytest.approx(3)


def test_tables_figures_and_findings(rows):
    result = analyse(rows)
    tables = exhibits.tables(result)
    assert "17.1" in markdown_text(tables["swaps"])  # what the companion prints for n = 5 000
    assert "too little to be measured" in markdown_text(tables["memory"])
    assert entries(tables["growth"])
    assert entries(tables["starts"])
    assert list(exhibits.figures(result)) == ["time_over_n_mnist_10"]
    said = list(exhibits.findings(result))
    assert "Time of BUILD grows with this power of n: 2.00" in " ".join(said)
    assert "On mnist, k = 10, FasterPAM took 4.00 ns per n² at n = 10,000 and 4.00 at n = 1,000." in said


def test_nothing_measured(rows):
    nothing = analyse(rows[:0])
    assert list(exhibits.findings(nothing)) == []
    assert exhibits.figures(nothing) == {}
    assert all(not entries(table) for table in exhibits.tables(nothing).values())
