"""Made-up rows in which all that the papers claim is true."""

import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.swap_time.derived_times import SETTING
from kmedoids_bench.experiments.studies.which_k.analysis import analyse

CLASSES = {"pammedsil": "pammedsil", "fastmsc": "pammedsil", "fastermsc": "fastermsc", "fasterpam": "fasterpam"}
SINGLE = f"kmedoids_bench/pammedsil[{SETTING}]/C"
DATA = {"plants_texture": 1599, "digits": 1797, "s1": 5000, "mnist": 10_000}


def loss(k):
    """Falls by 10 a medoid up to the eighth, then by 0.1."""
    return 200.0 - 10 * min(k, 8) - 0.1 * max(0, k - 8)


@pytest.fixture(scope="session")
def world(new_factory):
    """FastMSC makes PAMMEDSIL's swaps k² times as fast, FasterMSC takes a quarter of its time, a fifth of its passes.

    Of s1, k = 15 has the largest silhouettes, and the losses an elbow at 8. DynMSC finds these silhouettes.
    """

    factory = new_factory()

    def record(dataset, algorithm, k, seconds, silhouette, passes=10, found=None, **fields):
        return factory.record(
            dataset=dataset,
            n=DATA[dataset],
            algorithm=algorithm,
            k=k,
            seconds=seconds,
            medoid_silhouette=silhouette,
            n_passes=passes,
            medoids=list(range(found or k)),
            **{"loss": loss(k), "start": "random", "seed": 0} | fields,
        )

    records = []
    for number in range(3):
        here = {"start": "build", "seed": None, "round": number}
        for k in (10, 20, 50, 100):
            one_pass = {"setting": SETTING, "contender": SINGLE} | here
            records += [
                record("plants_texture", "pammedsil", k, 1e-3 * k**2, 0.1, 1, **one_pass),
                record("plants_texture", "fastmsc", k, 1e-3 * (5 + k), 0.3, 5 + k, **here),
                record("plants_texture", "fastermsc", k, 0.25e-3 * (5 + k), 0.3, (5 + k) / 5, **here),
            ]
    for seed in range(10):
        for k in (5, 10):
            records += [
                record("plants_texture", "fasterpam", k, 0.1, 0.2, 4, seed=seed),
                record("plants_texture", "pammedsil", k, 0.4 * k**2, 0.3, 20, seed=seed),
                record("plants_texture", "fastmsc", k, 0.4, 0.3, 20, seed=seed),
                record("plants_texture", "fastermsc", k, 0.1, 0.3, 4, seed=seed, loss=loss(k) + 1),
            ]
    for seed in range(3):
        for k in range(2, 21):
            records += [
                record("s1", "fasterpam", k, 0.1, 0.5 - 0.01 * abs(k - 15), seed=seed),
                record("s1", "fastermsc", k, 0.3, 0.6 - 0.01 * abs(k - 15), seed=seed),
            ]
        records += [record("mnist", "fasterpam", k, 1.0, 0.152 - 0.001 * k, seed=seed) for k in range(2, 6)]
        records += [
            record("s1", "dynmsc", 20, 2.0, 0.6, found=15, seed=seed),
            record("mnist", "dynmsc", 5, 9.0, 0.338, found=2, seed=seed),
            record("digits", "dynmsc", 20, 1.0, 0.4, found=2, seed=seed),
        ]
    rows = rows_frame(records)
    promised = rows["algorithm"].map(CLASSES).mask(rows["contender"] == SINGLE)
    return rows.assign(result_class=promised.astype("str"))


@pytest.fixture(scope="session")
def result(world):
    return analyse(world)
