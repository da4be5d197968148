"""What became of the blocks, whatever the report is about: how many finished, and why the others did not."""

import pandas as pd

from kmedoids_bench.experiments.analysis.times import failures, status_counts
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.style import start_title


def outcome_table(rows: pd.DataFrame) -> Table:
    """Count blocks by contender and status."""
    counts = status_counts(rows)
    return Table(
        counts,
        "What became of the blocks (one matrix, one start with its seed, one k) of each contender. A block counts as "
        "ok if at least one of its runs finished.",
        tuple(Column(name, name, "text" if name == "contender" else "integer") for name in counts.columns),
        "No row was read.",
    )


def failure_table(rows: pd.DataFrame) -> Table:
    """List what did not finish, the reason, and the advice."""
    listed = failures(rows)
    listed["where"] = [_where(line) for line in listed.to_dict("records")]
    columns = (
        Column("status", "status"),
        Column("contender", "contender"),
        Column("where", "where"),
        Column("blocks", "cells", "integer"),
        Column("reason", "reason"),
        Column("what to do", "advice"),
    )
    return Table(
        listed,
        "Every block that failed, was cut or skipped, or whose implementation was unavailable. Blocks with the same "
        "reason share a line.",
        columns,
        "No block was tried." if rows.empty else "Every block that was tried finished.",
    )


def _where(line: dict) -> str:
    parts = [f"{line['dataset']} (n = {line['n']:,}, {line['dtype']})", start_title(line["start"]), f"k = {line['k']}"]
    if line["seeds"]:
        parts.append(f"seed {line['seeds']}")
    if line["finished"]:
        parts.append(f"in {line['finished']} of {line['cells']} another run finished")
    return "; ".join(parts)
