"""What README and results/published/README.md say of the published runs.

`python -m kmedoids_bench.experiments headline` prints the tables, with ``--short`` the README's results in words, and
writes the README's picture with ``--picture``.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from kmedoids_bench.experiments.claims.verdicts import UNTESTABLE, VERDICTS
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.publishing.published import RUN
from kmedoids_bench.experiments.rows.keys import OURS, TUNED
from kmedoids_bench.experiments.studies.engineering.analysis import LIBRARIES

PROFILES = ("paper", "engineering")  # whose published runs the README shows
TUNED_ON = {"dataset": "mnist", "n": 10000, "dtype": "float32"}  # where the tuned kernels have their bounds
CONTESTS = {  # start, ours, the library's
    "FasterPAM": ("random", "fasterpam", "fasterpam"),
    "PAM / FastPAM1": ("random", "pam", "fastpam1"),
    "PAM / FasterPAM": ("random", "pam", "fasterpam"),
    "Alternating": ("random", "alternating", "alternating"),
    "BUILD": ("build", "build", "build"),
}
PRINTED_ON = {"dataset": "plants_texture", "n": 1599, "implementation": OURS}  # where the papers print numbers
FOLDER = Path(__file__).resolve().parents[2] / "results" / "published"


def in_words(folder: Path = FOLDER) -> str:
    """Return the README's results in words, in Markdown."""
    paper, engineering = (folder / name for name in PROFILES)
    verdicts = _read(paper, "claims_verdicts")
    counts = verdicts.loc[verdicts["code_base"] == OURS, "verdict"].value_counts()
    listed = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if verdict in counts)
    build = _where(_read(paper, "swap_time_overview"), PRINTED_ON | {"start": "build"})
    ratios = {line["k"]: _gain(line, "fasterpam") for line in build.to_dict("records")}
    comparison = {"start": "random", "algorithm": "pam", "against": "fasterpam", "opponents": LIBRARIES}
    tuned = _where(_read(engineering, "engineering_against"), TUNED_ON | comparison)
    slowest, fastest = (significant(end) for end in (tuned["estimate"].min(), tuned["estimate"].max()))
    return f"""\
- **The papers' claims.** Of {counts.sum()} claims, each decided by a criterion, our plain kernels give: {listed}.
- **FasterPAM's speed-up.** On plants texture from BUILD its swap phase is {ratios[100]} times as fast as PAM's at
  k = 100 and {ratios[200]} times at k = 200. The papers print 458 and 1,191. Each number rests on one start and
  one pair of processes; the interval covers the repetitions only.
- **Exact PAM.** On {TUNED_ON["n"]:,} images of MNIST with one thread, our tuned PAM, which makes PAM's own swaps, is
  {slowest} to {fastest} times as fast as the fastest library's FasterPAM, for k from {min(tuned["k"])} to
  {max(tuned["k"])}.
"""


def picture(run: Path = FOLDER / PROFILES[0]) -> bytes:
    """Draw the README's picture from the rows of a published run: the speed-up over PAM on the papers' data, as svg."""
    from kmedoids_bench.experiments.exhibits.style import figure_bytes
    from kmedoids_bench.experiments.publishing.published import read_run
    from kmedoids_bench.experiments.report.page import rows_of
    from kmedoids_bench.experiments.studies import studies
    from kmedoids_bench.experiments.studies.answer import answer

    rows, context = read_run(run)
    study, dataset = studies()["swap_time"], PRINTED_ON["dataset"]
    own = rows_of(study, study.measured, rows[rows["dataset"] == dataset].assign(result_class=""), context)
    return figure_bytes(answer(study, own).figures[f"speedup_{dataset}"].drawing, "svg")


def headline(run: Path) -> str:
    """Return the tables of results of a published run, in Markdown.

    Parameters
    ----------
    run : Path
        A folder of results/published.
    """
    context = json.loads((run / RUN).read_text(encoding="utf-8"))["context"]
    origin = (
        f"From `results/published/{run.name}` (commit `{context['commit'][:12]}`; `report.html` there has "
        "the intervals and the rows behind every number):"
    )
    parts = _of_engineering(run) if (run / "tables" / "engineering_against.csv").exists() else _of_claims(run)
    return "\n".join([origin, *parts]) + "\n"


