"""Exactly one figure for exactly one selection, at the size of a column."""

from collections.abc import Sequence
from pathlib import Path

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.exhibits.exhibit import Figure
from kmedoids_bench.experiments.exhibits.style import figure_bytes, pgf_text, tex_system
from kmedoids_bench.experiments.kit.finding import Offer, nothing, one_dataset
from kmedoids_bench.experiments.kit.latex import floating
from kmedoids_bench.experiments.kit.selection import Selection
from kmedoids_bench.experiments.kit.sizes import TALLEST, Column
from kmedoids_bench.experiments.kit.stored import Stored
from kmedoids_bench.experiments.studies.answer import answer

FORMATS = ("pgf", "pdf", "svg", "png")


def draw(stored: Stored, wanted: Offer, selection: Selection) -> tuple[str, Figure]:
    """Draw a figure on the canvas of the caller, and return it with its name, which names the matrix, too.

    Raises Trouble unless the selection leaves exactly one, and if that is taller than a page.
    """
    rows = selection.rows(stored.rows_of(wanted.study))
    one_dataset(wanted, rows)
    figures = answer(wanted.study, rows, shown=selection.result).figures
    drawn = [(name, figure) for name, figure in figures.items() if wanted.is_kind_of(name)]
    if not drawn:
        raise nothing(wanted, "figure")
    if len(drawn) > 1:
        names = ", ".join(name for name, _ in drawn)
        raise Trouble(
            f"this selection leaves {len(drawn)} figures: {names}", "narrow it with --n, --metric, --k or --start"
        )
    height = drawn[0][1].drawing.get_figheight()
    if height > TALLEST:
        raise Trouble(
            f"the figure would be {height:.1f} inches high, and a page has room for {TALLEST}",
            "narrow the selection (--dataset, --k, --only, --start), or take --width double",
        )
    return drawn[0]


def write(name: str, figure: Figure, formats: Sequence[str], folder: Path, made_by: str) -> list[Path]:
    """Write a figure, on the canvas on which it was drawn, in these formats, and return the files.

    The pgf says in comments what it shows and that it was `made_by` a command. Raises Trouble if it needs a LaTeX
    system that is not there or that fails.
    """
    paths = []
    for suffix in formats:
        content = _pgf(figure, made_by) if suffix == "pgf" else figure_bytes(figure.drawing, suffix, white=True)
        paths.append(folder / f"{name}.{suffix}")
        write_whole(paths[-1], content)
    return paths


def _pgf(figure: Figure, made_by: str) -> bytes:
    if tex_system() is None:
        raise Trouble("a pgf needs LaTeX, and there is none on PATH", "--format pdf needs none")
    try:
        drawing = pgf_text(figure.drawing)
    except (RuntimeError, ValueError) as error:
        raise Trouble(f"LaTeX says {str(error).strip().splitlines()[-1]}", "--format pdf needs no LaTeX") from error
    comments = "".join(f"% {line}\n" for text in (made_by, figure.caption) for line in text.splitlines())
    return comments.encode() + drawing


def how_to_include(paths: Sequence[Path], figure: Figure, place: Column) -> str:
    """Return the lines of a LaTeX document that show the first of the files that it can."""
    path = next((path for path in paths if path.suffix in (".pgf", ".pdf")), paths[0])
    command = "input" if path.suffix == ".pgf" else "includegraphics"
    return floating("figure", f"\\{command}{{{path}}}", figure.caption, path.stem, place.both)
