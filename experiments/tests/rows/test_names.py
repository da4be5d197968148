import pytest

from kmedoids_bench.experiments.harness.cell import Contender


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
def test_names_are_put_together(contender, name):
    fields = {"implementation": "kmedoids_bench", "algorithm": "pam", "tier": "plain"}
    assert Contender(**fields, **contender).name == name
