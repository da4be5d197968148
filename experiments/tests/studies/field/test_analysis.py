import pandas as pd
import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.field.analysis import analyse, identical_to_promised


@pytest.fixture
def rows(factory):
    """Two implementations in one block: swaps, whole calls and a start; one library was cut."""
    records = []
    for number in range(5):
        for implementation, slowness in (("kmedoids_bench", 1.0), ("library", 3.0)):
            for algorithm, seconds in (("fasterpam", 0.1), ("pam", 0.8)):
                fields = {"implementation": implementation, "algorithm": algorithm, "round": number}
                fields |= {"contender": f"{implementation}/{algorithm}/C", "peak_memory": 2**20}
                records.append(factory.record(seconds=slowness * seconds, **fields))
            whole = {"implementation": implementation, "algorithm": "fasterpam", "round": number}
            whole |= {"phase": "total", "own_start": "build", "seconds": 2 * slowness, "loss": 110.0}
            records.append(factory.record(contender=f"{implementation}/fasterpam[own build]/C", **whole))
            start = {"implementation": implementation, "algorithm": "build", "round": number, "phase": "start"}
            records.append(
                factory.record(contender=f"{implementation}/build/C", seconds=slowness, medoids=[1, 2], **start)
            )
    slow = {"implementation": "slow", "algorithm": "pam", "contender": "slow/pam/C", "phase": "total"}
    records.append(factory.failure("timeout", "cut", limit_seconds=5.0, **slow))
    frame = rows_frame(records)
    classes = {"fasterpam": "fasterpam", "pam": "pam", "build": "build"}
    return frame.assign(result_class=frame["algorithm"].map(classes))


def test_times_are_compared_with_ours_in_the_same_phase_only(rows):
    table = analyse(rows).by_problem.set_index("contender")
    assert table.loc["library/fasterpam/C", "relative"] == pytest.approx(3.0)
    assert table.loc["library/pam/C", "relative"] == pytest.approx(24.0)
    assert table.loc["library/fasterpam[own build]/C", "relative"] == pytest.approx(3.0)
    assert table.loc["library/build/C", "relative"] == pytest.approx(3.0)  # over our BUILD, not over FasterPAM
    assert table.loc["kmedoids_bench/fasterpam/C", "relative"] == pytest.approx(1.0)
    assert table.loc["library/fasterpam[own build]/C", "excess"] == pytest.approx(0.1)


def test_ranks_are_within_a_phase(rows):
    table = analyse(rows).by_problem.set_index("contender")
    assert table.loc["kmedoids_bench/fasterpam/C", "rank"] == 1
    assert table.loc["library/fasterpam/C", "rank"] == 2
    assert table.loc["kmedoids_bench/fasterpam[own build]/C", "rank"] == 1
    assert table.loc["slow/pam/C", "rank"] is pd.NA


def test_the_promise_is_compared_with_our_implementation_of_it(rows):
    counts = identical_to_promised(rows).set_index("contender")
    assert counts.loc["library/fasterpam/C", ["identical", "compared"]].tolist() == [1, 1]
    assert "kmedoids_bench/fasterpam/C" not in counts.index  # nobody is compared with itself
    rows.loc[rows["contender"] == "library/pam/C", "medoids"] = pd.Series([[3, 4]] * len(rows))
    assert identical_to_promised(rows).set_index("contender").loc["library/pam/C", "identical"] == 0


def test_what_could_not_be_done_is_said(rows):
    summary = analyse(rows).ranking.set_index(["implementation", "algorithm", "own_start"])
    slow = summary.loc[("slow", "pam", "")]
    assert (slow["finished"], slow["tried"], slow["could_not"]) == (0, 1, "cut at 5 s: 1")
    ours = summary.loc[("kmedoids_bench", "fasterpam", "build")]
    assert (ours["finished"], ours["relative"], ours["could_not"]) == (1, pytest.approx(1.0), "")
    assert summary.loc[("library", "fasterpam", ""), "peak_memory"] == 2**20


def test_nothing_measured_gives_empty_tables():
    rows = rows_frame([]).assign(result_class="")
    result = analyse(rows)
    assert result.ranking.empty
    assert result.by_problem.empty
    assert result.overhead.empty
