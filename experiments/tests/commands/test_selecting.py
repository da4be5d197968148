import sys

import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.commands.papers.figure import figure
from kmedoids_bench.experiments.commands.papers.table import table
from kmedoids_bench.experiments.commands.selecting import CLASS_HELP, made_by, selected
from kmedoids_bench.experiments.kit.sizes import CLASSES

NOTHING = dict.fromkeys(("dataset", "n", "metric", "dtype", "k", "only", "start", "implementation"))


def test_figures_and_tables_are_selected_alike():
    ours, theirs = ({one.name for one in command.params} for command in (figure, table))
    assert ours & theirs >= {*NOTHING, "name", "listing", "run", "profile", "document", "width", "font_size"}


def test_the_help_names_every_class():
    assert all(name in CLASS_HELP for name in CLASSES)


def test_options_become_a_selection(rows):
    chosen = selected(rows, NOTHING | {"dataset": "digits", "k": "10:50", "only": "PAM", "start": "BUILD"})
    assert chosen.place == {"dataset": "digits"}
    assert chosen.who == {"algorithm": ["pam"], "start": ["build"]}
    assert set(chosen.rows(rows)["k"]) == {10, 20, 50}
    with pytest.raises(Trouble, match="--implementation: 'x' is not an implementation"):
        selected(rows, NOTHING | {"implementation": "x"})


def test_files_say_what_made_them(some, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["somewhere/kmedoids-bench", "figure", "time", "--style", "my own.yaml"])
    assert made_by(some) == "kmedoids-bench figure time --style 'my own.yaml'; rows of made_up, commit 0123456789ab"
