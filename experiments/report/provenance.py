"""Where the rows come from, machine, versions and commits, and what their columns mean."""

import pandas as pd

from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.rows.row import columns


def machine_facts(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Describe the machine, from the rows themselves: pairs of a heading and a value, none without rows."""
    if rows.empty:
        return []
    gigabytes = rows["ram_bytes"] / 2**30
    load = rows["load"].dropna()
    facts = [
        ("processor", _values(rows["cpu"])),
        ("cores", _values(rows["cores"])),
        ("memory", _values(gigabytes.map("{:.1f} GiB".format, na_action="ignore"))),
        ("frequency governor", _values(rows["governor"])),
        ("load average", f"{load.min():.2f} to {load.max():.2f}, median {load.median():.2f}" if len(load) else ""),
        ("threads", _values(rows["threads"])),
        ("machine", _values(rows["machine"])),
        ("measured (UTC)", f"{rows['time'].min()} to {rows['time'].max()}"),
    ]
    return [(what, value or "not recorded") for what, value in facts]


def versions(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """List implementation, program or library, and its version; several versions are joined by commas."""
    seen: dict[tuple[str, str], set[str]] = {}
    for implementation, recorded in zip(rows["implementation"], rows["versions"], strict=True):
        for name, version in (recorded if isinstance(recorded, dict) else {}).items():
            seen.setdefault((implementation, name), set()).add(str(version))
    return [(*key, ", ".join(sorted(values))) for key, values in sorted(seen.items())]


def commits(rows: pd.DataFrame) -> list[str]:
    """Name the commits the rows were measured at: twelve digits, and whether there were uncommitted changes."""
    seen = rows[["commit", "dirty"]].dropna(subset="commit").drop_duplicates().sort_values(["commit", "dirty"])
    return [
        f"{commit[:12]} with uncommitted changes" if dirty is True else commit[:12]
        for commit, dirty in seen.astype(object).itertuples(index=False)
    ]


def columns_table() -> Table:
    """List the columns of a row."""
    return Table(
        pd.DataFrame(
            [(one.name, one.type.__name__, one.required, one.meaning) for one in columns()],
            columns=["column", "type", "required", "meaning"],
        ),
        "The columns of a row: one run of one contender in one block, or the reason why there was no result. Every row "
        "has the required ones.",
        tuple(Column(name, name) for name in ("column", "type", "required", "meaning")),
    )


def _values(column: pd.Series) -> str:
    return ", ".join(str(value) for value in sorted(column.dropna().unique()))
