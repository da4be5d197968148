"""How long does the analysis of so many rows take? From rows in memory to all tables, figures, verdicts and the page.

    python experiments/tests/tools/report_time.py --rows 100000

The rows are those of the published run of the paper profile, repeated as further runs of the same cells until there are
enough: more repetitions of every pair, and as many figures.
"""

import tempfile
import time
from pathlib import Path

import click
import pandas as pd

from kmedoids_bench.experiments.publishing.headline import FOLDER, PROFILES
from kmedoids_bench.experiments.publishing.published import read_run
from kmedoids_bench.experiments.workflow.summary import write_page


@click.command()
@click.option("--rows", "count", type=click.IntRange(min=1), default=100_000, show_default=True)
@click.option(
    "--run",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=FOLDER / PROFILES[0],
    help="A folder of results/published.  [default: that of the paper profile]",
)
def main(count: int, folder: Path) -> None:
    """Write a report of COUNT rows into a temporary folder, and print how long that takes."""
    rows, context = read_run(folder)
    rows = repeated(rows, count)
    with tempfile.TemporaryDirectory() as results:
        began = time.perf_counter()
        write_page(rows, context, Path(results))
        seconds = time.perf_counter() - began
        files = sum(1 for path in Path(results).rglob("*") if path.is_file())
    click.echo(f"{len(rows):,} rows, {files:,} files, {seconds:.0f} s")


def repeated(rows: pd.DataFrame, count: int) -> pd.DataFrame:
    """Repeat rows, each time as those of another run, until there are `count` of them or more."""
    times = -(-count // len(rows))
    copies = [
        rows.assign(**{name: rows[name].astype("str") + f" {number}" for name in ("run", "id")})
        for number in range(times)
    ]
    return pd.concat(copies, ignore_index=True).iloc[:count]


if __name__ == "__main__":
    main()
