"""All results of a run: tables, figures and one self-contained page that opens without a network."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import joblib
import pandas as pd

from kmedoids_bench.experiments.claims.reading import Claim
from kmedoids_bench.experiments.exhibits.numbers import counted, written
from kmedoids_bench.experiments.exhibits.style import tex_system
from kmedoids_bench.experiments.report import about_rows, claims_section
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.drawings import charts_library, drawings
from kmedoids_bench.experiments.report.outputs import TEMPLATES, Outputs, editions_of
from kmedoids_bench.experiments.report.sections import rows_of, section
from kmedoids_bench.experiments.report.with_maintained_gains import beyond_the_papers
from kmedoids_bench.experiments.studies import studies as all_studies
from kmedoids_bench.experiments.studies.answer import Answer, answer
from kmedoids_bench.experiments.studies.study import Study

logger = logging.getLogger(__name__)

OWNERS = ("claim", "claims", "beyond", "run", "blocks", "rows")  # of tables and figures that belong to no study
OPEN_LINES = 30  # longer tables are folded
# Drawing is most of the work. Below this many rows, starting further processes takes longer than they save.
ROWS_FOR_PROCESSES = 4_000


def write_report(
    rows: pd.DataFrame, studies: Sequence[Study], context: ReportContext, results: Path, claims: Sequence[Claim] = ()
) -> Path:
    """Write ``tables/``, ``figures/`` and the page, ``report.html``, into the folder `results`; return the page.

    The same rows give the same bytes. Every file is replaced whole. Tables and figures that are no longer made, those
    of another profile among them, are removed. `rows` are as `current_rows` keeps them, `studies` in the order of the
    page. If all claims are about other studies, the page does not show them.
    """
    rows = rows.assign(result_class=rows["contender"].map(dict(context.result_classes)).astype("str"))
    outputs = Outputs(results)
    # Each process is sent the rows of a study whole: there are no files of its own that could be left over.
    parallel: Any = joblib.Parallel(joblib.cpu_count() if len(rows) >= ROWS_FOR_PROCESSES else 1, max_nbytes=None)
    own = [rows_of(study, study.measured, rows, context) for study in studies]
    pgf = context.pgf and tex_system() is not None
    drawn = parallel(joblib.delayed(answer_and_draw)(*each, pgf) for each in zip(studies, own, strict=True))
    done = [(study, mine, answer) for study, mine, (answer, _) in zip(studies, own, drawn, strict=True)]
    shown = {
        f"{study.name}_{name}": outputs.write_figure(f"{study.name}_{name}", answer.figures[name], each)
        for study, (answer, editions) in zip(studies, drawn, strict=True)
        for name, each in editions.items()
    }
    sections = [
        section(study, mine, answer, context, outputs) | {"drawings": drawings(study.name, answer.figures, shown)}
        for study, mine, answer in done
    ]
    headlines = [one for _, _, answer in done for one in answer.headlines]
    measures = {f"{study.name}.{name}": those for study, _, answer in done for name, those in answer.measures.items()}
    of_claims = None
    if any(claim.decided_by & {study.name for study in studies} for claim in claims):
        decided = claims_section.decide_claims(claims, measures, outputs)
        outputs.write_tables("claims", claims_section.claims_tables(decided))
        of_claims = claims_section.on_the_page(decided)
    outputs.write_tables("run", {"headlines": about_rows.headlines_table(rows, headlines)})
    total = sum(seconds for _, seconds in context.time_spent) or 1.0
    page = TEMPLATES.get_template("page.html.j2").render(
        sections=sections,
        outcomes=outputs.write_tables("blocks", about_rows.outcome_tables(rows)),
        clocks=outputs.write_tables("rows", {"clocks": about_rows.clocks_table(rows)})[0],
        columns=outputs.write_tables("rows", {"columns": about_rows.columns_table()})[0],
        charts_library=charts_library() if any(one.data for each in sections for one in each["drawings"]) else "",
        beyond=beyond_the_papers(rows, studies, claims, measures, context, outputs),
        claims=of_claims,
        context=context,
        config=json.dumps(dict(context.config), indent=2, ensure_ascii=False, default=str),
        open_lines=OPEN_LINES,
        rows=len(rows),
        what_was_run=about_rows.what_was_run(rows),
        beside_others=about_rows.beside_others(rows),
        clocks_apart=about_rows.clocks_apart(rows),
        machine=about_rows.machine_facts(rows),
        versions=about_rows.versions(rows),
        commits=about_rows.commits(rows),
        dirty=context.dirty or bool(rows["dirty"].fillna(False).any()),
        counted=counted,
        measured_in_words=claims_section.measured_in_words,
        written=written,
        spent=[(what, seconds, seconds / total) for what, seconds in context.time_spent],
    )
    outputs.remove_leftovers([*all_studies(), *OWNERS])
    outputs.write("report.html", page.encode())
    for headline in headlines:
        logger.info("%s %s", headline.value, headline.words)
    return results / "report.html"


def answer_and_draw(study: Study, rows: pd.DataFrame, pgf: bool) -> tuple[Answer, dict[str, dict[str, bytes]]]:
    """Return what a study answers to its rows, and the editions of its figures by name.

    A figure is drawn by the process that made it. matplotlib tells what depends on a transform by the addresses of
    objects, and keeps them when a figure is sent to another process. Where a new object had such an address, a part of
    the figure was not told of another resolution, and was cut in the wrong place.
    """
    found = answer(study, rows)
    return found, {name: editions_of(f"{study.name}_{name}", one, pgf) for name, one in found.figures.items()}
