import pandas as pd
import pytest

from kmedoids_bench.experiments.analysis.speedups import problems_of
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.swap_time.analysis import analyse
from kmedoids_bench.experiments.studies.swap_time.code_bases import code_bases
from kmedoids_bench.experiments.studies.swap_time.fixed_work import swaps_alone

R = {"implementation": "cluster", "order": "dist", "tier": "library", "phase": "total"}
OURS = {"implementation": "kmedoids_bench", "order": "C", "tier": "plain"}


def runs(factory, algorithm, seconds, **fields):
    return [
        factory.record(algorithm=algorithm, seconds=each, round=number, **fields) for number, each in enumerate(seconds)
    ]


def seconds_of(rows, algorithm):
    return rows.loc[rows["algorithm"] == algorithm, "seconds"].tolist()


def test_the_median_call_without_swaps_is_taken_off_in_each_series(factory):
    records = [
        *runs(factory, "no_swap", [1.0, 1.2, 4.0], series=0, **R),
        *runs(factory, "pam", [5.2, 6.2, 7.2], series=0, **R),
        *runs(factory, "no_swap", [2.0], series=1, **R),
        *runs(factory, "pam", [7.0], series=1, **R),
    ]
    rows = swaps_alone(rows_frame(records))
    assert set(rows["algorithm"]) == {"pam"}
    assert set(rows["phase"]) == {"swap"}
    assert seconds_of(rows, "pam") == pytest.approx([4, 5, 6, 5])


def test_times_within_the_noise_of_the_fixed_work_say_nothing(factory):
    one = {"series": 0, **R}
    records = [*runs(factory, "no_swap", [0.8, 1.0, 1.2], **one), *runs(factory, "pam", [3.0, 3.5], **one)]
    rows = swaps_alone(rows_frame([*records, *runs(factory, "fasterpam", [1.5, 1.1], **one)]))
    assert seconds_of(rows, "pam") == pytest.approx([2, 2.5])
    assert rows.loc[rows["algorithm"] == "fasterpam", "seconds"].isna().all()


def test_other_rows_stay_as_they_are(factory):
    whole = runs(factory, "pam", [5.0], **R)
    ours = runs(factory, "pam", [0.5], **OURS)
    pd.testing.assert_frame_equal(swaps_alone(rows_frame([*whole, *ours])), rows_frame([*whole, *ours]))
    elsewhere = runs(factory, "no_swap", [1.0], block="b2", k=50, **R)
    rows = swaps_alone(rows_frame([*whole, *ours, *elsewhere]))
    assert sorted(rows["seconds"]) == [0.5, 5.0]
    assert set(rows.loc[rows["implementation"] == "cluster", "phase"]) == {"total"}


def test_the_study_compares_them_with_our_swaps(factory):
    records = []
    for algorithm, theirs, ours in (("pam", 41.0, 10.0), ("fasterpam", 3.0, 0.5)):
        records += runs(factory, algorithm, [theirs] * 6, **R) + runs(factory, algorithm, [ours] * 6, **OURS)
    rows = rows_frame([*records, *runs(factory, "no_swap", [1.0] * 6, **R)])
    result = analyse(rows.assign(result_class=None))
    gains = result.speedups.set_index(["implementation", "algorithm"])["estimate"]
    assert gains["cluster", "fasterpam"] == pytest.approx(20)
    assert result.versus.set_index("algorithm")["estimate"].to_dict() == pytest.approx({"pam": 4, "fasterpam": 4})
    (base,) = [base for base in code_bases(problems_of(swaps_alone(rows))) if base.implementation == "cluster"]
    (k,) = base.problems
    measure = base.over_k("fasterpam").ratio(k)
    assert measure is not None
    assert measure.where.endswith("whole calls less a call without swaps")
