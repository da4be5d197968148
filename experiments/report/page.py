"""All results of a run: tables, figures and one self-contained page that opens without a network."""

import base64
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import joblib
import pandas as pd

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.analysis.beyond import in_place
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.claims.verdicts import Claim
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.exhibits.numbers import counted
from kmedoids_bench.experiments.exhibits.style import figure_bytes, pgf_text, tex_system
from kmedoids_bench.experiments.exhibits.tables import csv_text, entries, latex_text, markdown_text
from kmedoids_bench.experiments.report import provenance
from kmedoids_bench.experiments.report.beyond import title_beyond, verdicts_beyond
from kmedoids_bench.experiments.report.cells import failure_table, outcome_table
from kmedoids_bench.experiments.report.claims_section import ShownClaims, claims_table, show_claims
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.files import keep_owners, rendered, replace_outputs
from kmedoids_bench.experiments.studies.answer import Answer, answer
from kmedoids_bench.experiments.studies.study import Study

logger = logging.getLogger(__name__)

HEADLINES = 5  # findings of each study repeated at the top
OPEN_LINES = 30  # longer tables are folded
SHOWN_LINES = 500  # the page stays readable; the csv has every line
# Drawing is most of the work. Below this many rows, starting further processes takes longer than they save.
ROWS_FOR_PROCESSES = 4_000


@dataclass(frozen=True)
class ShownTable:
    """A table as the template needs it; `file` is its csv beside the page."""

    caption: str
    empty: str
    headings: list[tuple[str, bool]]
    lines: list
    total: int
    file: str


@dataclass(frozen=True)
class ShownFigure:
    """A figure as the template needs it; `image` is a data address."""

    caption: str
    alt: str
    image: str
    file: str


@dataclass(frozen=True)
class Beyond:
    """The part of the page beyond the papers as the template needs it."""

    sections: "list[Section]"
    verdicts: ShownTable


@dataclass(frozen=True)
class Section:
    """A study as the template needs it."""

    name: str
    title: str
    question: str
    findings: list[str]
    figures: list[ShownFigure]
    tables: list[ShownTable]
    finished: int
    unfinished: int
    unmeasured: int | None


def write_report(
    rows: pd.DataFrame, studies: Sequence[Study], context: ReportContext, results: Path, claims: Sequence[Claim] = ()
) -> Path:
    """Write tables, figures and the page.

    Every file is replaced whole, files that are no longer made, also of other profiles' studies, are removed, and
    the same rows give the same bytes.

    Parameters
    ----------
    rows : DataFrame
        Current rows, as `current_rows` keeps them.
    studies : sequence of Study
        In the order of the page.
    context : ReportContext
    results : Path
        Folder that receives ``tables/``, ``figures/`` and ``report.html``.
    claims : sequence of Claim
        To be decided by what the studies measure. The page has no such section if they are about other studies.

    Returns
    -------
    Path
        The page.
    """
    promised = rows.assign(result_class=rows["contender"].map(dict(context.result_classes)).astype("str"))
    # Each process has the rows of a study sent to it whole: no files of their own that could be left over.
    parallel = joblib.Parallel(n_jobs=_processes(len(rows)), max_nbytes=None)
    answers: list[Answer] = parallel(  # pyright: ignore[reportAssignmentType]
        joblib.delayed(answer)(study, rows_of(study, study.measured, promised, context)) for study in studies
    )
    # Figure by figure: one study may have most of them.
    pgf = context.pgf and tex_system() is not None
    rendered: list[dict[str, bytes]] = parallel(  # pyright: ignore[reportAssignmentType]
        joblib.delayed(_rendered)(name, figure, pgf) for one in answers for name, figure in one.figures.items()
    )
    contents = iter(rendered)
    sections = []
    for study, one in zip(studies, answers, strict=True):
        own = rows_of(study, study.measured, promised, context)
        section = _section(study, study.name, study.title, own, one, context, results)
        sections.append(_with_figures(section, one.figures, [next(contents) for _ in one.figures], results / "figures"))
    measures = {
        name: found for study, one in zip(studies, answers, strict=True) for name, found in _named(study, one).items()
    }
    page = results / "report.html"
    cells = {"failures": failure_table(promised), "outcomes": outcome_table(promised)}
    shown = _write_tables("cells", cells, results / "tables", limit=len(promised))
    decided = None
    asked = {criterion.measure.partition(".")[0] for claim in claims for criterion in claim.criteria}
    if asked & {study.name for study in studies}:
        decided = show_claims(claims, measures, results / "tables")
        _write_tables("claims", {"verdicts": claims_table(decided)}, results / "tables", limit=len(promised))
    beyond = _beyond(promised, studies, measures, context, results, claims)
    owners = [section.name for section in (*sections, *(beyond.sections if beyond else ()))]
    owners += ["cells", "audit", *(("claim", "claims") if decided else ())]  # the audit writes its own
    for folder in ("tables", "figures"):
        keep_owners(results / folder, owners)
    write_whole(page, _page(promised, sections, shown, context, decided, beyond).encode())
    return page


def _processes(rows: int) -> int:
    return joblib.cpu_count() if rows >= ROWS_FOR_PROCESSES else 1


def _named(study: Study, one: Answer) -> dict[str, list[Measure]]:
    """Name what a study measures "study.name", as claims do."""
    return {f"{study.name}.{name}": found for name, found in one.measures.items()}


