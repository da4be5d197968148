import pytest

from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.swap_time.analysis import analyse
from kmedoids_bench.experiments.studies.swap_time.counted import NOTE, SETTING, with_counted
from kmedoids_bench.experiments.studies.swap_time.exhibits import tables

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


def test_a_cut_call_of_pam_is_not_replaced(factory):
    cut = factory.failure("timeout", "cut", algorithm="pam", k=100, limit_seconds=10.0)
    rows, _ = with_counted(rows_frame([*block(factory), cut]))
    assert rows.loc[rows["algorithm"] == "pam", "status"].tolist() == ["timeout"]


def test_without_fastpam1_nothing_is_counted(factory):
    rows, _ = with_counted(rows_frame(one for one in block(factory) if one["algorithm"] == "pam"))
    assert rows.empty


def test_the_study_compares_with_counted_times_and_says_so(factory):
    result = analyse(rows_frame(block(factory)).assign(result_class=None))
    (gain,) = result.speedups.to_dict("records")
    assert (gain["algorithm"], gain["estimate"]) == ("fastpam1", pytest.approx(80))
    notes = result.times.set_index("algorithm")["note"].to_dict()
    assert notes == {"pam": NOTE, "fastpam1": ""}
    assert NOTE in [cell.text for line in entries(tables(result)["times"]) for cell in line]
