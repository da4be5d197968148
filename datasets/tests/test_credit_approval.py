"""Credit approval."""

import numpy as np

from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.metrics import block_function

CREDIT = datasets()["credit_approval"]


def test_values(fetched):
    table = CREDIT.load(fetched(CREDIT))
    assert table.values.shape == (690, 15)
    numbers = [j for j, kind in enumerate(table.kinds) if kind == "n"]
    np.testing.assert_array_equal(table.values[0, numbers], [30.83, 0, 1.25, 1, 202, 0])
    missing = {0: 12, 1: 12, 3: 6, 4: 6, 5: 9, 6: 9, 13: 13}
    np.testing.assert_array_equal(np.isnan(table.values).sum(axis=0), [missing.get(j, 0) for j in range(15)])


def test_what_r_says(fetched):
    """daisy(x, metric = "gower") of R's cluster 2.1.4 for all 690: three objects with missing values, two without."""
    table = CREDIT.load(fetched(CREDIT))
    some = [0, 71, 206, 248, 689]
    values = np.array(
        [[block_function(table, "gower")(slice(i, i + 1), slice(j, j + 1))[0, 0] for j in some] for i in some]
    )
    np.testing.assert_allclose(values, WHAT_R_SAYS, rtol=1e-14, atol=0)


WHAT_R_SAYS = np.array(
    [
        [0.0, 0.32947640957404173, 0.46715669771443535, 0.19694410739001023, 0.36974569321313233],
        [0.32947640957404173, 0.0, 0.5134085213032582, 0.29031222436113246, 0.22661407984246332],
        [0.46715669771443535, 0.5134085213032582, 0.0, 0.484920497844944, 0.3961488095238095],
        [0.19694410739001023, 0.29031222436113246, 0.484920497844944, 0.0, 0.3348369598569985],
        [0.36974569321313233, 0.22661407984246332, 0.3961488095238095, 0.3348369598569985, 0.0],
    ]
)