def _read(run: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(run / "tables" / f"{name}.csv", keep_default_na=False, na_values=[""])


def _of_claims(run: Path) -> list[str]:
    verdicts, overview, libraries = (
        _read(run, name) for name in ("claims_verdicts", "swap_time_overview", "swap_time_versus_overall")
    )
    ours = verdicts[verdicts["code_base"] == OURS]
    return [
        "",
        "What became of the papers' claims in our plain kernels:",
        *_table(("verdict", "claims", "which"), _counts(ours)),
        "What the papers print, and what this run measured (in our plain kernels; where they cannot decide, in the "
        "libraries):",
        *_table(("claim", "printed", "measured", "verdict"), _printed(verdicts)),
        "Time of PAM's swap phase over that of the others, plants texture (n = 1599), our plain kernels, with the "
        "95 % interval:",
        *_table(("start", "k", "FastPAM1", "FasterPAM"), _gains(overview)),
        "Time of each library over that of our plain kernel for the same algorithm, geometric mean of all cells, each "
        "library at its faster memory order (above 1 ours is faster):",
        *_table(("library", "algorithm", "cells", "library / ours"), _versus(libraries)),
    ]


def _of_engineering(run: Path) -> list[str]:
    against, threads = _read(run, "engineering_against"), _read(run, "engineering_threads")
    return [
        "",
        "Time of the fastest library, at its best setting, over that of our tuned kernels, MNIST's first "
        "10,000 images, float32, one thread, same start medoids (random; BUILD makes its own), with the 95 % "
        "interval (none: fewer than five pairs fitted the budget). PAM has "
        "FastPAM1's result, and is held against the libraries' FasterPAM too:",
        *_table(("k", *CONTESTS), _contests(against[against["opponents"] == LIBRARIES])),
        "Time of one thread over that of two, the same kernels on the same problems:",
        *_table(("k", "FasterPAM", "PAM", "BUILD"), _threads(threads[threads["implementation"] == TUNED])),
    ]


def _contests(against: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    fields = ("start", "algorithm", "against")
    yield from _by_k(against, {name: dict(zip(fields, values, strict=True)) for name, values in CONTESTS.items()})


def _threads(threads: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    starts = {"fasterpam": "random", "pam": "random", "build": "build"}
    yield from _by_k(threads, {name: {"algorithm": name, "start": start} for name, start in starts.items()})


def _by_k(table: pd.DataFrame, wanted: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, ...]]:
    """Yield a line for each k with the ratio of every column that is wanted, where it was measured."""
    table = _where(table, TUNED_ON)
    columns = [_where(table, values).set_index("k") for values in wanted.values()]
    for k in sorted(table["k"].unique()):
        lines = [column.loc[k] if k in column.index else None for column in columns]
        yield (
            str(k),
            *("—" if one is None else _with_interval(one["estimate"], one["low"], one["high"]) for one in lines),
        )


def _where(table: pd.DataFrame, values: Mapping[str, object]) -> pd.DataFrame:
    for name, value in values.items():
        table = table[table[name] == value]
    return table


def _counts(ours: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for verdict in VERDICTS:
        which = ours.loc[ours["verdict"] == verdict, "claim"]
        yield verdict, str(len(which)), ", ".join(map(str, which)) or "—"


def _printed(verdicts: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Yield a line for each claim that has a printed number: ours, or the libraries' where only they decide it."""
    for (claim, statement, printed), found in verdicts[verdicts["printed"].notna()].groupby(
        ["claim", "statement", "printed"], sort=False
    ):
        ours = found["code_base"] == OURS
        if (found["verdict"] == UNTESTABLE).all():
            values, verdict = found.loc[ours, "explanation"].iloc[0], UNTESTABLE
        elif found.loc[ours, "verdict"].iloc[0] != UNTESTABLE:
            values, verdict = found.loc[ours, ["values_only", "verdict"]].iloc[0]
        else:
            values, verdict = (
                "; ".join(f"{one.code_base}: {one[name]}" for _, one in found[~ours].iterrows())
                for name in ("values_only", "verdict")
            )
        yield f"{claim}. {statement}", str(printed), str(values), str(verdict)


def _gains(overview: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for one in _where(overview, PRINTED_ON).sort_values(["start", "k"]).to_dict("records"):
        yield (
            str(one["start_title"]),
            str(one["k"]),
            *(_gain(one, algorithm) for algorithm in ("fastpam1", "fasterpam")),
        )


def _gain(line: dict, algorithm: str) -> str:
    value, note = line[f"{algorithm}_estimate"], line[f"{algorithm}_gain_note"]
    if pd.isna(value):
        return "—" if pd.isna(note) else str(note)
    return _with_interval(value, line[f"{algorithm}_low"], line[f"{algorithm}_high"])


def _versus(libraries: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    for one in libraries.to_dict("records"):
        yield (
            str(one["implementation"]),
            str(one["algorithm_title"]),
            str(one["cells"]),
            _with_interval(one["estimate"], one["low"], one["high"]),
        )


def _with_interval(value: float, low: float, high: float) -> str:
    if pd.isna(low) or pd.isna(high):
        return significant(value, value)
    return f"{significant(value, value)} [{significant(low, value)}, {significant(high, value)}]"


def _table(headings: Sequence[str], lines: Iterator[tuple[str, ...]]) -> list[str]:
    rows = [tuple(headings), ("---",) * len(headings), *lines]
    return ["", *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows), ""]
