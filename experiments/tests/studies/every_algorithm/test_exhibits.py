import pandas as pd
import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.studies.every_algorithm import STUDY, exhibits
from kmedoids_bench.experiments.studies.every_algorithm.analysis import analyse


def test_all_of_ours_that_lower_the_loss_take_part():
    assert set(STUDY.algorithms) == {name for name, record in algorithms().items() if record.kind != "silhouette"}


def test_tables_figures_and_findings(rows):
    result = analyse(rows)
    assert all(entries(table) for table in exhibits.tables(result).values())
    assert {"loss_over_time_digits_build", "loss_over_time_digits_random"} <= set(exhibits.figures(result))
    assert any("swap algorithms: " in sentence for sentence in exhibits.findings(result))


@pytest.mark.proof
def test_two_metrics_of_one_dataset_have_figures_of_their_own(rows):
    digits = rows[rows["dataset"] == "digits"]
    other = digits.assign(metric="manhattan", block=digits["block"].astype("str") + "m")
    assert len(exhibits.figures(analyse(digits))) == 2
    assert len(exhibits.figures(analyse(pd.concat([digits, other], ignore_index=True)))) == 4


@pytest.mark.parametrize("part", [slice(0, 0), slice(0, 1)])
def test_little_or_nothing_measured(rows, part):
    result = analyse(rows[part])
    for table in exhibits.tables(result).values():
        entries(table)
    exhibits.figures(result)
    exhibits.findings(result)
