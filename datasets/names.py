"""First names of the Names Corpus: 2943 of men, then 5001 of women, each in alphabetical order.

365 names are in both lists, and Gale is twice in the second (once with a blank behind it): these are equal objects.
"""

import zipfile
from pathlib import Path

from kmedoids_bench.datasets.dataset import Dataset, File

LISTS = ("names/male.txt", "names/female.txt")


def load(paths: tuple[Path, ...]) -> list[str]:
    """Names, 7944 strings of 2 to 15 characters."""
    with zipfile.ZipFile(paths[0]) as archive:
        return [name.strip() for part in LISTS for name in archive.read(part).decode("ascii").splitlines()]


DATASETS = (
    Dataset(
        name="names",
        title="First names of men and women",
        n=7944,
        kind="strings",
        metric="levenshtein",
        files=(
            File(
                folder="names",
                name="names.zip",
                addresses=("https://raw.githubusercontent.com/nltk/nltk_data/gh-pages/packages/corpora/names.zip",),
                sha256=("0eec7e958b34982662b8f05824ae64642dea097b08057ade65c252191c5fe7ca",),
                size=21326,
            ),
        ),
        load=load,
        licence="(c) 1991 M. Kantrowitz; free for any purpose with credit, redistribution with its README",
        citation="M. Kantrowitz, B. Ross: Names Corpus, version 1.3. 1994",
        homepage="https://www.nltk.org/nltk_data/",
        facts={"classes": 2},
    ),
)
