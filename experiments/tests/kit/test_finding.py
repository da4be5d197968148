import re

import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.kit.finding import list_text, offer, offers, one_dataset
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.answer import answer


@pytest.mark.parametrize("study", studies().values(), ids=studies())
def test_every_figure_is_of_one_kind_and_every_kind_is_said_in_words(study, some):
    kinds = list(offers([study], "figure"))
    for name in answer(study, some.rows_of(study)).figures:
        assert sum(kind.is_kind_of(name) for kind in kinds) == 1
    for kind in [*kinds, *offers([study], "table")]:
        assert re.fullmatch(r"[A-Z0-9][^.]{10,}[^:]", kind.about), kind


def test_the_longer_name_decides():
    linear, time = (offer_of("swap_time", name) for name in ("time_linear", "time"))
    assert linear.is_kind_of("time_linear_digits")
    assert not time.is_kind_of("time_linear_digits")
    assert time.is_kind_of("time_digits")


def offer_of(study, name):
    return next(one for one in offers([studies()[study]], "figure") if one.name == name)


@pytest.mark.parametrize("word", ["speedup", "swap_time.speedup"])
def test_a_name_may_do_without_its_study(some, word):
    assert offer(some, "figure", word).full_name == "swap_time.speedup"


@pytest.mark.parametrize(
    ("what", "word", "message"),
    [
        ("figure", "sped", "'sped' is not a figure of the run made_up, did you mean 'speedup'"),
        ("figure", "time", "several studies have a figure 'time': write swap_time.time or starts.time"),
        ("table", "speedup", "'speedup' is not a table"),
    ],
)
def test_what_is_not_there_is_answered_with_the_nearest(some, what, word, message):
    with pytest.raises(Trouble, match=re.escape(message)):
        offer(some, what, word)


def test_the_list_has_what_was_measured_and_what_can_be_chosen(some):
    text = list_text(some, "figure")
    assert "  swap_time.speedup                Speed-up of the swap phase over PAM, over k\n" in text
    assert "    --only            FasterPAM, FastPAM1, PAM\n" in text
    assert max(map(len, text.splitlines())) <= 110
    assert "swap_time.overview" in list_text(some, "table")


def test_a_figure_for_each_dataset_needs_one(some):
    speedup, shares = offer(some, "figure", "speedup"), offer(some, "figure", "loss_by_method")
    with pytest.raises(Trouble, match="choose one with --dataset: digits, plants_texture"):
        one_dataset(speedup, some.rows)
    one_dataset(speedup, some.rows[some.rows["dataset"] == "digits"])
    one_dataset(shares, some.rows)
