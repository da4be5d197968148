"""All results of a run: tables, figures and one self-contained page that opens without a network."""

import base64
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import jinja2
import joblib
import pandas as pd

from kmedoids_bench.experiments.analysis.beyond import in_place
from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.analysis.verdicts import Claim
from kmedoids_bench.experiments.report import origin
from kmedoids_bench.experiments.report.beyond import repeated, verdicts_beyond
from kmedoids_bench.experiments.report.cells import failure_table, outcome_table
from kmedoids_bench.experiments.report.claims import ShownClaims, claims_table, show_claims
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.exhibits import Figure, Question, Table
from kmedoids_bench.experiments.report.files import keep_owners, replace_outputs, write_whole
from kmedoids_bench.experiments.report.style import figure_bytes, pgf_text, tex_system
from kmedoids_bench.experiments.report.tables import (
    counted,
    csv_text,
    entries,
    is_number,
    latex_text,
    markdown_text,
)

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


@dataclass(frozen=True)
class Answer:
    """What one study says: its section, without the figures; these; and what claims are decided by."""

    section: Section
    figures: Mapping[str, Figure]
    measures: Mapping[str, list[Measure]]


def write_report(
    rows: pd.DataFrame,
    studies: Sequence[Question],
    context: ReportContext,
    results: Path,
    claims: Sequence[Claim] = (),
) -> Path:
    """Write tables, figures and the page.

    Every file is replaced whole, files that are no longer made, also of other profiles' studies, are removed, and
    the same rows give the same bytes.

    Parameters
    ----------
    rows : DataFrame
        Current rows, as `current_rows` keeps them.
    studies : sequence of Question
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
        joblib.delayed(_answer)(study, _rows_of(study, study.measured, promised, context), context, results)
        for study in studies
    )
    # Figure by figure: one study may have most of them.
    pgf = context.pgf and tex_system() is not None
    rendered: list[dict[str, bytes]] = parallel(  # pyright: ignore[reportAssignmentType]
        joblib.delayed(_rendered)(name, figure, pgf)
        for answer in answers
        for name, figure in answer.figures.items()
    )
    contents = iter(rendered)
    sections = [
        _with_figures(answer, [next(contents) for _ in answer.figures], results / "figures")
        for answer in answers
    ]
    measures = {name: found for answer in answers for name, found in answer.measures.items()}
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
    audited = (results / "audit.html").exists()
    write_whole(page, _page(promised, sections, shown, context, decided, beyond, audited).encode())
    return page


def _processes(rows: int) -> int:
    return joblib.cpu_count() if rows >= ROWS_FOR_PROCESSES else 1


def _answer(study: Question, rows: pd.DataFrame, context: ReportContext, results: Path) -> Answer:
    """Write a study's tables, make its figures, and measure what claims are decided by."""
    return Answer(_section(study, rows, context, results), dict(study.figures(rows)), _measures(study, rows))


def _measures(study: Question, rows: pd.DataFrame) -> dict[str, list[Measure]]:
    """Name what a study measures "study.name"."""
    return {f"{study.name}.{name}": found for name, found in study.measures(rows).items()}


def _beyond(
    rows: pd.DataFrame,
    studies: Sequence[Question],
    measures: Mapping[str, Sequence[Measure]],
    context: ReportContext,
    results: Path,
    claims: Sequence[Claim],
) -> Beyond | None:
    """Repeat the studies, and the claims that it makes a difference to, with what is newer than the papers."""
    asked = [study for study in studies if study.beyond]
    replaced = {
        study.name: in_place(
            _rows_of(study, (*study.measured, *study.beyond.values()), rows, context), study.beyond
        )
        for study in asked
    }
    asked = [study for study in asked if set(study.beyond) & set(replaced[study.name]["algorithm"])]
    if not asked:
        return None
    sections = [
        _section(repeated(study), replaced[study.name], context, results, name=study.name) for study in asked
    ]
    after = {name: found for study in asked for name, found in _measures(study, replaced[study.name]).items()}
    verdicts = verdicts_beyond(claims, measures, after)
    return Beyond(
        sections,
        _write_tables("claims_beyond", {"verdicts": verdicts}, results / "tables", limit=len(rows))[0],
    )


