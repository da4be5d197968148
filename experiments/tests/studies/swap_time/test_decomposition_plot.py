import numpy as np
import pandas as pd

from kmedoids_bench.experiments.studies.swap_time.decomposition import FACTORS
from kmedoids_bench.experiments.studies.swap_time.decomposition_plot import LOOKS, factors_over_k


def frame():
    table = pd.DataFrame({"k": [100, 10], "speedup": [450.0, np.nan], "cheaper": [90.0, np.nan], "fewer": [5.0, 2.0]})
    return table.assign(**{f"{name}{end}": np.nan for name in LOOKS for end in ("_low", "_high")})


def test_three_curves_over_k():
    drawing = factors_over_k({"BUILD": frame(), "random": frame()}, "FasterPAM over PAM")
    assert [axes.get_title(loc="left") for axes in drawing.axes] == ["BUILD", "random"]
    assert [text.get_text() for text in drawing.legends[0].get_texts()] == list(FACTORS.values())
    assert drawing.axes[0].get_ylabel() == "FasterPAM over PAM"
    curves = [container.lines[0] for container in drawing.axes[0].containers]
    assert [np.asarray(curve.get_ydata())[-1] for curve in curves] == [450, 90, 5]
    assert all(list(np.asarray(curve.get_xdata())) == [10, 100] for curve in curves)
