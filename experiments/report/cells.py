"""Tables every report has, whatever it studies: what became of the cells, and why the others failed."""

import pandas as pd

from kmedoids_bench.experiments.analysis.times import failures, status_counts
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.style import start_title


def outcome_table(rows: pd.DataFrame) -> Table:
    """Count blocks by contender and status.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    Table
    """
    counts = status_counts(rows)
    return Table(
        counts,
        "What became of the blocks (one matrix, one start, one k) of each contender. A block counts as ok "
        "once one of its runs finished.",
        tuple(Column(name, name, "text" if name == "contender" else "integer") for name in counts.columns),
        "No row was read.",
    )


def failure_table(rows: pd.DataFrame) -> Table:
    """List what did not finish, why, and what would mend it.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    Table
    """
    listed = failures(rows)
    listed["where"] = [_where(line) for line in listed.to_dict("records")]
    columns = (
        Column("status", "status"),
        Column("contender", "contender"),
        Column("where", "where"),
        Column("cells", "cells", "integer"),
        Column("reason", "reason"),
        Column("what would mend it", "advice"),
    )
    return Table(
        listed,
        "Every cell that failed, was cut, skipped or unavailable. Cells with the same reason share a line.",
        columns,
        "No cell was tried." if rows.empty else "Every cell that was tried finished.",
    )


def _where(line: dict) -> str:
    parts = [f"{line['dataset']} (n = {line['n']:,}, {line['dtype']})", start_title(line["start"]), f"k = {line['k']}"]
    if line["seeds"]:
        parts.append(f"seed {line['seeds']}")
    if line["finished"]:
        parts.append(f"in {line['finished']} of {line['cells']} other runs finished")
    return "; ".join(parts)
