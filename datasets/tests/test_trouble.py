import pickle

import pytest

from kmedoids_bench.datasets.trouble import Trouble, reading


def test_reason_and_advice_are_shown_and_survive_a_process():
    trouble = Trouble("rows.jsonl, line 3: not JSON", "remove the line")
    assert str(trouble) == "rows.jsonl, line 3: not JSON\n  remove the line"
    assert str(Trouble("no network")) == "no network"
    again = pickle.loads(pickle.dumps(trouble))
    assert (again.reason, again.advice) == (trouble.reason, trouble.advice)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://user:pass@host/x: gone", "http://host/x: gone"),
        ("https://token@host, http://a:b@[::1]:80/y", "https://host, http://[::1]:80/y"),
        ("http://user:p@ss@host/x", "http://host/x"),
        ("http://host and me@home.org", "http://host and me@home.org"),
    ],
)
def test_no_credentials_are_shown(text, shown):
    trouble = Trouble(text, f"ask {text}")
    assert str(trouble) == f"{shown}\n  ask {shown}"
    assert repr(trouble) == repr(Trouble(shown, f"ask {shown}"))


def test_a_file_of_something_else_is_named(tmp_path):
    with (
        pytest.raises(Trouble, match="x.json is not a list of numbers: invalid literal") as caught,
        reading(tmp_path / "x.json", "a list of numbers", "make it again"),
    ):
        int("x")
    assert caught.value.advice == "make it again"
