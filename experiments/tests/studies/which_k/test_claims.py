"""The claims of this study hold in the world of the fixture, and none is reproduced in a world in which it is false."""

import pytest

from kmedoids_bench.experiments.claims.reading import FOLDER, claims
from kmedoids_bench.experiments.claims.verdicts import DIRECTION, FAILED, REPRODUCED, UNDECIDED, decide
from kmedoids_bench.experiments.studies.which_k.analysis import analyse

CLAIMS = claims(FOLDER / "silhouettes.yaml")


def verdicts(result):
    measures = {f"which_k.{name}": those for name, those in result.measures.items()}
    return {claim.id: decide(claim, measures)[0].verdict for claim in CLAIMS}


def times(column, factor, *algorithms):
    """Multiply a column of some algorithms by a number, or by a function of k."""

    def changed(rows):
        factors = factor(rows["k"].astype(float)) if callable(factor) else factor
        old = rows[column].astype("float64")
        return rows.assign(**{column: old.where(~rows["algorithm"].isin(algorithms), old * factors)})

    return changed


def other_swaps(rows):
    return rows.assign(swaps_digest=rows["swaps_digest"].mask(rows["algorithm"] == "fastmsc", "other"))


def chosen(function):
    """The number of medoids that DynMSC chooses becomes another."""

    def changed(rows):
        here = rows["algorithm"] == "dynmsc"
        sizes = rows["medoids"].map(len)
        return rows.assign(
            medoids=[
                list(range(function(size))) if one else old
                for old, size, one in zip(rows["medoids"], sizes, here, strict=True)
            ]
        )

    return changed


# A name, the change of the rows, and the claims that are false there.
WORLDS = [
    ("FastMSC makes other swaps", other_swaps, [101]),
    ("PAMMEDSIL is ten times faster", times("seconds", 0.1, "pammedsil"), [103]),
    ("PAMMEDSIL is ten times slower", times("seconds", 10, "pammedsil"), [103]),
    ("an iteration of FastMSC grows with k", times("seconds", lambda k: k / 10, "fastmsc"), [102, 103, 104]),
    ("one of PAMMEDSIL grows with k only", times("seconds", lambda k: 10 / k, "pammedsil"), [102, 103, 104]),
    ("FasterMSC needs more passes", times("n_passes", 10, "fastermsc"), [105]),
    ("FasterMSC ends lower", times("medoid_silhouette", 0.98, "fastermsc"), [106]),
    ("FasterMSC takes as long as FastMSC", times("seconds", 4, "fastermsc"), [106]),
    ("FasterPAM reaches as much", times("medoid_silhouette", 1.5, "fasterpam"), [107, 108]),
    ("DynMSC ends lower", times("medoid_silhouette", 0.9, "dynmsc"), [108, 109]),
    ("DynMSC takes long", times("seconds", 10, "dynmsc"), [112]),
    ("DynMSC misses clusters", chosen(lambda k: max(2, k - 3)), [110]),
    ("DynMSC chooses twice as many", chosen(lambda k: 2 * k), [108, 110]),
    ("DynMSC chooses too many classes", chosen(lambda k: 7 * k), [111]),
]


def test_true_claims_are_reproduced(result):
    assert set(verdicts(result).values()) == {REPRODUCED}


@pytest.mark.proof
@pytest.mark.parametrize(("change", "false"), [world[1:] for world in WORLDS], ids=[name for name, *_ in WORLDS])
def test_a_false_claim_is_not_reproduced(world, change, false):
    found = verdicts(analyse(change(world)))
    assert {number: found[number] for number in false if found[number] not in (FAILED, UNDECIDED, DIRECTION)} == {}


def test_every_claim_is_false_in_some_world():
    assert {number for *_, false in WORLDS for number in false} == {claim.id for claim in CLAIMS if claim.criteria}