def _rows_of(
    study: Question, algorithms: Sequence[str], rows: pd.DataFrame, context: ReportContext
) -> pd.DataFrame:
    """Rows that the configuration asks for under this study."""
    own = rows[rows["algorithm"].isin(algorithms)]
    wanted = context.asked.get(study.name, {}) if context.asked is not None else None
    if wanted is not None:
        pairs = {(block, name) for block, names in wanted.items() for name in names}
        own = own[pd.MultiIndex.from_frame(own[["block", "contender"]]).isin(pairs)]
    return own.reset_index(drop=True)


def _section(
    study: Question, own: pd.DataFrame, context: ReportContext, results: Path, name: str = ""
) -> Section:
    wanted = context.asked.get(name or study.name, {}) if context.asked is not None else None
    cells = own.assign(failed=own["status"] != "ok").groupby(["contender", "block"])["failed"].min()
    return Section(
        name=study.name,
        title=study.title,
        question=study.question,
        findings=study.findings(own),
        figures=[],
        tables=_write_tables(study.name, study.tables(own), results / "tables", SHOWN_LINES),
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
            logger.warning(
                "no pgf of the figure %s: LaTeX says %s", name, str(error).strip().splitlines()[-1]
            )
    return contents | {"svg": figure_bytes(figure.drawing, "svg")}


def _with_figures(answer: Answer, rendered: Sequence[dict[str, bytes]], folder: Path) -> Section:
    """Write a study's figures; its section shows them."""
    owner, files, shown = answer.section.name, {}, []
    for (name, figure), contents in zip(answer.figures.items(), rendered, strict=True):
        image = base64.b64encode(contents.pop("svg")).decode()  # the page itself holds it
        address = f"data:image/svg+xml;base64,{image}"
        shown.append(ShownFigure(figure.caption, figure.alt, address, f"figures/{owner}_{name}.pdf"))
        files |= {f"{name}.{suffix}": content for suffix, content in contents.items()}
    replace_outputs(folder, owner, files)
    return replace(answer.section, figures=shown)


def _write_tables(owner: str, tables: Mapping[str, Table], folder: Path, limit: int) -> list[ShownTable]:
    contents: dict[str, bytes] = {}
    for name, table in tables.items():
        contents[f"{name}.csv"] = csv_text(table).encode()
        contents[f"{name}.md"] = markdown_text(table).encode()
        contents[f"{name}.tex"] = latex_text(table).encode()
    replace_outputs(folder, owner, contents)
    return [_shown(table, f"tables/{owner}_{name}.csv", limit) for name, table in tables.items()]


def _shown(table: Table, file: str, limit: int) -> ShownTable:
    headings = [(column.heading, is_number(column)) for column in table.columns]
    lines = entries(Table(table.frame.head(limit), table.caption, table.columns))
    return ShownTable(table.caption, table.empty, headings, lines, len(table.frame), file)


def _page(
    rows: pd.DataFrame,
    sections: Sequence[Section],
    cells: Sequence[ShownTable],
    context: ReportContext,
    claims: ShownClaims | None,
    beyond: Beyond | None,
    audited: bool,
) -> str:
    total = sum(seconds for _, seconds in context.time_spent) or 1.0
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2").render(
        context=context,
        config=json.dumps(dict(context.config), indent=2, ensure_ascii=False, default=str),
        sections=sections,
        headlines=HEADLINES,
        open_lines=OPEN_LINES,
        rows=len(rows),
        machine=origin.machine_facts(rows),
        versions=origin.versions(rows),
        commits=origin.commits(rows),
        dirty=context.dirty or bool(rows["dirty"].fillna(False).any()),
        cells=cells,
        claims=claims,
        beyond=beyond,
        audited=audited,
        counted=counted,
        spent=[(what, seconds, seconds / total) for what, seconds in context.time_spent],
    )


def _template(name: str) -> str:
    return files("kmedoids_bench.experiments.report").joinpath("templates", name).read_text(encoding="utf-8")
