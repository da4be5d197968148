import subprocess
import sys

import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.claims.reading import FOLDER, Bounds, claims, claims_about

GOOD = """
claims:
  - id: 1
    group: g
    papers: [A]
    source: abstract
    statement: s
    quantity: q
    criteria: [{measure: swap_time.fastpam1_slope, least: 1}]
"""


def test_all_claims_are_there_in_order():
    numbers = [claim.id for claim in claims(FOLDER / "claims.yaml")]
    assert numbers == [number for number in range(1, numbers[-1] + 1) if number != 33]  # it followed from 31, 32 and 34
    others = [claim.id for claim in claims(FOLDER / "silhouettes.yaml")]
    assert others == list(range(101, others[-1] + 1))
    assert [claim.id for claim in claims()] == [*numbers, *others]


@pytest.mark.parametrize(
    ("studies", "files"), [(["swap_time", "field"], ["claims"]), (["which_k"], ["silhouettes"]), (["field"], [])]
)
def test_a_report_is_about_the_claims_of_the_files_of_which_it_decides_some(studies, files):
    assert claims_about(studies) == tuple(claim for name in files for claim in claims(FOLDER / f"{name}.yaml"))


def test_every_claim_can_be_decided_or_says_why_not():
    for claim in claims():
        assert claim.criteria or claim.untestable


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("quantity: q", "quantity: q\n    verdict: reproduced", "claims.0.verdict: Unexpected keyword argument"),
        ("least: 1", "leest: 1", "claims.0.criteria.0.leest: Unexpected keyword argument"),
        ("least: 1", "over: all", "claims.0.criteria.0: .*least or most is missing"),
        ("least: 1", "least: 1, over: some", "claims.0.criteria.0.over: Input should be 'all' or 'any'"),
        ("id: 1", "id: one", "claims.0.id: Input should be a valid integer"),
        ("    criteria: [{measure: swap_time.fastpam1_slope, least: 1}]\n", "", "criteria or untestable is missing"),
        ("source: abstract", "source: hearsay", "claims.0.source: Input should be 'abstract', 'companion'"),
        ("quantity: q", "quantity: q\n    printed: 12 times", "claims.0: .*printed and printed_in stand together"),
        ("source: abstract", "source: third paper", "claims.0: .*words_in belongs to the sources authors' code"),
        ("quantity: q", "quantity: q\n    words_in: a comment", "claims.0: .*words_in belongs to the sources"),
        ("claims:", "claim:", "claims: "),
        (GOOD, "", "top level: "),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path, old, new, message):
    path = tmp_path / "claims.yaml"
    path.write_text(GOOD)
    assert len(claims(path)) == 1
    other = tmp_path / "other.yaml"
    other.write_text(GOOD.replace(old, new))
    with pytest.raises(Trouble, match=message):
        claims(other)


def test_an_id_occurs_once(tmp_path):
    path = tmp_path / "claims.yaml"
    path.write_text(GOOD + GOOD.partition("claims:")[2])
    with pytest.raises(Trouble, match="the id 1 occurs twice"):
        claims(path)
    for name in ("one", "other"):
        (tmp_path / f"{name}.yaml").write_text(GOOD)
    with pytest.raises(Trouble, match="the id 1 occurs twice"):
        claims(tmp_path / "one.yaml", tmp_path / "other.yaml")


@pytest.mark.parametrize(
    ("measure", "near"),
    [
        ("swap_time.fastpam1_slop", "swap_time.fastpam1_slope"),
        ("quality.fasterpam_over_pamm", "quality.fasterpam_over_pam"),
        ("swaptime.fastpam1_slope", "swap_time.fastpam1_slope"),
    ],
)
def test_a_measure_that_no_study_declares_is_refused_with_the_nearest(tmp_path, measure, near):
    path = tmp_path / "claims.yaml"
    path.write_text(GOOD.replace("swap_time.fastpam1_slope", measure))
    with pytest.raises(Trouble, match=f"claim 1: no study declares {measure}") as caught:
        claims(path)
    assert caught.value.advice == f"did you mean {near}?"


def test_bounds_in_words():
    several = (Bounds(least=1, most=2), Bounds(least=1), Bounds(most=2), Bounds(least=0, most=0))
    assert [str(bounds) for bounds in several] == ["1 to 2", "at least 1", "at most 2", "0"]


def test_claims_are_checked_without_the_libraries_of_the_analysis():
    code = """
import sys
from kmedoids_bench.experiments.claims.reading import claims
claims()
print([name for name in ("pandas", "numba", "scipy", "matplotlib") if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-P", "-c", code], check=True, capture_output=True, text=True)
    assert run.stdout == "[]\n"
