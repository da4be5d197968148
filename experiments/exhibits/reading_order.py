"""The order, the titles and the names of files in which studies show their lines."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.exhibits.style import LOOKS, SILHOUETTE_LOOKS
from kmedoids_bench.experiments.rows.keys import FACET, OURS

TITLED = ("algorithm", "result", "start")
PAPERS = ("plants_texture", "optdigits_tra", "mnist")  # the data of the papers come first


def with_titles(frame: pd.DataFrame) -> pd.DataFrame:
    """Add ``algorithm_title``, ``result_title`` and ``start_title``, as the papers spell them.

    Each is added if the frame has the column ``algorithm``, ``result`` or ``start``.
    """
    titles = {f"{name}_title": frame[name].map(title_of, na_action="ignore") for name in TITLED if name in frame}
    return frame.assign(**titles).reset_index(drop=True)


def in_reading_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by matrix, start and k; add titles.

    The papers' data come first, this project before libraries, PAM before FastPAM1 before FasterPAM.
    """
    places = {name: place for place, name in enumerate(LOOKS | SILHOUETTE_LOOKS)}
    ranks = {
        "dataset": _papers_first,
        "implementation": lambda name: int(name != OURS),
        "algorithm": lambda name: places.get(name, len(places)),
    }
    ranked = frame.assign(**{f"{name}_rank": frame[name].map(rank) for name, rank in ranks.items() if name in frame})
    who = ("implementation_rank", "implementation", "algorithm_rank", "algorithm", "order")
    columns = ("dataset_rank", *FACET, "start", "k", *who)
    ordered = ranked.sort_values([name for name in columns if name in ranked], kind="stable")
    return with_titles(ordered[list(frame.columns)])


def by_matrix(frame: pd.DataFrame) -> Iterator[tuple[str, dict, pd.DataFrame]]:
    """Yield for each matrix a name for files, its `FACET` as a dict, and its lines in the order of the frame.

    The papers' data come first. The name is that of the dataset, unless the frame has several matrices of it.
    """
    matrices = frame[FACET].drop_duplicates().sort_values(FACET)
    matrices = matrices.sort_values("dataset", key=lambda names: names.map(_papers_first), kind="stable")
    for facet in matrices.to_dict("records"):
        plain = (matrices["dataset"] == facet["dataset"]).sum() == 1
        name = facet["dataset"] if plain else "_".join(str(facet[part]) for part in FACET)
        yield name, facet, frame[(frame[FACET] == pd.Series(facet)).all(axis=1)]


def _papers_first(dataset: str) -> int:
    return PAPERS.index(dataset) if dataset in PAPERS else len(PAPERS)
