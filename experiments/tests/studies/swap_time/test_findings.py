import re

import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.swap_time import findings as module
from kmedoids_bench.experiments.studies.swap_time.analysis import analyse
from kmedoids_bench.experiments.studies.swap_time.findings import factor, pairs


def findings(rows):
    return list(module.findings(analyse(rows.assign(result_class=None))))


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
        "On digits (n = 1,797, euclidean), k = 100, from a BUILD start, FasterPAM was 412 times [412, 412] and "
        "FastPAM1 was 103 times [103, 103] as fast as PAM (kmedoids_bench; n = 10 pairs in 3 series)."
    ]


def test_largest_measured_k_is_told_and_the_bound_beyond(factory):
    cut = factory.failure("timeout", "cut", algorithm="pam", k=200, limit_seconds=10.0)
    fast = [factory.record(algorithm="fasterpam", seconds=0.04, k=200, round=number) for number in range(5)]
    said = findings(rows_frame([*block(factory, k=50), *block(factory, k=100), cut, *fast]))
    assert ", k = 100," in said[0]
    assert said[0].endswith("at k = 200, where PAM was cut, FasterPAM more than 250 times.")
    assert said[-1] == (
        "PAM of kmedoids_bench in memory order C was cut at 10 s in 1 of 3 cells: there is no ratio to it "
        "there, at most a bound."
    )


def test_algorithms_with_different_largest_k_have_sentences_of_their_own(factory):
    more = [
        factory.record(algorithm=algorithm, seconds=seconds, k=200, round=number)
        for number in range(5)
        for algorithm, seconds in (("pam", 900.0), ("fasterpam", 1.0))
    ]
    said = findings(rows_frame([*block(factory), *more]))
    assert ["k = 200, from a BUILD start, FasterPAM was 900" in one for one in said] == [True, False]
    assert "k = 100, from a BUILD start, FastPAM1 was 103" in said[1]


def test_a_single_series_has_no_interval(factory):
    (said,) = findings(rows_frame(block(factory, count=3, series=0)))
    assert "FasterPAM was 412 times and" in said
    assert "n = 3 pairs in 1 series; no interval: one process, one start" in said


def test_library_is_told_with_its_order(factory):
    library = {"implementation": "lib", "order": "F", "tier": "library"}
    said = findings(rows_frame(block(factory) + block(factory, pam=824.0, fastpam1=8.0, fasterpam=3.0, **library)))
    (against,) = [one for one in said if one.startswith("Time of lib")]
    assert "FasterPAM 3.00 times [3.00, 3.00] (geometric mean over 1 cell, 3.00 to 3.00; order F in 1)" in against
    assert any(one.startswith("Within lib, the largest speed-ups") and "memory order F" in one for one in said)


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
    assert pairs({"n_pairs": 10, "n_runs": 3, "low": 1.0}) == "n = 10 pairs in 3 series"
    one = {"n_pairs": 1, "n_runs": 1, "low": None, "why_none": "one process, one start"}
    assert pairs(one) == "n = 1 pair in 1 series; no interval: one process, one start"


def test_mean_over_a_cell_with_one_series_says_why_it_has_no_interval(factory):
    library = {"implementation": "lib", "tier": "library"}
    said = findings(rows_frame(block(factory, series=0) + block(factory, series=0, **library)))
    (against,) = [one for one in said if one.startswith("Time of lib")]
    assert "order C in 1; no interval: one process, one start)" in against


def test_the_dataset_with_the_largest_k_comes_first(factory):
    said = findings(rows_frame([*block(factory, k=10), *block(factory, k=100, dataset="plants", n=1599)]))
    assert [sentence.split()[1] for sentence in said[:2]] == ["plants", "digits"]
