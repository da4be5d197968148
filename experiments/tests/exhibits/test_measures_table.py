from kmedoids_bench.experiments.analysis.intervals import Interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.exhibits.measures_table import numbers_table, sentences
from kmedoids_bench.experiments.exhibits.tables import entries

FOUND = {
    "speed": [
        Measure(2.0, Interval(1.5, 2.5), 9, "digits"),
        Measure(3.0, Interval.none("2 series, 3 needed"), 2, "digits", "library"),
    ],
    "threads": [Measure(1.5, Interval(1.4, 1.6), 9, "mnist", "library")],
    "unnamed": [Measure.exact(7, 1, "digits")],
}
WORDS = {"threads": "What threads bring", "speed": "Speed-up", "nothing": "Never measured"}


def test_every_measure_that_has_words_is_a_line():
    table = numbers_table(FOUND, WORDS)
    assert [line[0] for line in entries(table)] == ["What threads bring", "Speed-up", "Speed-up"]
    assert [line[3] for line in entries(table)] == [
        "1.50 [1.40, 1.60]",
        "2.00 [1.50, 2.50]",
        "3.00 (no interval: 2 series, 3 needed)",
    ]
    assert entries(numbers_table({}, WORDS)) == []


def test_ours_are_said_and_a_library_where_there_is_none_of_ours():
    assert list(sentences(FOUND, WORDS)) == [
        "What threads bring: 1.50 [1.40, 1.60] on mnist (library).",
        "Speed-up: 2.00 [1.50, 2.50] on digits.",
    ]
    assert list(sentences({}, WORDS)) == []


def test_of_many_the_lowest_and_the_highest_are_said():
    def said(*values):
        (text,) = sentences({"speed": [Measure.exact(value, 1, f"d{value:g}") for value in values]}, WORDS)
        return text

    assert said(3, 1, 2) == "Speed-up: from 1 on d1 to 3.00 on d3 (3 cases)."
    assert said(1, 1, 1) == "Speed-up: 1 in all 3 cases."
