import pandas as pd
import pytest

from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.studies.swap_time import exhibits
from kmedoids_bench.experiments.studies.swap_time.analysis import analyse
from kmedoids_bench.experiments.studies.swap_time.exhibits import tables


@pytest.fixture(scope="module")
def made(rows):
    return tables(analyse(rows.assign(result_class=None)))


def shown(table, **where):
    """Lines of a table as read, by heading, of the frame's lines that hold these values."""
    keep = pd.Series(True, index=table.frame.index)
    for name, value in where.items():
        keep &= table.frame[name] == value
    headings = [column.heading for column in table.columns]
    return [
        dict(zip(headings, [entry.text for entry in line], strict=True))
        for line, kept in zip(entries(table), keep, strict=True)
        if kept
    ]


def test_every_cell_of_every_contender_is_in_the_table_of_times(rows, made):
    swap = rows[["dataset", "start", "k", "contender"]].drop_duplicates()
    assert len(made["times"].frame) == len(swap)


def test_cut_cells_are_shown_as_cut(made):
    (line,) = shown(made["times"], contender="kmedoids_055/pam/F", dataset="digits", start="random", k=100)
    assert line["median (ms)"] == "cut at 10 s"
    (line,) = shown(made["overview"], implementation="kmedoids_bench", dataset="digits", start="random", k=100)
    assert line["PAM (ms)"] == "cut at 10 s"
    assert line["FasterPAM over PAM"].startswith("> ")


def test_unavailable_and_crashed_contenders_are_shown(made):
    (line,) = shown(made["times"], implementation="sklearn_extra", k=100)
    assert (line["median (ms)"], line["remark"]) == ("unavailable", "unavailable")
    (line,) = shown(made["times"], contender="kmedoids_055/fastpam1/F", k=200)
    assert line["median (ms)"] == "crash"
    (line,) = shown(made["versus"], implementation="sklearn_extra", k=100)
    assert line["library time / our time"] == "pam unavailable"


def test_headline_tables_take_the_faster_order_and_the_full_ones_both(made):
    library = made["versus"].frame.query("implementation == 'kmedoids_055' and n_pairs > 0")
    assert set(library["order"]) == {"F"}
    assert set(made["versus_all"].frame.query("implementation == 'kmedoids_055'")["order"]) == {"C", "F"}
    assert set(made["speedup_all"].frame.query("implementation == 'kmedoids_055'")["order"]) == {"C", "F"}


def test_ratios_are_those_the_rows_were_made_with(made):
    # The library's order F is 1.3 times as slow as this project in the made-up rows.
    overall = made["versus_overall"].frame
    assert overall["estimate"].tolist() == pytest.approx([1.3] * 3, rel=0.02)
    assert ((overall["low"] < 1.31) & (overall["high"] > 1.29)).all()


def test_reading_order(made):
    overview = made["overview"].frame
    assert overview["k"].head(12).tolist() == [2, 2, 5, 5, 10, 10, 20, 20, 50, 50, 100, 100]
    assert overview["implementation"].head(2).tolist() == ["kmedoids_bench", "kmedoids_055"]
    assert made["versus_overall"].frame["algorithm_title"].tolist() == ["PAM", "FastPAM1", "FasterPAM"]


@pytest.mark.parametrize("left", [["fasterpam"], ["fastpam1", "fasterpam"], ["pam"]])
def test_a_profile_may_ask_for_some_of_the_algorithms_only(rows, left):
    some = analyse(rows[rows["algorithm"].isin(left)].assign(result_class=None))
    for table in tables(some).values():
        entries(table)
    for figure in exhibits.figures(some).values():
        assert figure.alt
    assert list(exhibits.findings(some)) or left == ["pam"]
