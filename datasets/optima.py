"""The best medoids known for some matrices, bounds on the loss of any medoids, and which are proven optimal.

`optima.csv` is made by ``python -m kmedoids_bench.experiments bounds --profile FILE --keep datasets/optima.csv``. A
line names its matrix by the SHA-256 of the .npy file that `write_matrix` writes. Other programs can be tested with it:
none can find a loss below the bound.
"""

import csv
import io
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from pathlib import Path

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.datasets.trouble import reading

FILE = Path(__file__).with_name("optima.csv")
ROUNDING = 1e-9  # of a loss, up to which a gap is none


@dataclass(frozen=True, order=True)
class BestKnown:
    """What is known about one matrix and k."""

    dataset: str
    n: int
    metric: str
    dtype: str
    k: int
    matrix_sha256: str
    loss: float  # of the medoids: the sum of the distances to the nearest one
    bound: float  # no k medoids have a loss below it
    proven: bool  # no k medoids have a lower loss; unless all dissimilarities are whole: by more than 1e-9 of it
    search_seconds: float  # one FasterPAM from a random start, tuned
    certificate_seconds: float  # the bound for its result, alone
    candidates: int  # objects that, by the certificate, can still be among better medoids than those of the search
    optimal_seconds: float  # search, bound and branches together
    limit_seconds: float  # on the certificate, and on search, bound and branches
    medoids: tuple[int, ...]  # ids of objects, ascending

    @property
    def gap(self) -> float:
        """How far above the optimum the loss is at most, as a share of the optimum; inf for a bound of 0."""
        if self.loss <= self.bound:
            return 0.0
        return self.loss / self.bound - 1.0 if self.bound > 0.0 else math.inf


@cache
def best_known(path: Path = FILE) -> dict[tuple[str, int], BestKnown]:
    """Return what is known, by the hash of the matrix and k; raise Trouble for a file of something else."""
    from pydantic import TypeAdapter  # the datasets alone do not need it

    with reading(path, "a file of best known medoids", "name another file, or a new one"):
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames != [one.name for one in fields(BestKnown)]:
                raise ValueError("it has other columns")
            texts = [line | {"medoids": (line["medoids"] or "").split()} for line in reader]
        lines = TypeAdapter(list[BestKnown]).validate_python(texts)
        if cut := [line for line in lines if len(line.medoids) != line.k]:
            raise ValueError(f"{len(cut[0].medoids)} medoids for {cut[0].dataset}, k = {cut[0].k}")
    return {(line.matrix_sha256, line.k): line for line in lines}


def joined(one: BestKnown, other: BestKnown) -> BestKnown:
    """Join two results about one matrix and k: the lower loss, with its medoids, and the higher bound."""
    lower = min(one, other, key=lambda result: (not result.proven, result.loss))
    if lower.proven:
        return lower
    both = replace(lower, bound=max(one.bound, other.bound))
    return replace(both, proven=both.gap <= ROUNDING)


def write_best_known(lines: Iterable[BestKnown], path: Path) -> None:
    """Replace the file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [one.name for one in fields(BestKnown)], lineterminator="\n")
    writer.writeheader()
    for line in sorted(lines):
        writer.writerow(asdict(line) | {"medoids": " ".join(map(str, line.medoids))})
    write_whole(path, text.getvalue().encode())
    best_known.cache_clear()
