"""A short article in two columns, from stored rows: its text is a template, its numbers are those of the studies."""

import logging
import os
import subprocess
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2

from kmedoids_bench.algorithms.core.algorithm import PAPERS
from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.analysis.intervals import LEVEL, SERIES_NEEDED
from kmedoids_bench.experiments.claims.reading import claims
from kmedoids_bench.experiments.claims.verdicts import decide
from kmedoids_bench.experiments.exhibits.canvas import on_canvas
from kmedoids_bench.experiments.exhibits.numbers import counted
from kmedoids_bench.experiments.exhibits.style import tex_system
from kmedoids_bench.experiments.kit import figures, tables
from kmedoids_bench.experiments.kit.facts import DECIDED, Facts, enumerated, family
from kmedoids_bench.experiments.kit.finding import What, offer
from kmedoids_bench.experiments.kit.latex import escaped, floating
from kmedoids_bench.experiments.kit.selection import by_name, selection
from kmedoids_bench.experiments.kit.sizes import CLASSES, column
from kmedoids_bench.experiments.kit.stored import Stored
from kmedoids_bench.experiments.report.about_rows import commits
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.answer import Answer, answer
from kmedoids_bench.experiments.studies.scaling.analysis import LAB_FROM, SPREAD_FROM
from kmedoids_bench.experiments.studies.starts import analysis as starts
from kmedoids_bench.experiments.studies.swap_time.analysis import LEAST_K

logger = logging.getLogger(__name__)

NAME = "article"
PAGE = "ieee"  # the class whose columns the article has
CITED = ("kaufman1990", "schubert2019", "schubert2021")
CAPTIONS = {
    "data": "The data. n and k: the smallest and the largest that were measured.",
    "verdicts": "The verdicts, and the numbers of the claims in the appendix.",
    "machine": "The machine.",
    "versions": "The programs that each implementation ran with.",
}


class Raw(str):
    """A text that is LaTeX already."""


@dataclass(frozen=True)
class Wanted:
    """A figure or a table of a study that the article has if its rows were measured."""

    what: What
    name: str
    width: str = "single"
    main: bool = True  # of the main dataset only
    who: Mapping[str, str] | None = None
    k: str | None = None


OVERVIEW = {"implementation": OURS, "start": "BUILD", "algorithm": "PAM,FastPAM1,FasterPAM"}
# By the names that the template has for them.
EXHIBITS = {
    "speedup": Wanted("figure", "swap_time.speedup", "double", who={"algorithm": "PAM,FastPAM1,FastPAM2,FasterPAM"}),
    "decomposition": Wanted("figure", "swap_time.decomposition", who={"start": "BUILD"}),
    "overview": Wanted("table", "swap_time.overview", who=OVERVIEW, k=f"{LEAST_K}:"),
    "swaps": Wanted("figure", "iterations.swaps", who={"start": "random"}),
    "quality": Wanted("figure", "quality.loss_by_method", "double", main=False),
    "starts": Wanted("figure", "starts.loss"),
    "scaling": Wanted("figure", "scaling.time_over_n", main=False, who={"implementation": OURS}),
    "libraries": Wanted("table", "swap_time.versus_overall", "double", main=False),
}


@dataclass(frozen=True)
class Float:
    """A figure or a table in the article."""

    latex: str
    label: str


def write_article(stored: Stored, folder: Path) -> Path:
    """Write ``article.tex`` and its figures into a folder, and return the file.

    Figures are pgf, in the fonts of the article, or pdf where there is no LaTeX to measure texts with. What was not
    measured is left out. Raises Trouble without rows.
    """
    if stored.rows.empty:
        raise Trouble(f"the run {stored.name} has no rows", "measure first, e.g. make paper")
    answers = {study.name: answer(study, stored.rows_of(study), draw=False) for study in stored.studies}
    facts = Facts(stored, answers, decided(answers))
    floats = dict(_of_studies(facts, folder)) | dict(_others(facts))
    text = _template().render(
        facts=facts,
        floats=floats,
        float=lambda name: Raw(floats[name].latex if name in floats else ""),
        see=lambda name: Raw(rf"~\ref{{{floats[name].label}}}" if name in floats else ""),
        raw=Raw,
        columns={"double": CLASSES[PAGE].double, "gap": CLASSES[PAGE].double - 2 * CLASSES[PAGE].single},
        **_words(facts),
    )
    write_whole(folder / f"{NAME}.tex", text.encode())
    return folder / f"{NAME}.tex"


def decided(answers: Mapping[str, Answer]) -> DECIDED:
    """Decide the claims about these studies in our code base; those of which nothing could be measured are not among
    them.
    """
    measures = {f"{study}.{name}": those for study, one in answers.items() for name, those in one.measures.items()}
    about = [claim for claim in claims() if claim.decided_by & answers.keys()]
    return [(claim, decide(claim, measures)[0]) for claim in about]


