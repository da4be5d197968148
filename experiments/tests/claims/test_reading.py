import pytest

from kmedoids_bench.experiments.claims.reading import BadClaims, claims
from kmedoids_bench.experiments.studies import studies

GOOD = """
claims:
  - id: 1
    group: g
    papers: [A]
    statement: s
    quantity: q
    criteria: [{measure: a.b, least: 1}]
"""


def test_all_claims_are_there_once_and_in_order():
    assert [claim.id for claim in claims()] == list(range(1, 47))


def test_every_claim_can_be_decided_or_says_why_not():
    for claim in claims():
        assert claim.criteria or claim.untestable


def test_every_measure_belongs_to_a_study():
    names = {criterion.measure.partition(".")[0] for claim in claims() for criterion in claim.criteria}
    assert names <= set(studies())


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("quantity: q", "quantity: q\n    verdict: reproduced", "verdict"),
        ("least: 1", "leest: 1", "criteria"),
        ("id: 1", "id: one", "id"),
        ("measure: a.b", "measure: b", "measure"),
        ("    criteria: [{measure: a.b, least: 1}]\n", "", "not valid under any"),
    ],
)
def test_what_the_schema_does_not_know_is_refused(tmp_path, old, new, message):
    path = tmp_path / "claims.yaml"
    path.write_text(GOOD)
    assert len(claims(path)) == 1
    other = tmp_path / "other.yaml"
    other.write_text(GOOD.replace(old, new))
    with pytest.raises(BadClaims, match=message):
        claims(other)


def test_an_id_stands_once(tmp_path):
    path = tmp_path / "claims.yaml"
    path.write_text(GOOD + GOOD.partition("claims:")[2])
    with pytest.raises(BadClaims, match="the id 1 stands twice"):
        claims(path)
