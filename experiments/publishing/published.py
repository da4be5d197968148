"""Published runs: what a reader needs to check a report without measuring, small enough to be kept in the repository.

A folder of results/published holds

- ``rows.parquet``  every row the report is made of, the failed ones too; ``tables/rows_columns.csv`` lists its columns
- ``run.json``      profile, machine, commit, and what each step of the run said
- ``asked.parquet`` which contenders each study asks for in which block
- ``report.html``, ``tables/``, ``figures/``  made from them, and made again by `read_run` and the same report code
- ``SHA256SUMS``    the hash of each of these files, as ``sha256sum --check SHA256SUMS`` reads them
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
from pydantic import TypeAdapter

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.rows.reading import NESTED, rows_frame

ROWS, RUN, ASKED, SUMS = "rows.parquet", "run.json", "asked.parquet", "SHA256SUMS"
LARGEST_BYTES = 12_500_000  # of a run: it is cloned with the code
SMALLEST = 19  # of zstd: a tenth smaller than by default
DICTIONARY_BYTES = 2**26  # per column: texts of medoids repeat, and beyond the usual limit they are written out
KEPT = ("report.html", "tables", "figures")
UNPUBLISHED = ("*.png", "*.md", "*.tex")
_RUN = TypeAdapter(dict[str, ReportContext])  # the content of run.json


def publish(rows: pd.DataFrame, context: ReportContext, results: Path, target: Path) -> Path:
    """Copy a report, its rows and its context to a folder that is committed, and return the folder.

    `results` has the report, the tables and the figures. `target` is replaced if it is there. Raises Trouble if there
    are no rows, if the code had changes that are not committed, or if the run is too large.
    """
    if rows.empty:
        raise Trouble("there are no current rows", "measure first, e.g. make paper")
    if context.dirty or bool(rows["dirty"].fillna(False).any()):
        raise Trouble("rows or report come from code that is not committed", "commit, and measure again")
    with published_folder(target) as draft:
        write_rows(rows, draft / ROWS)
        about = asdict(replace(context, asked=None))
        (draft / RUN).write_text(json.dumps({"context": about}, indent=1, default=str) + "\n")
        if context.asked is not None:
            lines = [
                (study, block, name)
                for study, blocks in context.asked.items()
                for block in blocks
                for name in blocks[block]
            ]
            frame = pd.DataFrame(lines, columns=["study", "block", "contender"])
            frame.to_parquet(draft / ASKED, index=False, compression="zstd")
        for name in KEPT:
            source = results / name
            if source.is_dir():
                shutil.copytree(source, draft / name)
            elif source.exists():  # a run may have no figures
                shutil.copy(source, draft / name)
    return target


@contextmanager
def published_folder(target: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `target` when the block ends without an exception.

    Each file is kept in one edition, and `SUMS` is written. Raises Trouble if the folder is too large.
    """
    draft, former = (target.with_name(f".{target.name}.{what}") for what in ("draft", "former"))

    def clear() -> None:
        if former.exists() and not target.exists():  # stopped between the two renames
            former.replace(target)
        for left in (draft, former):
            shutil.rmtree(left, ignore_errors=True)

    clear()
    draft.mkdir(parents=True)
    try:
        yield draft
        keep_one_edition(draft)
        if (size := sum(path.stat().st_size for path in draft.rglob("*") if path.is_file())) > LARGEST_BYTES:
            sizes = f"the run has {size / 1e6:.0f} MB, {LARGEST_BYTES / 1e6:.0f} MB are allowed"
            raise Trouble(sizes, "publish a smaller profile")
        write_sums(draft)
        if target.exists():
            target.replace(former)
        draft.replace(target)
    finally:
        clear()


def keep_one_edition(folder: Path) -> None:
    """Remove all editions of figures and tables but pdf and csv: they double the size, and are made from the rows."""
    for path in [path for pattern in UNPUBLISHED for path in folder.rglob(pattern)]:
        path.unlink()


def write_sums(folder: Path) -> None:
    """Write the hashes of all files of a published run beside them."""
    write_whole(folder / SUMS, "".join(f"{value}  {name}\n" for name, value in _sums(folder).items()))


def check_sums(folder: Path, needed: Iterable[str] = (ROWS, RUN)) -> int:
    """Return how many files a published run has; raise Trouble, naming the files, if they are not as published.

    Without the `needed` files there is no run, whatever the list of hashes says.
    """
    try:
        lines = [line.partition("  ") for line in (folder / SUMS).read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise Trouble(f"{folder} has no hashes: {error}", "publish the run with this version") from error
    published, found = {name: value for value, _, name in lines}, _sums(folder)
    missing = sorted({*published, *needed} - found.keys())
    unlisted = sorted(found.keys() - published.keys())
    altered = sorted(name for name in found.keys() & published.keys() if found[name] != published[name])
    wrong = [(missing, "missing"), (altered, "not as it was published"), (unlisted, "not listed in " + SUMS)]
    if words := "; ".join(f"{', '.join(names)}: {what}" for names, what in wrong if names):
        raise Trouble(f"{folder} is damaged or was altered: {words}", "take the folder from its publisher again")
    return len(found)


def _sums(folder: Path) -> dict[str, str]:
    """Return the hash of each file by its path in the folder; the editions that only `redraw` adds are left out."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != SUMS]
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not any(path.match(pattern) for pattern in UNPUBLISHED)
    }


def write_rows(rows: pd.DataFrame, path: Path) -> None:
    """Write rows as parquet; lists and dicts become JSON texts."""
    flat = rows.assign(**{name: rows[name].map(json.dumps, na_action="ignore") for name in NESTED})
    how = {"compression": "zstd", "compression_level": SMALLEST}
    flat.to_parquet(path, index=False, dictionary_pagesize_limit=DICTIONARY_BYTES, **how)


def read_run(folder: Path) -> tuple[pd.DataFrame, ReportContext]:
    """Read the rows of a published run and the context of its report; raise Trouble if the folder has none."""
    context = read_context(folder)
    try:
        flat = pd.read_parquet(folder / ROWS)
    except (OSError, ValueError) as error:
        raise Trouble(f"{folder} is not a published run: {error}") from error
    parsed = flat.assign(**{name: flat[name].map(json.loads, na_action="ignore") for name in NESTED})
    return rows_frame(parsed.to_dict("records")), context


def read_context(folder: Path) -> ReportContext:
    """Read the context of a published run's report; raise Trouble if the folder has none."""
    try:
        context = _RUN.validate_json((folder / RUN).read_bytes())["context"]
        if not (folder / ASKED).exists():
            return context
        asked = pd.read_parquet(folder / ASKED).groupby("study", sort=False)
        blocks = {study: lines.groupby("block", sort=False)["contender"].agg(list).to_dict() for study, lines in asked}
        return replace(context, asked=blocks)
    except (OSError, ValueError, KeyError) as error:
        raise Trouble(f"{folder} is not a published run: {error}") from error
