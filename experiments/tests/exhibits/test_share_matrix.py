import numpy as np
import pandas as pd

from kmedoids_bench.experiments.exhibits.share_matrix import share_matrix


def test_matrix_holds_every_pair_once():
    frame = pd.DataFrame({"first": ["a", "a", "b"], "second": ["b", "c", "c"], "hits": [9, 0, 5], "total": [9, 9, 9]})
    (axes,) = share_matrix({"promise": frame}).axes
    assert sorted(text.get_text() for text in axes.texts) == ["0/9", "5/9", "9/9"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["b", "c"]
    shares = np.ma.filled(axes.images[0].get_array(), np.nan)
    assert shares[1, 0] == 1
    assert shares[2, 0] == 0
    assert np.isnan(shares[0]).all()
