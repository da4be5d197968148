"""The command as a user meets it, on data whose clusters are known."""

import numpy as np
import pandas as pd
import pytest
import rich_click as click
from click.testing import CliRunner

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.commands.own_data.cluster import cluster


@pytest.fixture
def flowers(tmp_path):
    centres = np.repeat([[0.0, 0], [10, 0], [0, 10]], [8, 6, 4], axis=0)
    points = centres + np.random.default_rng(0).normal(size=centres.shape)
    frame = pd.DataFrame(points, columns=["x", "y"])
    frame.insert(0, "name", [f"flower {o}" for o in range(len(frame))])
    frame.to_csv(tmp_path / "flowers.csv", index=False)
    return tmp_path / "flowers.csv"


def run(*words):
    done = CliRunner().invoke(cluster, [*map(str, words), "--restarts", "3", "--seconds", "20"], catch_exceptions=False)
    return done.exit_code, done.output


def test_medoids_sizes_and_loss_are_shown_and_labels_written(flowers):
    code, text = run(flowers, "--k", 3, "--out", flowers.with_name("labels.csv"))
    assert code == 0
    assert "flowers.csv: 18 rows, 2 columns of numbers; metric: euclidean" in text
    labels = pd.read_csv(flowers.with_name("labels.csv"))
    assert labels["cluster"].tolist() == [0] * 8 + [1] * 6 + [2] * 4
    for size, (_, group) in zip((8, 6, 4), labels.groupby("cluster"), strict=True):
        assert f"flower {group['medoid'].iloc[0]}  " in text
        assert f" {size} " in text
    assert f"{labels['distance'].sum():.6g}"[:6] in text
    assert "proven optimal" in text


def test_of_several_k_the_right_one_is_proposed(flowers):
    code, text = run(flowers, "--k", "2:6", "--picture", flowers.with_name("k.svg"))
    assert code == 0
    assert "Proposed: k = 3" in text
    assert flowers.with_name("k.svg").read_text().startswith("<?xml")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--k", 3, "--picture", "k.svg"), "--picture shows several k"),
        (("--k", "2:5", "--picture", "k.xyz"), "--picture k.xyz: the name must end in .png, .svg, .pdf"),
        (("--k", 3, "--out", "labels"), "--out labels: the name must end in .csv"),
        (("--k", 18), "--k 18: .*flowers.csv has 18 rows"),
        (("--k", "x"), "'x' is no number of clusters"),
        (("--k", 3, "--distances"), "distances are square"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_runs(flowers, words, says):
    with pytest.raises((Trouble, click.UsageError), match=says):
        cluster.main([str(flowers), *map(str, words)], standalone_mode=False)
