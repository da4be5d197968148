import pytest

from kmedoids_bench.experiments.exhibits.tables import entries, markdown_text
from kmedoids_bench.experiments.planning.contenders import contenders
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.joss import STUDY, exhibits
from kmedoids_bench.experiments.studies.joss.analysis import analyse, printed


@pytest.fixture
def rows(factory):
    """The companion's data: ours, and two versions of kmedoids of which one could not be had."""
    place = {"dataset": "mnist", "n": 10_000, "k": 10, "start": "random", "matrix_seconds": 3.0}
    records = [
        factory.record(
            implementation=who, algorithm="fasterpam", seed=seed, seconds=seconds, loss=18755648.63 + seed, **place
        )
        for who, seconds in (("kmedoids_bench", 1.0), ("kmedoids_055", 0.553))
        for seed in range(3)
    ]
    return rows_frame(records)


def test_whole_calls_from_the_same_start_take_part_for_who_can_make_no_other():
    chosen = contenders(STUDY, "alternating", "random")
    names = {contender.name for contender in chosen}
    assert {"kmedoids_bench/alternating/C", "sklearn_extra/alternating[whole call]/C"} <= names
    assert all(contender.takes_start for contender in chosen)


def test_what_is_printed_stands_beside_what_was_measured(rows):
    found = analyse(rows).table
    library = found[(found["implementation"] == "kmedoids_055") & found["ns"].notna()].iloc[0]
    assert library["ns"] == pytest.approx(library["printed_ns"])
    assert library["mean_loss"] == pytest.approx(library["printed_mean"] + 1)
    ours = found[found["implementation"] == "kmedoids_bench"].iloc[0]
    assert ours[["printed_ns", "there"]].isna().all()
    absent = found[found["note"] == "not measured"]
    assert {("biopython 1.79", "alternating"), ("kmedoids", "pam")} <= set(
        zip(absent["there"], absent["algorithm"], strict=True)
    )
    assert ("kmedoids", "fasterpam") not in set(zip(absent["there"], absent["algorithm"], strict=True))


def test_other_data_have_nothing_printed(rows):
    found = analyse(rows.assign(n=3_000)).table
    assert found["printed_ns"].isna().all()
    assert len(found) == 2


def test_all_ten_lines_of_the_companion_are_there():
    assert printed()[["there", "algorithm"]].drop_duplicates().shape[0] == 10


def test_tables_and_findings(rows):
    result = analyse(rows)
    tables = exhibits.tables(result)
    assert "PyClustering" in markdown_text(tables["companion"])
    assert entries(tables["answers"])
    said = " ".join(exhibits.findings(result))
    assert "kmedoids_055, FasterPAM: 5.53 ns per n² (printed 5.53), mean loss 18,755,650, +0.00 %" in said
    assert "kmedoids_bench, FasterPAM on mnist (n = 10,000), k = 10, start random: 10.0 ns per n²." in said


def test_it_is_said_where_a_time_is_that_of_one_call(rows):
    once = rows.drop_duplicates("contender")
    assert "(printed 5.53), from one call, mean loss" in " ".join(exhibits.findings(analyse(once)))
    assert "from one call" not in " ".join(exhibits.findings(analyse(rows)))


def test_a_loss_that_is_hardly_lower_has_no_minus_before_its_zero(rows):
    said = " ".join(exhibits.findings(analyse(rows.assign(loss=rows["loss"] - 100))))
    assert "+0.00 % from the printed one" in said


def test_nothing_measured(rows):
    result = analyse(rows[:0])
    assert list(exhibits.findings(result)) == []
    assert all(not entries(table) for table in exhibits.tables(result).values())
