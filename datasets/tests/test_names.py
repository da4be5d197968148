"""Names."""

from kmedoids_bench.datasets import datasets
from kmedoids_bench.datasets.metrics import block_function

NAMES = datasets()["names"]


def test_values(fetched):
    names = NAMES.load(fetched(NAMES))
    assert len(names) == 7944
    assert names[:2] + names[2941:2945] == ["Aamir", "Aaron", "Zolly", "Zorro", "Abagael", "Abagail"]
    assert len(set(names[:2943]) & set(names[2943:])) == 365  # counted in the book of NLTK, too
    assert all(name == name.strip() for name in names)
    assert {"Jean-Christophe", "E'Lane", "Dee Dee"} <= set(names)


def test_equal_names_have_the_dissimilarity_zero(fetched):
    names = NAMES.load(fetched(NAMES))
    first, second = (i for i, name in enumerate(names) if name == "Gale" and i > 2943)
    assert block_function(names, "levenshtein")(slice(first, first + 1), slice(second, second + 1)) == 0
