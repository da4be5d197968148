import re

import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Table
from kmedoids_bench.experiments.kit.finding import offer
from kmedoids_bench.experiments.kit.selection import selection
from kmedoids_bench.experiments.kit.sizes import column
from kmedoids_bench.experiments.kit.tables import choose, fitted, without_gaps

WIDE, NARROW = column("ieee", "double"), column("ieee", "single")


def ratios(**more):
    frame = pd.DataFrame(
        {
            "dataset": ["digits"] * 3,
            "n": [1797] * 3,
            "algorithm_title": ["PAM", "PAM", "FasterPAM"],
            "k": [2, 10, 10],
            "estimate": [-1.5, 412.0, 3.0],
            "low": [-2.0, 390.0, np.nan],
            "high": [-1.0, 431.0, np.nan],
            "why_none": ["", "", "2 series, 3 needed"],
            "n_pairs": [9, 9, 6],
            "nothing": [np.nan] * 3,
        }
    ).assign(**more)
    return Table.of(
        frame,
        c.DATA,
        c.N,
        c.ALGORITHM,
        c.K,
        c.ratio("times"),
        c.PAIRS,
        c.ratios("nothing"),
        caption="Ratios. Pairs: how many.",
    )


def body(tex):
    return [
        line.removesuffix(r" \tabularnewline") for line in tex.partition("\\midrule\n")[2].splitlines() if "&" in line
    ]


def test_what_all_lines_share_is_in_the_caption():
    made = fitted(without_gaps(ratios()), WIDE, "a command")
    assert made.caption == (
        "Ratios. Pairs: how many. In all lines, data = digits, n = 1,797. "
        "A number without brackets is of too few series for an interval."
    )
    assert body(made.tabular) == [
        r"PAM & 2 & \ensuremath{-}1.50 [\ensuremath{-}2.00, \ensuremath{-}1.00] & 9",
        " & 10 & 412 [390, 431] & 9",
        "FasterPAM & 10 & 3.00 & 6",
    ]
    assert made.tabular.startswith("% a command\n% Ratios.")
    assert r"\toprule" in made.tabular
    assert r"\fontsize{8}{9.6}" in made.tabular


def test_lines_and_columns_of_what_was_not_measured_are_left_out():
    table = ratios(estimate=[np.nan, 2.0, 3.0])
    left = without_gaps(table)
    assert len(left.frame) == 2
    assert [column.heading for column in left.columns] == ["data", "n", "algorithm", "k", "times", "pairs"]
    assert "nan" not in fitted(left, WIDE).tabular


def test_a_value_that_is_missing_is_a_dash():
    table = ratios(nothing=[1.0, np.nan, 2.0])
    assert body(fitted(table, WIDE).tabular)[1].endswith("& 9 & --")


def test_to_fit_intervals_go_below_values_and_then_counts_are_left_out(caplog):
    stacked = fitted(without_gaps(ratios()), column("ieee", "150pt"))
    assert r"412\\{}[390, 431]" in stacked.tabular
    assert not caplog.records
    shorter = fitted(without_gaps(ratios()), column("ieee", "125pt"))
    assert "pairs" not in shorter.tabular.partition(r"\toprule")[2]
    assert "Pairs:" not in shorter.caption
    assert caplog.messages == ["left out so that the table fits: pairs"]


def test_long_texts_are_broken_and_take_what_the_others_leave():
    long = ratios(algorithm_title=["a sentence that is much longer than any column is wide, really"] * 2 + ["short"])
    tex = fitted(without_gaps(long), NARROW).tabular
    (width,) = map(float, re.findall(r"p\{([0-9.]+)pt\}", tex))
    assert 44 < width < 252


def test_what_does_not_fit_is_refused_with_what_would_help():
    with pytest.raises(
        Trouble, match=r"does not fit into 101 pt\n.*--width double.*--column: algorithm; k; times; pairs"
    ):
        fitted(without_gaps(ratios(algorithm_title=["x" * 40, "y" * 40, "z"])), column("ieee", "101pt"))
    many = Table(pd.DataFrame({"k": range(100)}), (c.K,))
    with pytest.raises(Trouble, match="the table has 100 lines, more than a page has room for"):
        fitted(many, NARROW)


def chosen(some, name, who=None, headings=(), **place):
    wanted = offer(some, "table", name)
    return choose(some, wanted, selection(some.rows_of(wanted.study), place, None, who or {}), headings)


def test_a_table_has_the_selected_lines_and_columns(some):
    who = {"algorithm": "PAM,FasterPAM", "implementation": "kmedoids_bench"}
    table = chosen(some, "overview", who, dataset="digits")
    headings = [column.heading for column in table.columns]
    assert "FasterPAM over PAM" in headings
    assert not any("FastPAM1" in heading for heading in headings)
    assert set(table.frame["dataset"]) == {"digits"}
    assert set(table.frame["implementation"]) == {"kmedoids_bench"}
    one = chosen(some, "overview", who, ("PAM (ms)", "k"), dataset="digits")
    assert [column.heading for column in one.columns] == ["PAM (ms)", "k"]


def test_unknown_columns_and_empty_tables_are_refused(some):
    with pytest.raises(Trouble, match=r"'PAM \(s\)' is not a column of this table, did you mean 'PAM \(ms\)'"):
        chosen(some, "overview", headings=("PAM (s)",))
    with pytest.raises(Trouble, match="nothing of swap_time.versus was measured for this selection"):
        chosen(some, "versus", {"implementation": "kmedoids_bench"})
