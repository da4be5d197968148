"""From stored rows to the report: gathers what is current, and what the rows do not know."""

import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import psutil

from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments.claims.reading import claims
from kmedoids_bench.experiments.harness.machine import checkout, machine
from kmedoids_bench.experiments.harness.workers.pool import source_of
from kmedoids_bench.experiments.planning.configuration import Configuration
from kmedoids_bench.experiments.planning.plan import everyone, same_result
from kmedoids_bench.experiments.report.context import DataSource, ReportContext, Unavailable
from kmedoids_bench.experiments.report.page import write_report
from kmedoids_bench.experiments.rows.reading import current_rows, read_rows
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.workflow.steps import rows_in, this_run


def write_summary(
    configuration: Configuration, cells: Path, results: Path, records: list[dict], pgf: bool = False
) -> Path:
    """Write tables, figures and the page of a profile, from rows that are current.

    Parameters
    ----------
    configuration : Configuration
    cells : Path
        Folder of the files of rows.
    results : Path
        Receives `tables/`, `figures/` and `report.html`.
    records : list of dict
        What the steps wrote: matrices, environments, measurements, in any order.
    pgf : bool
        Figures as pgf too.
    """
    rows, context = gather(configuration, cells, records)
    return write_page(rows, replace(context, pgf=pgf), results)


def write_page(rows: pd.DataFrame, context: ReportContext, results: Path) -> Path:
    """Write tables, figures and the page from rows and what is known around them."""
    return write_report(rows, [studies()[name] for name in context.config["studies"]], context, results, claims())


def gather(configuration: Configuration, cells: Path, records: list[dict]) -> tuple[pd.DataFrame, ReportContext]:
    """Return the rows that a profile's report is made of, and what it has to be told.

    Parameters are those of `write_summary`.
    """
    asked = asked_of([record["asked"] for record in records if "asked" in record])
    known = everyone()
    sources = {name: source_of(contender) for name, contender in known.items()}
    current = current_rows(read_rows(rows_in(cells)), sources, machine()["machine"])
    wanted = {(block, name) for blocks in asked.values() for block, names in blocks.items() for name in names}
    keys = pd.MultiIndex.from_frame(current.rows[["block", "contender"]])
    state = checkout()
    context = ReportContext(
        profile=configuration.profile,
        title=configuration.title,
        config=configuration.raw,
        commit=state["commit"] or "",
        dirty=bool(state["dirty"]),
        datasets=[
            DataSource(record.name, record.title, record.citation, record.licence, record.homepage)
            for record in (datasets()[name] for name in configuration.datasets)
        ],
        result_classes=same_result(known),
        unavailable=unavailable(records),
        stale=current.stale,
        foreign=current.foreign,
        time_spent=time_spent(records),
        asked=asked,
    )
    return current.rows[keys.isin(wanted)].reset_index(drop=True), context


def asked_of(records: Iterable[dict[str, dict[str, list[str]]]]) -> dict[str, dict[str, list[str]]]:
    """Merge what the measurements of several datasets say: study -> block -> contenders."""
    merged: dict[str, dict[str, list[str]]] = {}
    for record in records:
        for study, blocks in record.items():
            merged.setdefault(study, {}).update(blocks)
    return merged


def unavailable(records: list[dict]) -> list[Unavailable]:
    """Datasets and libraries that could not be had. A measurement repeats what its matrices say."""
    found = []
    for record in records:
        if record["unavailable"] and "asked" not in record:
            what = f"dataset {record['dataset']}" if "dataset" in record else f"library {record['environment']}"
            found.append(Unavailable(what, record["unavailable"]["reason"], record["unavailable"]["advice"]))
    return found


def time_spent(records: list[dict]) -> list[tuple[str, float]]:
    """Where the wall time of this run went, in seconds, the largest part first.

    Steps that were not repeated, because their results were there, took no time. What is left of the age of the
    workflow's process is its own: planning, starting Python, writing this report.
    """
    spent: dict[str, float] = {}
    for record in (record for record in records if record["run"] == this_run()):
        if "asked" in record:
            for what, seconds in record["seconds"].items():
                spent[what] = spent.get(what, 0.0) + seconds
        else:
            what = "fetching data and computing matrices" if "dataset" in record else "installing libraries"
            spent[what] = spent.get(what, 0.0) + record["seconds"]
    age = workflow_age()
    if age is not None:
        spent["Snakemake, starting Python, analysis"] = max(0.0, age - sum(spent.values()))
    return sorted(spent.items(), key=lambda item: -item[1])


def workflow_age() -> float | None:
    """Seconds since the workflow that called this process was started; None if none did."""
    ages = [
        time.time() - process.create_time() for process in psutil.Process().parents() if "snakemake" in process.name()
    ]
    return max(ages, default=None)
