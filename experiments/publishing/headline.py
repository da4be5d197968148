"""What README and results/published/README.md say of the published runs.

`python -m kmedoids_bench.experiments headline` prints the tables, with ``--short`` the README's results in words, and
writes the README's picture with ``--picture``.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.datasets.optima import best_known
from kmedoids_bench.experiments.claims.verdicts import FAILED, REPRODUCED, UNTESTABLE, VERDICTS
from kmedoids_bench.experiments.exhibits.numbers import significant, with_interval
from kmedoids_bench.experiments.exhibits.style import figure_bytes
from kmedoids_bench.experiments.publishing.published import ROWS, read_context, read_run
from kmedoids_bench.experiments.report.about_rows import commits
from kmedoids_bench.experiments.report.claims_section import read_verdicts
from kmedoids_bench.experiments.report.outputs import TEMPLATES
from kmedoids_bench.experiments.report.sections import rows_of
from kmedoids_bench.experiments.rows.keys import OURS, TUNED
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.answer import answer
from kmedoids_bench.experiments.studies.engineering.analysis import LIBRARIES
from kmedoids_bench.experiments.studies.joss import analysis as companion
from kmedoids_bench.experiments.studies.swap_time.analysis import PRINTED

PROFILES = ("paper", "engineering")  # whose published runs the README shows
FOLDER = Path(__file__).resolve().parents[2] / "results" / "published"
DATASET, N = PRINTED
TUNED_ON = {"dataset": "mnist", "n": 10_000, "dtype": "float32"}  # where the tuned kernels have their bounds
COMPARISONS = {  # start, our algorithm, the library's
    "FasterPAM": ("random", "fasterpam", "fasterpam"),
    "PAM / FastPAM1": ("random", "pam", "fastpam1"),
    "PAM / FasterPAM": ("random", "pam", "fasterpam"),
    "Alternating": ("random", "alternating", "alternating"),
    "BUILD": ("build", "build", "build"),
}
THREADED = {"FasterPAM": ("random", "fasterpam"), "PAM": ("random", "pam"), "BUILD": ("build", "build")}


def in_words() -> str:
    """Return the README's results in words, in Markdown."""
    paper, engineering = (FOLDER / name for name in PROFILES)
    verdicts = _of(read_verdicts(paper), code_base=OURS)
    counts, sources = verdicts["verdict"].value_counts(), verdicts["source"].value_counts()
    checks = _of(verdicts, source="our check")
    own = int((checks["verdict"] == REPRODUCED).sum())
    failed = ", ".join(map(str, _of(verdicts, verdict=FAILED)["claim"]))
    named = {verdict: f"{counts[verdict]} {verdict}" for verdict in VERDICTS if verdict in counts}
    listed = ", ".join((named | {FAILED: f"{named[FAILED]} ({failed})"} if failed else named).values())
    (of_printed,) = _of(verdicts, claim=10)["verdict"]
    gains = {line["k"]: line for line in _of(_gains(paper), start="build").to_dict("records")}
    ratios = {k: _gain(line, "fasterpam") for k, line in gains.items()}
    none = gains[100]["fasterpam_why_none"]
    series = "in brackets is over series, each in fresh processes"
    intervals = series if pd.isna(none) else f"is missing: {none}"
    tuned = _compared(engineering)["PAM / FasterPAM"]
    slowest, fastest = (significant(end) for end in (tuned["estimate"].min(), tuned["estimate"].max()))
    ks = f"k from {min(tuned['k'])} to {max(tuned['k'])}"
    without = "" if tuned["low"].notna().all() else " (one series, so without an interval)"
    names = [references()[name].title for name in read_context(engineering).config["libraries"]]
    libraries = f"{', '.join(names[:-1])} and {names[-1]}"
    return f"""\
- **The papers' claims.** Each of {counts.sum()} claims has a criterion. The verdicts for our plain kernels: {listed}.
  {len(checks)} of the claims are checks of our own, and {own} of these are reproduced. The full texts of the two papers
  were not at hand: {sources["abstract"]} claims are from their abstracts, the others from the companion paper, the
  authors' programs and comments, and papers that cite them.
- **FasterPAM's speed-up.** On plants texture, from BUILD, the swap phase of FasterPAM is {ratios[100]} times as fast as
  PAM's at k = 100, and {ratios[200]} times at k = 200. The papers print 458 and 1,191. By its
  criterion, this claim (10) is {of_printed}. The 95 % interval {intervals}.
- **Exact PAM.** Our tuned PAM makes the same swaps as PAM. On {TUNED_ON["n"]:,} images of MNIST, with one thread, it is
  {slowest} to {fastest} times as fast as FasterPAM of the fastest of {libraries}, for {ks}{without}.
{_of_optima()}
"""


def _of_optima() -> str:
    known = best_known().values()
    mnist = next(one for one in known if (one.dataset, one.n, one.metric, one.k) == companion.PRINTED_DATA)
    printed = companion.printed()["printed_best"].min()
    where = f"on {mnist.n:,} images of MNIST, k = {mnist.k}"
    if mnist.proven and round(mnist.loss) == round(printed):
        words = f"{where}, the best loss that the companion paper prints, {printed:,.0f}, is the optimum"
    else:
        words = f"{where}, the best loss known, {mnist.loss:,.0f}, is at most {significant(100 * mnist.gap)} % above it"
    return f"""\
- **How far from the optimum.** A lower bound on the loss limits how far above the optimum a result can be. The optimum
  is proven for {sum(one.proven for one in known)} of the {len(known)} problems of
  [datasets/optima.csv](datasets/optima.csv); {words}."""