def compile_article(source: Path) -> Path:
    """Run LaTeX on an article and return the pdf; warn of what is wider than its column.

    Raises Trouble if there is no LaTeX or if it fails, with its message.
    """
    system = tex_system()
    if system is None:
        raise Trouble(f"wrote {source}, but there is no LaTeX on PATH to make a pdf of it", "install TeX Live")
    words = [system, "-interaction=nonstopmode", "-halt-on-error", source.name]
    undated = os.environ | {"SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1"}
    # References are known in the second run.
    try:
        _, done = (
            subprocess.run(words, cwd=source.parent, env=undated, capture_output=True, timeout=300) for _ in range(2)
        )
    except subprocess.TimeoutExpired:
        raise Trouble(f"LaTeX did not end within 300 s on {source}", f"{source.stem}.log says more") from None
    log = source.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    if done.returncode:
        said = [line for line in log.splitlines() if line.startswith("!")]
        raise Trouble(f"LaTeX cannot read {source}: {' '.join(said) or 'no message'}", f"{source.stem}.log says more")
    if wide := log.count("Overfull \\hbox"):
        logger.warning("%s wider than the column; %s.log says which", counted(wide, "line"), source.stem)
    return source.with_suffix(".pdf")


def _of_studies(facts: Facts, folder: Path) -> Iterator[tuple[str, Float]]:
    for name, wanted in EXHIBITS.items():
        try:
            yield name, _of_study(facts, name, wanted, folder)
        except Trouble as trouble:
            logger.info("the article has no %s of %s: %s", wanted.what, wanted.name, trouble.reason)


def _of_study(facts: Facts, name: str, wanted: Wanted, folder: Path) -> Float:
    stored, column_of = facts.stored, column(PAGE, wanted.width)
    found = offer(stored, wanted.what, wanted.name)
    rows = stored.rows_of(found.study)
    who = {what: _present(names, rows[what].unique()) for what, names in (wanted.who or {}).items()}
    chosen = selection(rows, {"dataset": facts.main} if wanted.main else {}, wanted.k, who)
    if wanted.what == "table":
        fitted = tables.fitted(tables.choose(stored, found, chosen), column_of)
        return _float("table", fitted.tabular, fitted.caption, name, column_of.both)
    suffix = "pgf" if tex_system() else "pdf"
    with on_canvas(column_of.canvas()):
        _, figure = figures.draw(stored, found, chosen)
        figures.write(name, figure, (suffix,), folder / "figures", "kmedoids-bench paper-pdf")
    command = "input" if suffix == "pgf" else "includegraphics"
    return _float("figure", f"\\{command}{{figures/{name}.{suffix}}}", figure.caption, name, column_of.both)


def _present(names: str, present: Collection[str]) -> str:
    """Leave out the names of which there are no rows, unless there are none of any."""
    return ",".join(name for name in names.split(",") if by_name(name, present)) or names


def _others(facts: Facts) -> Iterator[tuple[str, Float]]:
    for name, table in facts.tables().items():
        fitted = tables.fitted(replace(table, caption=CAPTIONS[name]), column(PAGE, "single"))
        yield name, _float("table", fitted.tabular, fitted.caption, name, both=False)


def _float(kind: str, content: str, caption: str, name: str, both: bool) -> Float:
    return Float(floating(kind, content, caption, name, both), f"{kind[:3]}:{name}")


def _words(facts: Facts) -> dict[str, Any]:
    """Return what the template knows besides the facts and the floats."""
    context, rows = facts.stored.context, facts.stored.rows
    config = context.config
    return {
        "gains": facts.gains(),
        "factors": facts.factors(),
        "swaps": facts.swaps(),
        "agreement": facts.agreement(),
        "losses": facts.losses(),
        "between": facts.between(),
        "counted_times": facts.counted_times(),
        "false_alarms": facts.false_alarms(),
        "spread": facts.spread,
        "counted": enumerated(
            [f"{number} {'is' if number == 1 else 'are'} {verdict}" for verdict, number in facts.counts()]
        ),
        "sources": enumerated([f"{number} come from {_SOURCES[source]}" for source, number in facts.sources()]),
        "replaced": sum(bool(claim.former) for claim, _ in facts.decided),
        "libraries": facts.libraries(),
        "n_datasets": rows["dataset"].nunique(),
        "known": counted(rows.loc[rows["dataset"].map(family) != rows["dataset"], "dataset"].nunique(), "problem"),
        "repetitions": config.get("repetitions"),
        "limits": config.get("limits"),
        "level": round(100 * LEVEL),
        "series_needed": SERIES_NEEDED,
        "least_k": LEAST_K,
        "least": {"starts": starts.LEAST_K["build_over_swap"], "spread": SPREAD_FROM, "lab": LAB_FROM},
        "ours": OURS,
        "measured": [str(moment)[:10] for moment in (rows["time"].min(), rows["time"].max())],
        "failed": int((rows["status"] != "ok").sum()),
        "commits": commits(rows),
        "references": [(key, PAPERS[key]) for key in CITED],
        "data_sources": facts.data_sources(),
    }


_SOURCES = {
    "abstract": "the papers' abstracts",
    "companion": "the companion paper",
    "authors' code": "the authors' programs",
    "authors' comment": "the authors' comments",
    "third paper": "papers by others",
    "our check": "checks of our own",
}


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
        undefined=jinja2.ChainableUndefined,
        finalize=lambda value: value if isinstance(value, Raw) else escaped(str(value)),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("article.tex.j2")
