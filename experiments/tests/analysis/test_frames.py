import numpy as np
import pandas as pd

from kmedoids_bench.experiments.analysis.frames import frame_of, gathered, groups, interval_columns, values_of
from kmedoids_bench.experiments.analysis.measure import Measure


def test_a_frame_of_no_lines_has_its_columns_and_their_types():
    frame = frame_of([], ["name", "low"], ["low", "high"])
    assert list(frame) == ["name", "low", "high"]
    assert frame["low"].dtype == frame["high"].dtype == np.float64


def test_a_missing_number_is_nan_and_other_keys_of_a_line_are_left_out():
    frame = frame_of([{"name": "a", "low": None, "other": 1}], ["name"], ["low"])
    assert list(frame) == ["name", "low"]
    assert np.isnan(frame["low"].item())


def test_groups_come_with_the_values_that_their_lines_share():
    frame = pd.DataFrame({"dataset": ["a", "b", "a"], "k": [2, 2, 2], "loss": [1.0, 2.0, 3.0]})
    by_data = [(here, group["loss"].tolist()) for here, group in groups(frame, ["dataset", "k"])]
    assert by_data == [({"dataset": "a", "k": 2}, [1.0, 3.0]), ({"dataset": "b", "k": 2}, [2.0])]
    assert [here for here, _ in groups(frame, ["dataset"])] == [{"dataset": "a"}, {"dataset": "b"}]


def test_measures_are_gathered_by_name_and_none_is_left_out():
    one, other = (Measure.exact(value, 1, "digits") for value in (1, 2))
    assert gathered([("share", one), ("slope", None), ("share", other)]) == {"share": [one, other]}


def test_interval_columns_bear_the_name_of_the_value():
    measure = Measure.mean_of([1.0, 3.0])
    assert interval_columns("passes", measure.value, measure.interval) == {
        "passes": 2.0,
        "passes_low": None,
        "passes_high": None,
        "passes_why_none": measure.interval.why_none,
    }
    frame = pd.DataFrame([interval_columns("passes", measure.value, measure.interval) | {"k": 2}])
    assert list(values_of(frame, "passes")) == ["value", "low", "high", "passes_why_none", "k"]
