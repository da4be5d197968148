import pandas as pd
import pytest

from kmedoids_bench.experiments.analysis.beyond import changed, in_place
from kmedoids_bench.experiments.analysis.intervals import Interval
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.rows.reading import rows_frame


@pytest.fixture
def rows(factory):
    library = {"implementation": "kmedoids_055", "tier": "library"}
    return rows_frame(
        [
            factory.record(algorithm="pam", seconds=1.0),
            factory.record(algorithm="resende_werneck", seconds=0.1),
            factory.record(algorithm="fastpam1", seconds=0.5),
            factory.record(algorithm="pam", seconds=2.0, **library),
        ]
    )


def test_the_newer_algorithm_bears_the_name_of_the_older(rows):
    found = in_place(rows, {"pam": "resende_werneck"})
    assert found["contender"].tolist() == ["kmedoids_bench/pam/C", "kmedoids_bench/fastpam1/C"]
    assert found["algorithm"].tolist() == ["pam", "fastpam1"]
    assert found["seconds"].tolist() == [0.1, 0.5]
    assert set(rows["algorithm"]) == {"pam", "resende_werneck", "fastpam1"}  # untouched


def test_rows_without_the_newer_algorithm_keep_nothing_of_the_older(rows):
    older = rows[rows["algorithm"] != "resende_werneck"]
    assert in_place(older, {"pam": "resende_werneck"})["algorithm"].tolist() == ["fastpam1"]
    assert in_place(rows_frame([]), {"pam": "resende_werneck"}).empty


def test_measures_are_changed_if_a_value_is_and_only_ours_are_compared():
    def one(value, code_base=OURS):
        return Measure(value, Interval(value, value), 5, "digits", code_base, pd.DataFrame())

    before = {"a": [one(1.0), one(7.0, "kmedoids_055")], "b": [one(2.0)]}
    assert changed(before, {"a": [one(1.0)], "b": [one(3.0)], "c": [one(4.0)]}) == {"b", "c"}
