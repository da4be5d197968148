"""The files of a report: tables and figures in every edition, each replaced whole, and how the page shows them."""

import base64
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.exhibits.style import figure_bytes, pgf_text
from kmedoids_bench.experiments.exhibits.tables import csv_text, entries, latex_text, markdown_text

logger = logging.getLogger(__name__)

EDITIONS = {"csv": csv_text, "md": markdown_text, "tex": latex_text}
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=jinja2.select_autoescape(("html.j2",)),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class ShownTable:
    """A table on the page: its first lines, and its csv beside the page."""

    table: Table
    lines: list[list[str]]
    file: str


@dataclass(frozen=True)
class ShownFigure:
    """A figure on the page, and its pdf beside the page."""

    figure: Figure
    svg: bytes
    file: str

    @property
    def image(self) -> str:
        """The figure as an address that holds it."""
        return f"data:image/svg+xml;base64,{base64.b64encode(self.svg).decode()}"


class Outputs:
    """Writes the files of a report, in the folder of the page, and knows which it wrote."""

    def __init__(self, results: Path) -> None:
        self.results = results
        self.written: set[Path] = set()

    def write(self, name: str, content: bytes) -> None:
        """Write a file, whose name may begin with a folder."""
        write_whole(self.results / name, content)
        self.written.add(self.results / name)

    def write_tables(self, owner: str, tables: Mapping[str, Table], limit: int | None = None) -> list[ShownTable]:
        """Write ``tables/<owner>_<name>`` in every edition; the page shows the first `limit` lines of each, or all."""
        shown = []
        for name, table in tables.items():
            stem = f"tables/{owner}_{name}"
            for suffix, text in EDITIONS.items():
                self.write(f"{stem}.{suffix}", text(table).encode())
            shown.append(ShownTable(table, entries(table, limit), f"{stem}.csv"))
        return shown

    def write_figure(self, name: str, figure: Figure, editions: Mapping[str, bytes]) -> ShownFigure:
        """Write ``figures/<name>`` in the editions that `editions_of` made; the svg goes into the page itself."""
        for suffix, content in editions.items():
            if suffix != "svg":
                self.write(f"figures/{name}.{suffix}", content)
        return ShownFigure(figure, editions["svg"], f"figures/{name}.pdf")

    def remove_leftovers(self, owners: Iterable[str]) -> None:
        """Remove tables and figures of these owners from earlier reports: they would be read as results of this one.

        The folder may have files of the user beside them, which stay.
        """
        beginnings = tuple(f"{owner}_" for owner in owners)
        for path in [*self.results.glob("tables/*"), *self.results.glob("figures/*")]:
            if path.is_file() and path not in self.written and path.name.startswith(beginnings):
                path.unlink()


def editions_of(name: str, figure: Figure, pgf: bool) -> dict[str, bytes]:
    """Render a figure as png, pdf and svg, and as pgf if that is requested and LaTeX can do it: suffix to content."""
    contents = {suffix: figure_bytes(figure.drawing, suffix) for suffix in ("png", "pdf")}
    if pgf:
        try:
            contents["pgf"] = pgf_text(figure.drawing)
        except (RuntimeError, ValueError) as error:
            logger.warning("no pgf of the figure %s: LaTeX says %s", name, str(error).strip().splitlines()[-1])
    return contents | {"svg": figure_bytes(figure.drawing, "svg")}
