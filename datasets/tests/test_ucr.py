"""Series of the UCR archive."""

import numpy as np
import pytest

from kmedoids_bench.datasets import datasets

SERIES = [dataset for dataset in datasets().values() if dataset.kind == "series"]
FIRST = {
    "arrow_head": [-1.9630089, -1.9578249],
    "coffee": [-0.51841899, -0.48588363],
    "gun_point": [-0.6478854, -0.64199155],
    "italy_power_demand": [-0.71051757, -1.1833204],
    "synthetic_control": [-0.37693558, 1.2248643],
}


def test_there_are_five():
    assert {dataset.name for dataset in SERIES} == set(FIRST)


@pytest.mark.parametrize("dataset", SERIES, ids=lambda dataset: dataset.name)
def test_values(fetched, dataset):
    series = dataset.load(fetched(dataset))
    assert series.shape == (dataset.n, dataset.facts["length"])
    np.testing.assert_array_equal(series[0, :2], FIRST[dataset.name])
    np.testing.assert_allclose(series.mean(axis=1), 0, atol=1e-7)  # standardised; the class is no part of them
    np.testing.assert_allclose(series.std(axis=1, ddof=1), 1, rtol=1e-7)


def test_a_file_of_another_form(tmp_path):
    (tmp_path / "a.ts").write_text("@problemName A\n1,2:1\n")
    with pytest.raises(ValueError, match="no line @data, but '@problemName A"):
        SERIES[0].load((tmp_path / "a.ts",))