def _beyond(
    rows: pd.DataFrame,
    studies: Sequence[Study],
    measures: Mapping[str, Sequence[Measure]],
    context: ReportContext,
    results: Path,
    claims: Sequence[Claim],
) -> Beyond | None:
    """Repeat the studies, and the claims that it makes a difference to, with what is newer than the papers."""
    asked = [study for study in studies if study.beyond]
    replaced = {
        study.name: in_place(rows_of(study, (*study.measured, *study.beyond.values()), rows, context), study.beyond)
        for study in asked
    }
    asked = [study for study in asked if set(study.beyond) & set(replaced[study.name]["algorithm"])]
    if not asked:
        return None
    sections, after = [], {}
    for study in asked:
        one = answer(study, replaced[study.name], draw=False)
        one = replace(one, tables={name: table for name, table in one.tables.items() if len(table.frame)})
        name = f"beyond_{study.name}"
        sections.append(_section(study, name, title_beyond(study), replaced[study.name], one, context, results))
        after |= _named(study, one)
    verdicts = verdicts_beyond(claims, measures, after)
    return Beyond(
        sections, _write_tables("claims_beyond", {"verdicts": verdicts}, results / "tables", limit=len(rows))[0]
    )


def rows_of(study: Study, algorithms: Sequence[str], rows: pd.DataFrame, context: ReportContext) -> pd.DataFrame:
    """Rows that the configuration asks for under this study."""
    own = rows[rows["algorithm"].isin(algorithms)]
    wanted = context.asked.get(study.name, {}) if context.asked is not None else None
    if wanted is not None:
        pairs = {(block, name) for block, names in wanted.items() for name in names}
        own = own[pd.MultiIndex.from_frame(own[["block", "contender"]]).isin(pairs)]
    return own.reset_index(drop=True)


def _section(
    study: Study, name: str, title: str, own: pd.DataFrame, one: Answer, context: ReportContext, results: Path
) -> Section:
    """Write a study's tables; its section has no figures yet."""
    wanted = context.asked.get(study.name, {}) if context.asked is not None else None
    cells = own.assign(failed=own["status"] != "ok").groupby(["contender", "block"])["failed"].min()
    return Section(
        name=name,
        title=title,
        question=study.question,
        findings=one.findings,
        figures=[],
        tables=_write_tables(name, one.tables, results / "tables", SHOWN_LINES),
        finished=int((~cells).sum()),
        unfinished=int(cells.sum()),
        unmeasured=None if wanted is None else len(wanted.keys() - set(own["block"])),
    )


def _rendered(name: str, figure: Figure, pgf: bool) -> dict[str, bytes]:
    """Render a figure in every format, by suffix."""
    contents = {suffix: figure_bytes(figure.drawing, suffix) for suffix in ("png", "pdf")}
    if pgf:
        try:
            contents["pgf"] = pgf_text(figure.drawing)
        except (RuntimeError, ValueError) as error:
            logger.warning("no pgf of the figure %s: LaTeX says %s", name, str(error).strip().splitlines()[-1])
    return contents | {"svg": figure_bytes(figure.drawing, "svg")}


def _with_figures(
    section: Section, figures: Mapping[str, Figure], rendered: Sequence[dict[str, bytes]], folder: Path
) -> Section:
    """Write a study's figures; its section shows them."""
    files, shown = {}, []
    for (name, figure), contents in zip(figures.items(), rendered, strict=True):
        image = base64.b64encode(contents.pop("svg")).decode()  # the page itself holds it
        address = f"data:image/svg+xml;base64,{image}"
        shown.append(ShownFigure(figure.caption, figure.alt, address, f"figures/{section.name}_{name}.pdf"))
        files |= {f"{name}.{suffix}": content for suffix, content in contents.items()}
    replace_outputs(folder, section.name, files)
    return replace(section, figures=shown)


def _write_tables(owner: str, tables: Mapping[str, Table], folder: Path, limit: int) -> list[ShownTable]:
    contents: dict[str, bytes] = {}
    for name, table in tables.items():
        contents[f"{name}.csv"] = csv_text(table).encode()
        contents[f"{name}.md"] = markdown_text(table).encode()
        contents[f"{name}.tex"] = latex_text(table).encode()
    replace_outputs(folder, owner, contents)
    return [_shown(table, f"tables/{owner}_{name}.csv", limit) for name, table in tables.items()]


def _shown(table: Table, file: str, limit: int) -> ShownTable:
    headings = [(column.heading, column.is_number) for column in table.columns]
    lines = entries(Table(table.frame.head(limit), table.caption, table.columns))
    return ShownTable(table.caption, table.empty, headings, lines, len(table.frame), file)


def _page(
    rows: pd.DataFrame,
    sections: Sequence[Section],
    cells: Sequence[ShownTable],
    context: ReportContext,
    claims: ShownClaims | None,
    beyond: Beyond | None,
) -> str:
    total = sum(seconds for _, seconds in context.time_spent) or 1.0
    return rendered(
        "page.html.j2",
        context=context,
        config=json.dumps(dict(context.config), indent=2, ensure_ascii=False, default=str),
        sections=sections,
        headlines=HEADLINES,
        open_lines=OPEN_LINES,
        rows=len(rows),
        machine=provenance.machine_facts(rows),
        versions=provenance.versions(rows),
        commits=provenance.commits(rows),
        dirty=context.dirty or bool(rows["dirty"].fillna(False).any()),
        cells=cells,
        claims=claims,
        beyond=beyond,
        counted=counted,
        spent=[(what, seconds, seconds / total) for what, seconds in context.time_spent],
    )
