"""From stored rows and the records of the steps to the report."""

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import psutil

from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments.claims.reading import claims_about
from kmedoids_bench.experiments.harness.machine import checkout, machine, this_run
from kmedoids_bench.experiments.harness.source import source_of
from kmedoids_bench.experiments.planning.contenders import all_contenders
from kmedoids_bench.experiments.planning.profile import Profile
from kmedoids_bench.experiments.report.context import DataSource, ReportContext
from kmedoids_bench.experiments.report.page import write_report
from kmedoids_bench.experiments.rows.reading import current_rows, read_rows
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.workflow.records import Measured, Record


def write_page(rows: pd.DataFrame, context: ReportContext, results: Path) -> Path:
    """Write tables, figures and the page from rows and their context."""
    shown = context.config["studies"]
    return write_report(rows, [studies()[name] for name in shown], context, results, claims_about(shown))


def gather(
    profile: Profile, cells: Path, records: Sequence[Record], pgf: bool = False
) -> tuple[pd.DataFrame, ReportContext]:
    """Return the rows that a profile's report is made of, from the files in the folder `cells`, and its context."""
    contenders = all_contenders()
    sources = {name: source_of(contender) for name, contender in contenders.items()}
    current = current_rows(read_rows(sorted(cells.glob("*.jsonl"))), sources, machine()["machine"])
    requested: dict[str, dict[str, list[str]]] = {}
    for record in records:
        if isinstance(record, Measured):
            for study, blocks in record.requested.items():
                requested.setdefault(study, {}).update(blocks)
    pairs = {(block, name) for blocks in requested.values() for block, names in blocks.items() for name in names}
    state = checkout()
    context = ReportContext(
        profile=profile.name,
        title=profile.title,
        config=profile.raw,
        commit=state["commit"] or "",
        dirty=bool(state["dirty"]),
        datasets=[
            DataSource(record.name, record.title, record.citation, record.licence, record.homepage)
            for record in (datasets()[name] for name in profile.datasets)
        ],
        result_classes={name: one.same_result_as for name, one in contenders.items() if one.same_result_as},
        # The step that measures asks for the data again: what it cannot get the step before may not have had, either.
        unavailable=list(dict.fromkeys(record.unavailable for record in records if record.unavailable)),
        stale=current.stale,
        foreign=current.foreign,
        time_spent=time_spent(records),
        pgf=pgf,
        asked=requested,
    )
    keys = pd.MultiIndex.from_frame(current.rows[["block", "contender"]])
    return current.rows[keys.isin(pairs)].reset_index(drop=True), context


def time_spent(records: Sequence[Record]) -> list[tuple[str, float]]:
    """Where the wall time of this run went, in seconds, the largest part first.

    A step that was not repeated took no time. What is left of the age of the workflow's process is its own work:
    planning, starting Python, writing this report.
    """
    spent: defaultdict[str, float] = defaultdict(float)
    for record in records:
        for what, seconds in record.seconds.items() if record.run == this_run() else ():
            spent[what] += seconds
    if began := [process.create_time() for process in psutil.Process().parents() if "snakemake" in process.name()]:
        spent["Snakemake, starting Python, analysis"] = max(0.0, time.time() - min(began) - sum(spent.values()))
    return sorted(spent.items(), key=lambda item: -item[1])
