from io import StringIO
from types import SimpleNamespace

import pytest
from rich.console import Console

from kmedoids_bench.experiments.own_data.showing import BAR, aligned, bar, percent, show_choice


@pytest.mark.parametrize(("share", "text"), [(0.0, ""), (1.0, "█" * BAR), (0.5, "█" * (BAR // 2)), (1 / 192, "▏")])
def test_a_bar_is_as_long_as_its_share(share, text):
    assert bar(share).plain == text


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([1234.5, 2.0], ["1,234", "2"]),
        ([0.0123, 0.001], ["0.01230", "0.00100"]),
        ([12.0, 3.25], ["12.00", "3.25"]),
        ([0.0], ["0"]),
    ],
)
def test_numbers_of_a_column_have_the_same_decimals(values, texts):
    assert aligned(values) == texts


def test_a_limit_is_written_in_percent():
    assert [percent(share) for share in (0.1234, 0.002, 0.00001)] == [
        "at most 12 %",
        "at most 0.2 %",
        "less than 0.01 %",
    ]


def test_the_proposal_says_when_more_k_should_be_tried():
    text = StringIO()
    found = [SimpleNamespace(k=k, result=SimpleNamespace(loss=10 / k), silhouette=k / 10) for k in (2, 3, 5)]
    assert show_choice(Console(file=text, width=120), found) is found[2]
    assert "Proposed: k = 5" in text.getvalue()
    assert "the largest that was tried: try more" in text.getvalue()
    assert "elbow of the loss" in text.getvalue()
