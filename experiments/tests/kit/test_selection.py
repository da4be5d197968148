from dataclasses import dataclass

import pandas as pd
import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Table
from kmedoids_bench.experiments.kit.selection import Selection, by_name, choices, selection
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.answer import answer


def read(rows, k=None, who=None, **place):
    return selection(rows, place, k, who or {})


@pytest.mark.parametrize(
    ("word", "name"),
    [("FasterPAM", "fasterpam"), (" FASTERPAM", "fasterpam"), ("kmedoids 0.5.5", "kmedoids_055"), ("build", "build")],
)
def test_names_are_known_as_papers_and_as_rows_spell_them(word, name):
    assert by_name(word, ["pam", "fasterpam", "build", "kmedoids_055"]) == name
    assert by_name(word, ["pam"]) is None


@pytest.mark.parametrize(
    ("k", "kept"), [("10", [10]), ("10,50", [10, 50]), ("10:50", [10, 20, 50]), (":5", [2, 5]), ("60:", [100, 200])]
)
def test_numbers_of_medoids_are_given_one_by_one_or_as_a_range(rows, k, kept):
    assert sorted(read(rows, k).rows(rows)["k"].unique()) == kept


def test_a_matrix_is_chosen_by_its_dataset(rows):
    chosen = read(rows, dataset="digits", n=1797, metric=None).rows(rows)
    assert set(chosen["dataset"]) == {"digits"}
    assert len(chosen) == (rows["dataset"] == "digits").sum()


@pytest.mark.parametrize(
    ("k", "who", "place", "message"),
    [
        (None, {}, {"dataset": "digit"}, "--dataset: 'digit' is not a dataset with such rows, did you mean 'digits'"),
        (None, {}, {"n": 5}, r"--n: 5 is not a number of objects with such rows \(allowed: 1599, 1797\)"),
        ("7", {}, {}, "--k: there are no such rows, but rows of k = 2, 5, 10"),
        ("ten", {}, {}, r"--k: 'ten' is neither a number, nor numbers \(10,20,50\), nor a range"),
        (
            None,
            {"algorithm": "PAM,FasterPAN"},
            {},
            "--only: 'FasterPAN' is not an algorithm with such rows, did you mean 'FasterPAM'",
        ),
        (None, {"start": "LAB"}, {}, r"--start: 'LAB' is not a start with such rows \(allowed: BUILD, random\)"),
    ],
)
def test_mistakes_are_answered_with_what_there_is(rows, k, who, place, message):
    with pytest.raises(Trouble, match=message):
        read(rows, k, who, **place).rows(rows)


def test_leaving_out_an_algorithm_changes_no_number(some):
    """PAM is what the others are relative to; it can be left out of a figure, but not of the analysis."""
    study = studies()["swap_time"]
    rows = some.rows_of(study)
    only = read(rows, "10:50", {"algorithm": "FasterPAM", "start": "random"}, dataset="digits")
    every = answer(study, rows, draw=False).tables["speedup_all"].frame
    here = every[(every["dataset"] == "digits") & every["k"].between(10, 50) & (every["start"] == "random")]
    here = here[here["algorithm"] == "fasterpam"].reset_index(drop=True)
    chosen = answer(study, only.rows(rows), draw=False, shown=only.result).tables["speedup_all"].frame
    assert len(here)
    pd.testing.assert_frame_equal(chosen, here)


def test_measures_are_those_of_the_implementations(some):
    study = studies()["swap_time"]
    only = Selection(who={"implementation": ["kmedoids_055"]})
    kept = answer(study, some.rows_of(study), draw=False, shown=only.result).measures
    assert {one.code_base for those in kept.values() for one in those} == {"kmedoids_055"}


def test_a_choice_that_cannot_be_made_is_refused():
    @dataclass(frozen=True)
    class Result:
        best_of: pd.DataFrame
        others: pd.DataFrame

    with pytest.raises(Trouble, match="--only does not apply"):
        Selection(who={"algorithm": ["pam"]}).result(Result(pd.DataFrame({"k": [1]}), pd.DataFrame()))
    # What cannot be told apart is not shown as if it had been selected; what has columns of its own is.
    kept = Selection(who={"algorithm": ["pam"]}).result(
        Result(pd.DataFrame({"k": [1]}), pd.DataFrame({"algorithm": ["pam", "fasterpam"]}))
    )
    assert (len(kept.best_of), len(kept.others)) == (0, 1)
    wide = Selection(who={"algorithm": ["pam"]}).result(Result(pd.DataFrame({"pam_seconds": [1.0]}), pd.DataFrame()))
    assert len(wide.best_of) == 1
    numbers = Table(pd.DataFrame({"quantity": ["a"]}), c.texts("quantity"))
    with pytest.raises(Trouble, match="--start does not apply"):
        Selection(who={"start": ["build"]}).table(numbers)


def test_pairs_are_those_of_the_promise_and_of_both_implementations(some):
    study = studies()["agreement"]
    who = {"algorithm": ["pam"], "start": ["random"]}
    kept = answer(study, some.rows_of(study), draw=False, shown=Selection(who=who).result).tables["by_data"].frame
    assert set(kept["result"]) == {"pam"}
    assert set(kept["start"]) == {"random"}
    ours = Selection(who={"implementation": ["kmedoids_bench"]})
    pairs = answer(study, some.rows_of(study), draw=False, shown=ours.result).tables["grades"].frame
    assert len(pairs)
    assert pairs[["first", "second"]].map(lambda name: name.startswith("kmedoids_bench/")).all(axis=None)


def test_where_each_algorithm_has_columns_those_of_the_others_are_left_out():
    sources = ("k", "pam_seconds", "fastpam1_seconds", "fastpam1_estimate", "random_loss")
    wide = Table(pd.DataFrame(columns=sources), c.texts(*sources))
    kept = Selection(who={"algorithm": ["fastpam1"]}).table(wide)
    assert [column.source for column in kept.columns] == ["k", "fastpam1_seconds", "fastpam1_estimate"]


def test_choices_are_spelt_as_they_are_asked_for(rows):
    said = choices(rows)
    assert said["--dataset"] == "digits (n = 1,797), plants_texture (n = 1,599)"
    assert said["--only"] == "FasterPAM, FastPAM1, PAM"
    assert said["--start"] == "BUILD, random"
    assert "200" in said["--k"]
