import pytest

from kmedoids_bench.experiments.harness.cell import Contender
from kmedoids_bench.experiments.rows.names import ContenderName


@pytest.mark.parametrize(
    ("contender", "name"),
    [
        ({"order": "C"}, "kmedoids_bench/pam/C"),
        ({"order": "F", "threads": 2}, "kmedoids_bench/pam[2 threads]/F"),
        ({"order": "C", "own_start": "random", "takes_start": False}, "kmedoids_bench/pam[own random]/C"),
        (
            {"order": "points", "parameters": (("sample_size", "80+4k"), ("n_samples", 5)), "threads": 2},
            "kmedoids_bench/pam[sample_size=80+4k, n_samples=5, 2 threads]/points",
        ),
        ({"order": "dist", "phase": "total"}, "kmedoids_bench/pam[whole call]/dist"),
    ],
)
def test_names_are_put_together_and_taken_apart(contender, name):
    fields = {"implementation": "kmedoids_bench", "algorithm": "pam", "tier": "plain"}
    assert Contender(**fields, **contender).name == name
    parsed = ContenderName.parse(name)
    assert str(parsed) == name
    assert (parsed.implementation, parsed.algorithm, parsed.order) == ("kmedoids_bench", "pam", contender["order"])


def test_another_algorithm_keeps_the_rest():
    name = ContenderName.parse("kmedoids_bench/resende_werneck[2 threads]/C")
    assert str(name.of_algorithm("pam")) == "kmedoids_bench/pam[2 threads]/C"


@pytest.mark.parametrize("text", ["", "pam", "kmedoids_bench/pam", "a/b/c/d", "a/b[c/d"])
def test_other_texts_are_refused(text):
    with pytest.raises(ValueError, match="is not the name of a contender"):
        ContenderName.parse(text)
