import pandas as pd
import pytest

from kmedoids_bench.experiments.analysis.speedups import problems_of
from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.swap_time.analysis import analyse
from kmedoids_bench.experiments.studies.swap_time.code_bases import code_bases
from kmedoids_bench.experiments.studies.swap_time.derived_times import NOTE, SETTING, swaps_alone, with_counted
from kmedoids_bench.experiments.studies.swap_time.exhibits import findings, tables

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
        *runs(factory, "no_swap", [1.0, 1.2, 1.4], series=0, **R),
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


@pytest.mark.parametrize("few", [[1.5, 1.3], [1.005, 1.006]])
def test_a_series_in_which_a_call_happens_to_be_longer_does_not_stand_for_the_others(factory, few):
    records = []
    # The calls without swaps range over 0.2 s; or not at all, but the clock counts milliseconds.
    fixed = [0.9, 1.1] if few[0] > 1.1 else [1.0, 1.0]
    for series, seconds in enumerate((few, [3.0, 3.1], [3.0, 3.2])):
        records += runs(factory, "no_swap", fixed, series=series, **R)
        records += runs(factory, "fasterpam", seconds, series=series, **R)
        records += runs(factory, "pam", [9.0, 9.1], series=series, **R)
    rows = swaps_alone(rows_frame(records))
    assert rows.loc[rows["algorithm"] == "fasterpam", "seconds"].isna().all()
    assert rows.loc[rows["algorithm"] == "pam", "seconds"].notna().all()


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


SINGLE = {"setting": SETTING, "contender": f"kmedoids_bench/pam[{SETTING}]/C"}


def block(factory, k=100, passes=40, rounds=3, **fields):
    """A pass of PAM takes 2 s, and FastPAM1 a second in all."""
    for number in range(rounds):
        yield factory.record(algorithm="pam", k=k, round=number, seconds=2.0, n_passes=1, loss=9.0, **SINGLE, **fields)
        yield factory.record(algorithm="fastpam1", k=k, round=number, seconds=1.0, n_passes=passes, loss=5.0, **fields)


def test_the_time_of_pam_is_that_of_a_pass_times_the_passes(factory):
    rows, checked = with_counted(rows_frame(block(factory)))
    pam = rows[rows["algorithm"] == "pam"]
    assert set(pam["contender"]) == {"kmedoids_bench/pam/C"}
    assert pam["seconds"].tolist() == [80.0] * 3
    assert (pam["n_passes"] == 40).all()
    assert (pam["loss"] == 5.0).all()  # of FastPAM1's result, which is PAM's
    assert pam["counted"].all()
    assert checked.empty


def test_each_start_has_passes_of_its_own(factory):
    records = [*block(factory, passes=10, block="b1", seed=0), *block(factory, passes=30, block="b2", seed=1)]
    rows, _ = with_counted(rows_frame(records))
    assert sorted(set(rows.loc[rows["algorithm"] == "pam", "seconds"])) == [20.0, 60.0]


def test_a_whole_call_is_kept_and_the_counted_one_checked_against_it(factory):
    whole = [factory.record(algorithm="pam", k=100, round=number, seconds=78.0) for number in range(3)]
    rows, checked = with_counted(rows_frame([*block(factory), *whole]))
    assert rows.loc[rows["algorithm"] == "pam", "seconds"].tolist() == [78.0] * 3
    (line,) = checked.to_dict("records")
    assert (line["seconds"], line["counted_seconds"], line["n_pairs"]) == (78.0, 80.0, 3)
    assert line["estimate"] == pytest.approx(80 / 78)


@pytest.mark.parametrize(("seconds", "told"), [(64.0, True), (80.0, False)])
def test_derived_times_that_differ_from_whole_calls_are_told(factory, seconds, told):
    whole = [factory.record(algorithm="pam", k=100, round=number, seconds=seconds) for number in range(3)]
    result = analyse(rows_frame([*block(factory), *whole]).assign(result_class=None))
    said = [one for one in findings(result) if "derived" in one]
    assert len(said) == told
    assert all("differs from that of whole calls in 1 of 1 problems" in one and "1.25 times" in one for one in said)


def test_a_cut_call_of_pam_is_not_replaced(factory):
    cut = factory.failure("timeout", "cut", algorithm="pam", k=100, limit_seconds=10.0)
    rows, _ = with_counted(rows_frame([*block(factory), cut]))
    assert rows.loc[rows["algorithm"] == "pam", "status"].tolist() == ["timeout"]


def test_without_fastpam1_nothing_is_counted(factory):
    rows, _ = with_counted(rows_frame(one for one in block(factory) if one["algorithm"] == "pam"))
    assert rows.empty


def test_other_algorithms_may_take_the_place_of_pam_and_fastpam1(factory):
    names = {"pam": "pammedsil", "fastpam1": "fastmsc"}
    records = [one | {"algorithm": names[one["algorithm"]]} for one in block(factory, passes=7)]
    silhouettes = {"pammedsil": 0.1, "fastmsc": 0.4}
    records = [one | {"medoid_silhouette": silhouettes[one["algorithm"]]} for one in records]
    rows, _ = with_counted(rows_frame(records), "pammedsil", "fastmsc")
    slow = rows[rows["algorithm"] == "pammedsil"]
    assert (
        slow[["contender", "seconds", "medoid_silhouette"]].values.tolist()
        == [["kmedoids_bench/pammedsil/C", 14, 0.4]] * 3
    )


def test_the_study_compares_with_counted_times_and_says_so(factory):
    result = analyse(rows_frame(block(factory)).assign(result_class=None))
    (gain,) = result.speedups.to_dict("records")
    assert (gain["algorithm"], gain["estimate"]) == ("fastpam1", pytest.approx(80))
    notes = result.times.set_index("algorithm")["note"].to_dict()
    assert notes == {"pam": NOTE, "fastpam1": ""}
    assert NOTE in [cell for line in entries(tables(result)["times"]) for cell in line]
