import json

import numpy as np
import pytest

from kmedoids_bench.algorithms import dynmsc, fastermsc, fastmsc, pammedsil

DIST = np.abs(np.subtract.outer([0.0, 1, 2, 10, 11, 12], [0.0, 1, 2, 10, 11, 12]))


@pytest.mark.parametrize("call", [pammedsil, fastmsc, fastermsc, dynmsc])
def test_a_result_has_its_loss_and_its_silhouette(call):
    result = call(DIST, [0, 1])
    assert sorted(result.medoids.tolist()) == [1, 4]
    assert result.loss == 4  # the total deviation
    assert result.losses[-1] == pytest.approx(6 * (1 - result.mean_silhouette))
    assert result.mean_silhouette == pytest.approx(result.medoid_silhouette(DIST))
    assert result.by_k == pytest.approx({2: result.mean_silhouette})
    assert repr(result).startswith("SilhouetteClustering(k=2, n=6, loss=4, ")
    assert repr(result).endswith(", mean_silhouette=0.933)")
    assert json.loads(json.dumps(result.to_dict()))["by_k"] == {"2": result.by_k[2]}


@pytest.mark.parametrize("call", [pammedsil, fastmsc, fastermsc, dynmsc])
def test_one_medoid_is_the_most_central_and_has_no_silhouette(call):
    result = call(DIST, k=1, start="random", seed=0)
    assert (result.medoids.tolist(), result.mean_silhouette, result.by_k) == ([2], 0, {1: 0})
