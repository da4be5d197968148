import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.permutations.analysis import analyse
from kmedoids_bench.experiments.studies.permutations.exhibits import findings, tables


@pytest.fixture
def rows(factory):
    """Four orders with three results, from 100 to 104; PAM ends at 102."""

    def record(algorithm, loss, medoids, order=None):
        setting = "" if order is None else f"order={order}"
        name = f"kmedoids_bench/{algorithm}[{setting}]/C"
        return factory.record(
            algorithm=algorithm, loss=loss, medoids=medoids, setting=setting, contender=name, phase="swap"
        )

    return rows_frame(
        [
            record("fastpam1", 102.0, [1, 2]),
            record("fasterpam", 103.0, [1, 3]),
            record("fasterpam", 100.0, [5, 4], 0),
            record("fasterpam", 100.0, [4, 5], 1),
            record("fasterpam", 104.0, [6, 7], 2),
        ]
    )


def test_orders_are_compared_with_each_other_and_with_pam(rows):
    (line,) = analyse(rows).losses.to_dict("records")
    assert (line["orders"], line["results"], line["as_good"]) == (4, 3, 2)
    assert line["own_percent"] == pytest.approx(3)
    assert line["mean_percent"] == pytest.approx(7 / 4)
    assert line["worst_percent"] == pytest.approx(4)
    assert line["pam_percent"] == pytest.approx(2)


def test_what_is_shown(rows):
    result = analyse(rows)
    assert len(tables(result)["losses"].frame) == 1
    assert list(findings(result)) == [
        "FasterPAM was run on 4 orders of the data in all, from 1 start. It ends 1.75 % above the lowest loss from the "
        "same start medoids on average, and PAM 2.00 %. At worst it ends 4.00 % above, on digits (n = 1,797, "
        "euclidean), k = 2, start BUILD. In 2 orders it ends as low as PAM."
    ]


def test_one_order_alone_says_nothing(rows):
    nothing = analyse(rows[rows["setting"] == ""])
    assert nothing.losses.empty
    assert not list(findings(nothing))


def test_a_loss_of_zero_has_no_shares(rows):
    assert analyse(rows.assign(loss=rows["loss"] - 100)).losses.empty
