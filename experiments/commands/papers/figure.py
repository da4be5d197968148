"""One figure for a paper."""

from pathlib import Path

import rich_click as click

from kmedoids_bench.experiments.commands.options import EXISTING_FILE, FOLDER, examples
from kmedoids_bench.experiments.commands.selecting import made_by, selected, selecting

EXAMPLES = examples(
    "kmedoids-bench figure --list",
    "kmedoids-bench figure speedup --dataset plants_texture --k 10:200 --only PAM,FastPAM1,FasterPAM --start BUILD",
    "kmedoids-bench figure quality.loss_by_method --class acm --width double --k 100 --format pdf --out paper/figures",
)


@click.command(epilog=EXAMPLES)
@selecting
@click.option("--style", "styles", type=EXISTING_FILE, multiple=True, help="A yaml or mplstyle file; may be repeated.")
@click.option("--format", "formats", default="pgf,pdf,svg", show_default=True, help="pgf, pdf, svg, png.")
@click.option("--out", type=FOLDER, default="figures", show_default=True, help="Receives the files.")
def figure(name: str | None, listing: bool, styles: tuple[Path, ...], formats: str, out: Path, **chosen) -> None:
    """Draw one figure of stored rows, at the size of a column and in the font size of the document."""
    from kmedoids_bench.experiments.exhibits.canvas import on_canvas
    from kmedoids_bench.experiments.kit import figures
    from kmedoids_bench.experiments.kit.finding import list_text, offer
    from kmedoids_bench.experiments.kit.sizes import column
    from kmedoids_bench.experiments.kit.stored import stored
    from kmedoids_bench.experiments.kit.style_file import canvas_of
    from kmedoids_bench.experiments.planning.profile import unknown

    suffixes = formats.split(",")
    for suffix in suffixes:
        if suffix not in figures.FORMATS:
            raise click.UsageError(f"--format: {unknown(suffix, 'a format', figures.FORMATS)}")
    place = column(chosen["document"], chosen["width"], chosen["font_size"])
    canvas = canvas_of(place, styles)
    rows = stored(chosen["run"], chosen["profile"])
    if listing or name is None:
        click.echo(list_text(rows, "figure"), nl=False)
        return
    wanted = offer(rows, "figure", name)
    with on_canvas(canvas):
        made, drawn = figures.draw(rows, wanted, selected(rows.rows_of(wanted.study), chosen))
        paths = figures.write(made, drawn, suffixes, out, made_by(rows))
    click.echo("\n".join([*(f"wrote {path}" for path in paths), figures.how_to_include(paths, drawn, place)]))
