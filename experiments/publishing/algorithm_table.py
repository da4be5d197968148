"""The table of algorithms/README.md, made from the registry: `python -m kmedoids_bench.experiments algorithms`."""

from kmedoids_bench.algorithms.core.algorithm import PAPERS, Algorithm
from kmedoids_bench.algorithms.core.registry import algorithms

HEADINGS = ("algorithm", "call", "paper", "time", "memory beyond the matrix", "what is guaranteed", "file")


def table() -> str:
    """Return the table in Markdown: starts, swaps, silhouettes, sampling, and the papers they come from."""
    records = algorithms().values()
    lines = [HEADINGS, ("---",) * len(HEADINGS)]
    for record in records:
        call, file = f"`{record.function}`", f"`{record.module.removeprefix('kmedoids_bench.').replace('.', '/')}.py`"
        costs = key(record.paper), record.cost, record.memory
        lines.append((record.title, call, *costs, guaranteed(record), file))
    papers = sorted({record.paper for record in records})
    table_lines = ["| " + " | ".join(cells) + " |" for cells in lines]
    return "\n".join([*table_lines, "", *(f"- {key(paper)}: {PAPERS[paper]}" for paper in papers)]) + "\n"


def key(paper: str) -> str:
    """Return the short name of a paper: author and year."""
    return f"{paper[:-4].capitalize()} {paper[-4:]}"


def guaranteed(record: Algorithm) -> str:
    """Return what an algorithm promises, in words."""
    promises = []
    if record.same_result_as:
        title = algorithms()[record.same_result_as].title
        promises.append(f"{title}'s medoids" if record.kind == "start" else f"{title}'s swaps and result")
    if record.local_optimum:
        of_what = " of the medoid silhouette" if record.kind == "silhouette" else ""
        promises.append(f"a single-swap local optimum{of_what}{' for every k' if record.chooses_k else ''}")
    return ", ".join(promises) or "—"
