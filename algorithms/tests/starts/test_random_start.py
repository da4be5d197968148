import numpy as np

from kmedoids_bench.algorithms import random_start


def test_the_seed_decides():
    dist = np.ones((30, 30)) - np.eye(30)
    assert random_start(dist, 8, seed=3).medoids.tolist() == random_start(dist, 8, seed=3).medoids.tolist()
    assert random_start(dist, 8, seed=3).medoids.tolist() != random_start(dist, 8, seed=4).medoids.tolist()


def test_every_object_is_chosen_about_equally_often():
    dist = np.ones((5, 5)) - np.eye(5)
    rng = np.random.default_rng(0)
    chosen = np.bincount(np.concatenate([random_start(dist, 2, rng).medoids for _ in range(2000)]), minlength=5)
    assert np.abs(chosen - 800).max() < 100  # 4.5 standard deviations
