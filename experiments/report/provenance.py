"""Where the rows come from: machine, versions, commits, and the time they were measured."""

import pandas as pd


def machine_facts(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Describe the machine, from the rows themselves.

    Parameters
    ----------
    rows : DataFrame

    Returns
    -------
    list of (str, str)
        What, value. Empty without rows.
    """
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
    """List what ran with which version.

    Parameters
    ----------
    rows : DataFrame

    Returns
    -------
    list of (str, str, str)
        Implementation, program or library, version; several versions are joined by commas.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for implementation, recorded in zip(rows["implementation"], rows["versions"], strict=True):
        for name, version in (recorded if isinstance(recorded, dict) else {}).items():
            found.setdefault((implementation, name), set()).add(str(version))
    return [(*key, ", ".join(sorted(values))) for key, values in sorted(found.items())]


def commits(rows: pd.DataFrame) -> list[str]:
    """Name the commits the rows were measured at: twelve digits, and whether there were other changes.

    Parameters
    ----------
    rows : DataFrame

    Returns
    -------
    list of str
    """
    seen = rows[["commit", "dirty"]].dropna(subset="commit").drop_duplicates().sort_values(["commit", "dirty"])
    return [
        f"{commit[:12]} with changes that are not committed" if dirty is True else commit[:12]
        for commit, dirty in seen.astype(object).itertuples(index=False)
    ]


def _values(column: pd.Series) -> str:
    return ", ".join(str(value) for value in sorted(column.dropna().unique()))
