import pickle

from kmedoids_bench.datasets.trouble import Trouble


def test_reason_and_advice_are_shown_and_survive_a_process():
    trouble = Trouble("rows.jsonl, line 3: not JSON", "remove the line")
    assert str(trouble) == "rows.jsonl, line 3: not JSON\n  remove the line"
    assert str(Trouble("no network")) == "no network"
    again = pickle.loads(pickle.dumps(trouble))
    assert (again.reason, again.advice) == (trouble.reason, trouble.advice)
