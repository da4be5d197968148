"""Plant traits."""

import numpy as np

from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.metrics import block_function

PLANTS = datasets()["plant_traits"]


def test_values(fetched):
    table = PLANTS.load(fetched(PLANTS))
    assert table.values.shape == (136, 31)
    assert np.isnan(table.values).sum() == 166
    np.testing.assert_array_equal(table.values[:3, 0], [96.84, 110.72, 0.06])
    np.testing.assert_array_equal(table.ranges[3:11], [7, 8, 2, 2, 2, 3, 4, 4])  # every rank occurs
    assert set(np.unique(table.values[:, 13:]).tolist()) >= {0, 1}
    assert np.nanmax(table.values[:, 13:]) == 1
    assert np.nansum(table.values[:, 30]) == 169 - 131  # of 131 plants known, R's codes 1 and 2 add up to 169


def test_what_r_says(fetched):
    """daisy(plantTraits, type = list(ordratio = 4:11, symm = 12:13, asymm = 14:31)) of R's cluster 2.1.4."""
    some = block_function(PLANTS.load(fetched(PLANTS)), "gower")(slice(0, 6), slice(130, 136))
    np.testing.assert_allclose(some, WHAT_R_SAYS, rtol=1e-14, atol=0)


WHAT_R_SAYS = np.array(
    [
        [
            0.4633803626279372,
            0.4805351509245138,
            0.315719876361662,
            0.3545918367346939,
            0.4572500292453454,
            0.4975752985673845,
        ],
        [
            0.45996925279016965,
            0.48979459657863467,
            0.32600814931068517,
            0.36236085343228197,
            0.46310038399037534,
            0.5037335667200477,
        ],
        [
            0.23137813701082738,
            0.3970325719626981,
            0.3325842014679521,
            0.30506993006993005,
            0.39961340180041915,
            0.4205243795582695,
        ],
        [
            0.29244398633255775,
            0.45167043714529886,
            0.4458130591606974,
            0.19230769230769232,
            0.4446818889925894,
            0.4415534617055603,
        ],
        [
            0.37027746837015,
            0.5068555360829053,
            0.4543431508436444,
            0.20887445887445888,
            0.20516677914765083,
            0.21867089826462363,
        ],
        [
            0.4458646435852601,
            0.3348516511408368,
            0.48058622544426494,
            0.5820282658517953,
            0.5009035597064982,
            0.47603154816113563,
        ],
    ]
)
