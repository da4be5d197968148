"""Which call is recommended, on made-up rows, and how that is said."""

import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.choice.analysis import analyse
from kmedoids_bench.experiments.studies.choice.exhibits import findings, owner_of, tables

# implementation, algorithm, start -> seconds and loss at k = 5; at k = 10 both are another
CALLS = {
    ("kmedoids_bench_tuned", "fasterpam", "random"): (1.0, 100.2),
    ("kmedoids_055", "fasterpam", "random"): (3.0, 100.2),
    ("kmedoids_bench_tuned", "pam", "build"): (4.0, 100.0),
    ("kmedoids_bench_tuned", "alternating", "random"): (0.5, 130.0),
}


def rows_of(factory, calls, scale=1.0, ks=(5, 10)):
    records = []
    for k in ks:
        for (implementation, algorithm, start), (seconds, loss) in calls.items():
            for number in range(3):
                fields = {"implementation": implementation, "algorithm": algorithm, "start": start, "k": k}
                fields |= {"phase": "total", "own_start": start, "round": number, "block": f"{k}{start}{number}"}
                fields |= {"contender": f"{implementation}/{algorithm}[own {start}]/C"}
                records.append(factory.record(seconds=scale * seconds * k, loss=loss / k, **fields))
    return records


def ranked(records):
    return analyse(rows_frame(records)).ranking


def test_of_the_good_calls_the_fastest_is_recommended(factory):
    ranking = ranked(rows_of(factory, CALLS))
    assert ranking[["implementation", "algorithm", "recommended", "good"]].values.tolist() == [
        ["kmedoids_bench_tuned", "fasterpam", True, True],
        ["kmedoids_055", "fasterpam", False, True],
        ["kmedoids_bench_tuned", "pam", False, True],
        ["kmedoids_bench_tuned", "alternating", False, False],
    ]
    assert ranking["relative"].tolist() == pytest.approx([1, 3, 4, 0.5])
    assert ranking["excess"].tolist() == pytest.approx([0.002, 0.002, 0, 0.3])
    assert ranking["seconds"].iloc[0] == pytest.approx(50**0.5)


def test_where_nobody_notices_the_time_the_loss_decides(factory):
    ranking = ranked(rows_of(factory, CALLS, scale=1e-4))
    assert ranking.iloc[0]["algorithm"] == "pam"


def test_luck_with_a_few_random_starts_decides_nothing(factory):
    """Two run the same algorithm: the faster one is recommended, though the other drew better starts."""
    calls = {
        ("kmedoids_bench_tuned", "fasterpam", "random"): (1e-3, 100.2),
        ("other", "fasterpam", "random"): (2e-3, 100.0),
    }
    assert ranked(rows_of(factory, calls)).iloc[0]["implementation"] == "kmedoids_bench_tuned"
    calls["other", "fasterpam", "random"] = (5e-4, 104.0)  # but whoever is poorer by far is not taken
    assert ranked(rows_of(factory, calls)).iloc[0]["implementation"] != "other"


def test_a_call_that_did_not_finish_everywhere_is_not_recommended(factory):
    cut = {"implementation": "fast", "algorithm": "fasterpam", "start": "random", "phase": "total", "k": 10}
    cut = factory.failure("timeout", "cut", limit_seconds=5.0, own_start="random", contender="fast/x/C", **cut)
    fast = rows_of(factory, {("fast", "fasterpam", "random"): (0.01, 100.0)}, ks=(5,))
    ranking = ranked([*rows_of(factory, CALLS), *[row | {"contender": "fast/x/C"} for row in fast], cut])
    line = ranking[ranking["implementation"] == "fast"].iloc[0]
    assert (line["finished"], line["tried"], line["could_not"]) == (1, 2, "cut at 5 s: 1")
    assert not line["good"]
    assert ranking.iloc[0]["implementation"] == "kmedoids_bench_tuned"


def test_the_recommendation_in_words(factory):
    said = list(findings(analyse(rows_frame(rows_of(factory, CALLS)))))
    assert said == [
        "On digits (n = 1,797, euclidean), use FasterPAM of kmedoids-bench from a random start: 7.07 s a call, "
        "with a loss 0.2 % above the lowest.",
        "The fastest call, Alternating of kmedoids-bench from a random start, takes 0.500 times as long, with "
        "a loss 30 % above the lowest.",
        "The next best, FasterPAM of kmedoids 0.5.5 from a random start, takes 3.00 times as long.",
        "The slowest that finished, PAM of kmedoids-bench from BUILD, takes 4.00 times as long.",
        "Alternating of kmedoids-bench from a random start has the highest loss, 30 % above the lowest.",
    ]
    assert owner_of("unknown") == "unknown"


def test_no_call_has_the_highest_loss_where_all_have_the_same(factory):
    rows = rows_frame(rows_of(factory, CALLS)).assign(loss=100.0)
    assert not [one for one in findings(analyse(rows)) if "highest loss" in one]


def test_nothing_is_recommended_where_nothing_finished(factory):
    failed = factory.failure("crash", "it died", phase="total", own_start="build")
    result = analyse(rows_frame([failed]))
    assert not result.ranking["recommended"].any()
    assert list(findings(result)) == []
    assert len(tables(result)["ranking"].frame) == 1
