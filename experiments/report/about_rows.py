"""The rows, whatever the report is about: what became of the blocks, machine, versions, commits, and the columns."""

from collections.abc import Sequence

import pandas as pd

from kmedoids_bench.experiments.analysis.times import failures, status_counts
from kmedoids_bench.experiments.analysis.where_measured import listed, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Headline, Table
from kmedoids_bench.experiments.exhibits.numbers import counted
from kmedoids_bench.experiments.rows.row import columns

APART = 1.05
BESIDE, RARELY = 0.25, 0.05  # processors that others keep busy; share of the calls up to which nothing is said


def outcome_tables(rows: pd.DataFrame) -> dict[str, Table]:
    """List what did not finish, the reason and the advice, and count blocks by contender and status."""
    failed, counts = failures(rows), status_counts(rows)
    failed["where"] = [_where(line) for line in failed.to_dict("records")]
    return {
        "failures": Table.of(
            failed,
            (*c.texts("status", "contender", "where"), *c.integers(cells="blocks")),
            c.texts("reason", advice="what to do"),
            caption="Every block that failed, was cut or skipped, or whose implementation was unavailable. Blocks with "
            "the same reason share a line.",
            empty="No block was tried." if rows.empty else "Every block that was tried finished.",
        ),
        "outcomes": Table(
            counts,
            (*c.texts("contender"), *c.integers(*counts.columns[1:])),
            "What became of the blocks (one matrix, one start with its seed, one k) of each contender. A block counts "
            "as ok if at least one of its runs finished.",
            "No row was read.",
        ),
    }


def _where(line: dict) -> str:
    parts = [f"{line['dataset']} (n = {line['n']:,}, {line['dtype']})", title_of(line["start"]), f"k = {line['k']}"]
    if line["seeds"]:
        parts.append(f"seed {line['seeds']}")
    if line["finished"]:
        parts.append(f"in {line['finished']} of {counted(line['cells'], 'block')}, another run finished")
    return "; ".join(parts)


def what_was_run(rows: pd.DataFrame) -> str:
    """Say in a sentence how much was measured, when, and on which machine."""
    if rows.empty:
        return "Nothing was measured."
    amount = f"{counted(len(rows), 'run')} of {counted(rows['contender'].nunique(), 'contender')}"
    first, last = (str(time)[:10] for time in (rows["time"].min(), rows["time"].max()))
    when = first if first == last else f"{first} to {last}"
    data = counted(rows["dataset"].nunique(), "dataset")
    return f"{amount} on {data}, measured {when} on {listed(rows['cpu'])}, {listed(rows['cores'])} cores."


def headlines_table(rows: pd.DataFrame, headlines: Sequence[Headline]) -> Table:
    """List the numbers of the first screen, and what was run."""
    lines = [("", what_was_run(rows)), *((one.value, one.words) for one in headlines)]
    frame = pd.DataFrame(lines, columns=["value", "words"])
    return Table(frame, c.texts("value", "words"), "What was run, and the numbers of the first screen.")


def machine_facts(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Describe the machine, from the rows themselves: pairs of a heading and a value, none without rows."""
    if rows.empty:
        return []
    load = rows["load"].dropna()
    facts = [
        ("processor", listed(rows["cpu"])),
        ("cores", listed(rows["cores"])),
        ("memory", listed((rows["ram_bytes"] / 2**30).map("{:.1f} GiB".format, na_action="ignore"))),
        ("frequency governor", listed(rows["governor"])),
        ("turbo", listed(rows["turbo"].map(_on_or_off, na_action="ignore"))),
        ("simultaneous multithreading", listed(rows["smt"].map(_on_or_off, na_action="ignore"))),
        ("workers bound to processors", listed(rows["processors"]) or "none: the system chose"),
        ("NUMA node of these processors", listed(rows["numa_node"])),
        ("load average", f"{load.min():.2f} to {load.max():.2f}, median {load.median():.2f}" if len(load) else ""),
        ("threads", listed(rows["threads"])),
        ("machine", listed(rows["machine"])),
        ("measured (UTC)", f"{rows['time'].min()} to {rows['time'].max()}"),
    ]
    return [(what, value or "not recorded") for what, value in facts]


def _on_or_off(switch: bool) -> str:
    return "on" if switch else "off"


def beside_others(rows: pd.DataFrame) -> str:
    """Say in a sentence how many timed calls ran beside other programs; nothing if it is few, or not recorded."""
    known = rows[rows["seconds"].notna() & rows["others_share"].notna()]
    beside = known["others_share"] * known["cores"].astype("float64") > BESIDE
    if known.empty or beside.mean() <= RARELY:
        return ""
    return (
        f"Other programs kept more than {BESIDE:g} processors busy during {100 * beside.mean():.0f} % of "
        f"{counted(len(known), 'timed call')}. This warning appears above {100 * RARELY:.0f} %."
    )


def clocks_apart(rows: pd.DataFrame) -> str:
    """Say in a sentence how often the clocks of calls with one thread part; nothing if seldom."""
    timed = _on_both_clocks(rows)
    timed = timed[timed["threads"] == 1]
    if timed.empty or timed["apart"].mean() <= RARELY:
        return ""
    return (
        f"Wall time and processor time differ by more than {100 * (APART - 1):.0f} % in "
        f"{100 * timed['apart'].mean():.0f} % of {counted(len(timed), 'timed call')} with one thread. Processor time, "
        f"which is compared, hides what a call waits for. This warning appears above {100 * RARELY:.0f} %."
    )


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


def clocks_table(rows: pd.DataFrame) -> Table:
    """Compare the two clocks, by implementation and number of threads.

    ``apart`` counts the calls whose wall time and processor time differ by more than `APART`.
    """
    calls = _on_both_clocks(rows).groupby(["implementation", "threads"])
    table = calls["ratio"].agg(calls="size", median="median", high=lambda ratios: ratios.quantile(0.95))
    return Table.of(
        table.assign(apart=calls["apart"].sum()).reset_index(),
        (c.IMPLEMENTATION, *c.integers("threads", "calls")),
        c.ratios(median="wall / processor, median", high="95th percentile"),
        c.integers("apart"),
        caption="Wall time of a call over its processor time. Calls with one thread are compared by processor time, "
        "calls with several threads by wall time. Apart: calls whose two times differ by more than "
        f"{100 * (APART - 1):.0f} %. Possible reasons: another program used the processor, the call waited, or it ran "
        "further threads.",
        empty="Nothing was timed.",
    )


def _on_both_clocks(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows with both times, with their ``ratio``, wall over processor, and whether it is `APART`."""
    timed = rows[rows["seconds"].notna() & (rows["processor_seconds"] > 0)]
    ratio = timed["seconds"] / timed["processor_seconds"]
    return timed.assign(ratio=ratio, apart=(ratio > APART) | (ratio < 1 / APART), threads=timed["threads"].fillna(1))


def columns_table() -> Table:
    """List the columns of a row."""
    names = ["column", "type", "required", "meaning"]
    lines = [(one.name, one.type.__name__, one.required, one.meaning) for one in columns()]
    return Table(
        pd.DataFrame(lines, columns=names),
        c.texts(*names),
        "The columns of a row: one run of one contender in one block, or the reason why there was no result. Every row "
        "has the required ones.",
    )
