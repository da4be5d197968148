import re

import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.swap_time import exhibits
from kmedoids_bench.experiments.studies.swap_time.analysis import analyse
from kmedoids_bench.experiments.studies.swap_time.decomposition import FACTORS
from kmedoids_bench.experiments.studies.swap_time.exhibits import factor, pairs, tables


@pytest.fixture(scope="module")
def made(rows):
    return tables(analyse(rows.assign(result_class=None)))


def shown(table, **where):
    """Lines of a table as read, by heading, of the frame's lines that hold these values."""
    keep = pd.Series(True, index=table.frame.index)
    for name, value in where.items():
        keep &= table.frame[name] == value
    headings = [column.heading for column in table.columns]
    return [dict(zip(headings, line, strict=True)) for line, kept in zip(entries(table), keep, strict=True) if kept]


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


def figures(rows):
    return exhibits.figures(analyse(rows.assign(result_class=None)))


@pytest.fixture(scope="module")
def drawn(rows):
    return figures(rows)


def test_one_set_of_figures_for_each_dataset(drawn):
    kinds = ("time", "time_linear", "speedup", "decomposition", "libraries_time", "libraries_speedup")
    assert set(drawn) == {f"{kind}_{data}" for kind in kinds for data in ("digits", "plants_texture")}


def test_libraries_have_figures_of_their_own(rows, drawn):
    def legend(name):
        return {text.get_text() for text in drawn[name].drawing.legends[0].get_texts()}

    assert "kmedoids_055" not in legend("time_digits") | legend("speedup_digits")
    assert "kmedoids_055" in legend("libraries_time_digits") & legend("libraries_speedup_digits")
    assert not any("libraries" in name for name in figures(rows[rows["implementation"] == "kmedoids_bench"]))


def test_linear_axes(drawn):
    axes = drawn["time_linear_digits"].drawing.axes[0]
    assert (axes.get_xscale(), axes.get_yscale()) == ("linear", "linear")
    assert axes.get_ylim()[0] == 0


def test_one_panel_for_each_start(drawn):
    assert [axes.get_title(loc="left") for axes in drawn["time_digits"].drawing.axes] == ["BUILD", "random"]


def test_axes_are_logarithmic_and_have_units(drawn):
    axes = drawn["time_digits"].drawing.axes[0]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    drawn["time_digits"].drawing.canvas.draw()
    labels = [label.get_text() for label in axes.get_yticklabels()]
    assert "10 ms" in labels
    assert "1 s" in labels


def test_cut_runs_are_arrows_at_the_limit(drawn):
    arrows = [line for line in drawn["time_digits"].drawing.axes[1].lines if "arrow" in str(line.get_marker())]
    assert arrows
    assert all(np.asarray(line.get_ydata()) == pytest.approx(10.0) for line in arrows)


@pytest.mark.proof
def test_sizes_of_one_dataset_have_figures_of_their_own(rows):
    half = rows[rows["dataset"] == "digits"].assign(dtype="float64")
    both = figures(pd.concat([rows, half]))
    assert "time_digits_1797_euclidean_float64" in both
    assert "time_plants_texture" in both


def test_nothing_is_drawn_of_nothing(rows):
    assert figures(rows[rows["status"] == "unavailable"]) == {}
    assert figures(rows[:0]) == {}


def factors():
    table = pd.DataFrame({"k": [100, 10], "speedup": [450.0, np.nan], "cheaper": [90.0, np.nan], "fewer": [5.0, 2.0]})
    ends = {f"{name}{end}": np.nan for name in FACTORS for end in ("_low", "_high")}
    both = [table.assign(start=start, implementation="kmedoids_bench", **ends) for start in ("build", "random")]
    return pd.concat(both)


DIGITS = {"dataset": "digits", "n": 1797, "metric": "euclidean", "dtype": "float32"}


def test_three_curves_over_k():
    figure = exhibits._decomposition(factors(), DIGITS)
    drawing = figure.drawing
    assert [axes.get_title(loc="left") for axes in drawing.axes] == ["BUILD", "random"]
    assert [text.get_text() for text in drawing.legends[0].get_texts()] == [*FACTORS.values(), "speed-up = k"]
    assert drawing.axes[0].get_ylabel() == "FasterPAM over PAM"
    curves = [container.lines[0] for container in drawing.axes[0].containers]
    assert [np.asarray(curve.get_ydata())[-1] for curve in curves] == [450, 90, 5]
    assert [list(np.asarray(curve.get_xdata())) for curve in curves] == [[100], [100], [10, 100]]
    assert "one panel for each start: BUILD, random." in figure.alt


def findings(rows):
    return list(exhibits.findings(analyse(rows.assign(result_class=None))))


