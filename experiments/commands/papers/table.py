"""One table for a paper."""

from pathlib import Path

import rich_click as click

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.commands.options import FOLDER, examples
from kmedoids_bench.experiments.commands.selecting import made_by, selected, selecting

EXAMPLES = examples(
    "kmedoids-bench table --list",
    "kmedoids-bench table overview --dataset plants_texture --k 10:200 --start BUILD --only PAM,FastPAM1,FasterPAM",
    "kmedoids-bench table swap_time.versus_overall --class acm --width double --format tex,csv --out paper/tables",
)


@click.command(epilog=EXAMPLES)
@selecting
@click.option("--column", "headings", multiple=True, help="Only the column with this heading; may be repeated.")
@click.option("--format", "formats", default="tex", show_default=True, help="tex, md, csv.")
@click.option("--out", type=FOLDER, default="tables", show_default=True, help="Receives the files.")
def table(name: str | None, listing: bool, headings: tuple[str, ...], formats: str, out: Path, **chosen) -> None:
    """Write one table of stored rows, no wider than a column, in a font a step below that of the document."""
    from kmedoids_bench.experiments.kit import tables
    from kmedoids_bench.experiments.kit.finding import list_text, offer
    from kmedoids_bench.experiments.kit.latex import floating
    from kmedoids_bench.experiments.kit.sizes import column
    from kmedoids_bench.experiments.kit.stored import stored
    from kmedoids_bench.experiments.planning.profile import unknown
    from kmedoids_bench.experiments.report.outputs import EDITIONS

    suffixes = formats.split(",")
    for suffix in suffixes:
        if suffix not in EDITIONS:
            raise click.UsageError(f"--format: {unknown(suffix, 'a format', EDITIONS)}")
    place = column(chosen["document"], chosen["width"], chosen["font_size"])
    rows = stored(chosen["run"], chosen["profile"])
    if listing or name is None:
        click.echo(list_text(rows, "table"), nl=False)
        return
    wanted = offer(rows, "table", name)
    made = tables.choose(rows, wanted, selected(rows.rows_of(wanted.study), chosen), headings)
    stem = wanted.full_name.replace(".", "_")
    fitted = tables.fitted(made, place, made_by(rows)) if "tex" in suffixes else None
    for suffix in suffixes:
        text = fitted.tabular if fitted and suffix == "tex" else EDITIONS[suffix](made)
        write_whole(out / f"{stem}.{suffix}", text.encode())
        click.echo(f"wrote {out / stem}.{suffix}")
    if fitted:
        click.echo(floating("table", f"\\input{{{out / stem}.tex}}", fitted.caption, stem, place.both))