def picture() -> bytes:
    """Draw the README's picture, as svg: the speed-up of the swap phase over PAM, where the papers print numbers."""
    rows, context = read_run(FOLDER / PROFILES[0])
    study = studies()["swap_time"]
    own = rows_of(study, study.measured, rows[(rows["dataset"] == DATASET) & (rows["n"] == N)], context)
    figures = answer(study, own.assign(result_class="")).figures
    return figure_bytes(figures[f"speedup_{DATASET}"].drawing, "svg", white=True)


def headline(run: Path) -> str:
    """Return the tables of results of a published run, a folder of results/published, in Markdown."""
    measured = commits(pd.read_parquet(run / ROWS, columns=["commit", "dirty"]))
    of_engineering = (run / "tables" / "engineering_against.csv").exists()
    tables = _of_engineering(run) if of_engineering else _of_claims(run)
    page = TEMPLATES.get_template("headline.md.j2")
    return page.render(run=run.name, commits=measured, n=N, **tables)


def _of_claims(run: Path) -> dict[str, list]:
    """Return the lines of the tables about claims, by the name of the table in the template."""
    verdicts = read_verdicts(run)
    which = _of(verdicts, code_base=OURS).groupby("verdict")["claim"].agg(list)
    listed = [(verdict, which.get(verdict, [])) for verdict in VERDICTS]
    return {
        "verdicts": [(verdict, len(ids), ", ".join(map(str, ids)) or "—") for verdict, ids in listed],
        "printed": list(_printed(verdicts)),
        "gains": [
            (line["start_title"], line["k"], _gain(line, "fastpam1"), _gain(line, "fasterpam"))
            for line in _gains(run).to_dict("records")
        ],
        "libraries": [
            (line["implementation"], line["algorithm_title"], line["cells"], _ratio(line))
            for line in _read(run, "swap_time_versus_overall").to_dict("records")
        ],
    }


def _of_engineering(run: Path) -> dict[str, tuple]:
    """Return the headings and the lines of the tables about the tuned kernels, by name as in the template."""
    threads = _of(_read(run, "engineering_threads"), implementation=TUNED, **TUNED_ON)
    threaded = {name: _of(threads, start=start, algorithm=algorithm) for name, (start, algorithm) in THREADED.items()}
    return {"compared": _by_k(_compared(run)), "threaded": _by_k(threaded)}


def _read(run: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(run / "tables" / f"{name}.csv", keep_default_na=False, na_values=[""])


def _of(table: pd.DataFrame, **values: object) -> pd.DataFrame:
    """Return the lines with these values."""
    for name, value in values.items():
        table = table[table[name] == value]
    return table


def _gains(run: Path) -> pd.DataFrame:
    """Return our speed-ups on the data for which the papers print numbers."""
    return _of(_read(run, "swap_time_overview"), dataset=DATASET, n=N, implementation=OURS).sort_values(["start", "k"])


def _compared(run: Path) -> dict[str, pd.DataFrame]:
    """Return the comparisons of our tuned kernels with the libraries, by the name of their column."""
    against = _of(_read(run, "engineering_against"), opponents=LIBRARIES, **TUNED_ON)
    return {
        name: _of(against, start=start, algorithm=algorithm, against=other)
        for name, (start, algorithm, other) in COMPARISONS.items()
    }


def _printed(verdicts: pd.DataFrame) -> Iterator[Sequence[object]]:
    """Yield a line for each claim that has a printed number: ours, or the libraries' where only they decide it."""
    printed = verdicts[verdicts["printed"].notna()]
    for (claim, statement, number, place), lines in printed.groupby(
        ["claim", "statement", "printed", "printed_in"], sort=False
    ):
        (ours,) = _of(lines, code_base=OURS).to_dict("records")
        values, verdict = ours["values"], ours["verdict"]
        decided = lines[lines["verdict"] != UNTESTABLE]
        if decided.empty:
            values = ours["explanation"]
        elif verdict == UNTESTABLE:
            values, verdict = ("; ".join(decided["code_base"] + ": " + decided[name]) for name in ("values", "verdict"))
        yield f"{claim}. {statement}", number, place, values, verdict


def _gain(line: Mapping, algorithm: str) -> str:
    value, low, high, note = (line[f"{algorithm}_{name}"] for name in ("estimate", "low", "high", "gain_note"))
    if pd.isna(value):
        return "—" if pd.isna(note) else str(note)
    return with_interval(value, low, high)


def _ratio(line: Mapping) -> str:
    return with_interval(line["estimate"], line["low"], line["high"])


def _by_k(columns: Mapping[str, pd.DataFrame]) -> tuple[tuple, list[tuple]]:
    """Return the headings and the lines of a table with a line for each k and a column for each table of ratios."""
    texts = {name: {line["k"]: _ratio(line) for line in table.to_dict("records")} for name, table in columns.items()}
    ks = sorted({k for by_k in texts.values() for k in by_k})
    return ("k", *columns), [(k, *(by_k.get(k, "—") for by_k in texts.values())) for k in ks]