def block(factory, k=100, count=10, pam=412.0, fastpam1=4.0, fasterpam=1.0, **fields):
    """Runs with known ratios."""
    out = []
    for algorithm, seconds in (("pam", pam), ("fastpam1", fastpam1), ("fasterpam", fasterpam)):
        out += [
            factory.record(algorithm=algorithm, seconds=seconds, round=number, k=k, **fields) for number in range(count)
        ]
    return out


def test_gain_in_one_sentence(factory):
    assert findings(rows_frame(block(factory))) == [
        "On digits (n = 1,797, euclidean), k = 100, from BUILD, FasterPAM is 412 times [412, 412] as fast as PAM, "
        "FastPAM1 is 103 times [103, 103] (10 pairs in 3 series)."
    ]


def test_largest_measured_k_is_told_and_the_bound_beyond(factory):
    cut = factory.failure("timeout", "cut", algorithm="pam", k=200, limit_seconds=10.0)
    fast = [factory.record(algorithm="fasterpam", seconds=0.04, k=200, round=number) for number in range(5)]
    said = findings(rows_frame([*block(factory, k=50), *block(factory, k=100), cut, *fast]))
    assert ", k = 100," in said[0]
    assert said[0].endswith("At k = 200, where PAM was cut, FasterPAM is more than 250 times as fast.")
    assert said[-1] == (
        "PAM of kmedoids_bench in memory order C was cut at 10 s in 1 of 3 cells: in these, a ratio to it "
        "has at most a bound."
    )


def test_algorithms_with_different_largest_k_have_sentences_of_their_own(factory):
    more = [
        factory.record(algorithm=algorithm, seconds=seconds, k=200, round=number)
        for number in range(5)
        for algorithm, seconds in (("pam", 900.0), ("fasterpam", 1.0))
    ]
    said = findings(rows_frame([*block(factory), *more]))
    assert ["k = 200, from BUILD, FasterPAM is 900" in one for one in said] == [True, False]
    assert "k = 100, from BUILD, FastPAM1 is 103" in said[1]


def test_a_headline_is_where_the_papers_print_a_number_and_has_an_interval(factory):
    def headlines(dataset="plants_texture", **fields):
        runs = rows_frame(block(factory, dataset=dataset, n=1599, **fields))
        return list(exhibits.headlines(analyse(runs.assign(result_class=None))))

    (one,) = headlines()
    assert one.value == "412 times"  # all series are equal
    assert one.words == "as fast as PAM: FasterPAM from BUILD, k = 100 (the papers print 458)"
    assert headlines(series=0) == headlines(k=50) == headlines(dataset="digits") == []


def test_a_single_series_has_no_interval(factory):
    (said,) = findings(rows_frame(block(factory, count=3, series=0)))
    assert "FasterPAM is 412 times as fast" in said
    assert "3 pairs in 1 series; no interval: one process, one start" in said


def test_a_library_is_compared_with_ours_and_with_its_own_pam(factory):
    library = {"implementation": "lib", "order": "F", "tier": "library"}
    said = findings(rows_frame(block(factory) + block(factory, pam=824.0, fastpam1=8.0, fasterpam=3.0, **library)))
    (against,) = [one for one in said if one.startswith("lib takes")]
    assert "3.00 times our time for FasterPAM (3.00 to 3.00)" in against
    assert against.endswith("geometric means over up to 1 cell, in its faster memory order.")
    (own,) = [one for one in said if one.startswith("The largest speed-ups of lib over its own PAM")]
    assert "FasterPAM 275 times [275, 275] (digits, k = 100)" in own


def test_words_for_a_whole_run_hold_numbers_only_where_there_are_some(rows):
    said = findings(rows)
    assert len(said) >= 8
    assert not [one for one in said if re.search(r"\b(nan|None|NA|inf)\b", one)]


def test_nothing_to_say_of_nothing(rows):
    assert findings(rows[:0]) == []


@pytest.mark.parametrize(
    ("estimate", "low", "high", "words"),
    [
        (412.3, 390.2, 431.0, "412 times [390, 431]"),
        (1.5, 1.42, 12.0, "1.50 times [1.42, 12.00]"),
        (2.0, None, None, "2.00 times"),
    ],
)
def test_factor(estimate, low, high, words):
    assert factor({"estimate": estimate, "low": low, "high": high}) == words


def test_pairs():
    assert pairs({"n_pairs": 10, "n_runs": 3, "low": 1.0}) == "10 pairs in 3 series"
    one = {"n_pairs": 1, "n_runs": 1, "low": None, "why_none": "one process, one start"}
    assert pairs(one) == "1 pair in 1 series; no interval: one process, one start"


def test_the_dataset_with_the_largest_k_comes_first(factory):
    said = findings(rows_frame([*block(factory, k=10), *block(factory, k=100, dataset="plants", n=1599)]))
    assert [sentence.split()[1] for sentence in said[:2]] == ["plants", "digits"]
