"""What became of every problem: times and counters of the calls that ran, reasons for those that did not."""

import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import listed
from kmedoids_bench.experiments.rows.keys import CONTENDER, COUNTERS, PROBLEM

CUT = ("timeout", "skipped")  # a limit stopped the call, or kept it from being tried


def times(rows: pd.DataFrame) -> pd.DataFrame:
    """Summarise the calls of every contender on every problem.

    The frame has one line per problem and contender: `PROBLEM`, `CONTENDER`, ``cells`` (blocks, one per seed),
    ``blocks`` (those with a timed run), ``runs`` (timed), ``seconds`` (median over blocks of the block's median),
    ``fastest``, ``slowest``, ``first_seconds``, the counters' means over blocks, ``status`` (ok, or what stopped a
    problem on which nothing was timed), ``limit_seconds``, ``note`` (the status in words; the starts that are missing
    where only some were timed).
    """
    keys = [*PROBLEM, *CONTENDER]
    # A run whose time was not taken says nothing about time, not even that it is missing.
    rows = rows[(rows["status"] != "ok") | rows["seconds"].notna()]
    timed = rows[(rows["status"] == "ok") & rows["seconds"].notna()]
    of_block = timed.groupby([*keys, "block"], dropna=False)
    per_block = of_block["seconds"].agg(runs="size", seconds="median", fastest="min", slowest="max")
    counters = of_block[COUNTERS].first().astype("float64")
    how = {"runs": "sum", "seconds": "median", "fastest": "min", "slowest": "max"} | dict.fromkeys(COUNTERS, "mean")
    of_call = pd.concat([per_block, counters], axis=1).reset_index().groupby(keys, dropna=False)
    finished = of_call.agg({"block": "nunique"} | how).rename(columns={"block": "blocks"})
    most = {"block": "nunique", "first_seconds": "max", "limit_seconds": "max"}
    # Of a call that was not tried, or ended for its memory, the limit on its time says nothing.
    cut = rows.assign(limit_seconds=rows["limit_seconds"].where(rows["status"] == "timeout"))
    everything = cut.groupby(keys, dropna=False).agg(most).rename(columns={"block": "cells"})
    # Of several failures the timeout tells most: the time is more than the limit.
    failed = rows[rows["status"] != "ok"].sort_values("status", key=lambda status: status != "timeout", kind="stable")
    failed = failed.groupby(keys, dropna=False)["status"].first().rename("failure")
    table = everything.join([finished, failed]).reset_index()
    table["status"] = table["failure"].where(table["seconds"].isna(), "ok")
    table[["runs", "blocks"]] = table[["runs", "blocks"]].fillna(0).astype("int64")
    words = table.apply(lambda line: status_words(line["status"], line["limit_seconds"]), axis=1, result_type="reduce")
    partly = (table["blocks"] > 0) & (table["blocks"] < table["cells"])
    some = table["blocks"].astype("str") + " of " + table["cells"].astype("str") + " starts"
    table["note"] = words.astype("str").mask(partly, some)
    return table.drop(columns="failure")


def status_words(status: str, limit: float | None = None) -> str:
    """Say in a word or two what the status of a row means, where a number would stand; nothing for "ok".

    `limit` is the number of seconds after which a call was stopped, if known.
    """
    if status == "ok":
        return ""
    if status == "timeout":
        return f"cut at {limit:g} s" if limit is not None and pd.notna(limit) else "cut"
    return status


def failures(rows: pd.DataFrame) -> pd.DataFrame:
    """List every contender's blocks that were stopped or failed, with reason and advice.

    The frame has one line per contender, dataset, start, status, reason and advice. ``k`` and ``seeds`` are the values
    concerned, as text; ``cells`` counts blocks; ``finished`` counts those in which another run of the contender did
    finish.
    """
    bad = rows[rows["status"] != "ok"]
    done = rows[rows["status"] == "ok"][["contender", "block"]].drop_duplicates().assign(done=True)
    keys = ["status", "contender", "dataset", "n", "dtype", "start", "reason", "advice"]
    bad = bad.merge(done, on=["contender", "block"], how="left").drop_duplicates([*keys, "block"])
    counts = {"cells": ("block", "size"), "finished": ("done", "count")}
    return bad.groupby(keys, dropna=False).agg(k=("k", listed), seeds=("seed", listed), **counts).reset_index()


def status_counts(rows: pd.DataFrame) -> pd.DataFrame:
    """Count blocks per contender and status, with a column for each status; one finished run makes a block ok."""
    ranked = rows.assign(failed=rows["status"] != "ok").sort_values("failed", kind="stable")
    cells = ranked.drop_duplicates(["contender", "block"])
    counts = cells.groupby(["contender", "status"]).size().unstack(fill_value=0)
    ordered = sorted(counts.columns, key=lambda status: (status != "ok", status))
    return counts[ordered].reset_index().rename_axis(columns=None)
