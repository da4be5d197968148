"""A study on the page: the rows it sees, how many blocks were measured, and its tables."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.outputs import Outputs
from kmedoids_bench.experiments.studies.answer import Answer
from kmedoids_bench.experiments.studies.study import Study

SHOWN_LINES = 300  # more would make the page unreadable; the csv has every line


def rows_of(study: Study, algorithms: Sequence[str], rows: pd.DataFrame, context: ReportContext) -> pd.DataFrame:
    """Return the rows of these algorithms that the configuration asks for under a study."""
    own = rows[rows["algorithm"].isin(algorithms)]
    if context.asked is not None:
        requested = context.asked.get(study.name, {})
        pairs = {(block, name) for block, names in requested.items() for name in names}
        own = own[pd.MultiIndex.from_frame(own[["block", "contender"]]).isin(pairs)]
    return own.reset_index(drop=True)


def section(
    study: Study, rows: pd.DataFrame, answer: Answer, context: ReportContext, outputs: Outputs, prefix: str = ""
) -> dict[str, Any]:
    """Write the tables of a study, whose rows are as `rows_of` returns them, and make its section, without drawings.

    ``name``, that of the study behind `prefix`, is the anchor on the page and the prefix of the files. ``finished`` and
    ``unfinished`` count blocks, once for each contender; ``unmeasured`` those that the configuration asks for and that
    have no row, None if that is not known.
    """
    requested = None if context.asked is None else context.asked.get(study.name, {}).keys()
    failed = rows.assign(failed=rows["status"] != "ok").groupby(["contender", "block"])["failed"].min()
    name = f"{prefix}{study.name}"
    about = {"name": name, "title": study.words.title, "question": study.words.question}
    return about | {
        "findings": answer.findings,
        "headlines": answer.headlines,
        "tables": outputs.write_tables(name, answer.tables, SHOWN_LINES),
        "drawings": [],
        "finished": int((~failed).sum()),
        "unfinished": int(failed.sum()),
        "unmeasured": None if requested is None else len(requested - set(rows["block"])),
    }
