"""Splice junctions."""

from collections import Counter

from kmedoids_bench.datasets import datasets

SPLICE = datasets()["splice"]


def test_values(fetched):
    letters = SPLICE.load(fetched(SPLICE))
    assert letters.shape == (3190, 60)
    assert "".join(letters[0]) == "CCAGCTGCATCACAGGAGGCCAGCGAGCAGGTCTGTTCCAAGGGCCTTCGAGCCAGTCTG"
    count = Counter(letters.ravel().tolist())
    assert set(count) == set("ACGTDNRS")
    assert sum(count[unknown] for unknown in "DNRS") == 60
    assert sum(not set(row) <= set("ACGT") for row in letters.tolist()) == 15


def test_introns_begin_with_gt(fetched):
    """The first windows are boundaries from exon to intron, in their middle."""
    letters = SPLICE.load(fetched(SPLICE))
    assert ["".join(row) for row in letters[:3, 30:32]] == ["GT", "GT", "GT"]
