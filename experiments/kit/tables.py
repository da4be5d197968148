"""Exactly one table for exactly one selection, as wide as a column: booktabs, without what did not take part."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from matplotlib.font_manager import FontProperties, findfont, get_font

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.kit.finding import Offer, nothing
from kmedoids_bench.experiments.kit.latex import escaped
from kmedoids_bench.experiments.kit.selection import Selection, spelt_out
from kmedoids_bench.experiments.kit.sizes import POINTS, SMALL, TALLEST
from kmedoids_bench.experiments.kit.sizes import Column as Place
from kmedoids_bench.experiments.kit.stored import Stored
from kmedoids_bench.experiments.planning.profile import unknown
from kmedoids_bench.experiments.studies.answer import answer

logger = logging.getLogger(__name__)

# The headings of what says where a line was measured and of whom; the same in all lines, it belongs in the caption.
KEYS = ("data", "n", "metric", "dtype", "start", "k", "implementation", "library", "order", "algorithm", "threads")
WITHOUT = "A number without brackets is of too few series for an interval."
MISSING = "--"
WIDER = 1.07  # Computer Modern at 8 points over that at 10, at the same size
UNUSUAL = re.compile(r"[^A-Za-z0-9,.:;()\[\] /%+=-]")  # characters that it has not, or elsewhere
LEADING = 1.2  # from line to line, over the size of the font
SEPARATIONS = (6.0, 4.5, 3.0)  # points on both sides of a column, the widest first that fits
NARROWEST = 44.0  # points: a column of text whose lines are broken


@dataclass(frozen=True)
class Fitted:
    """A table as it stands in a column: its lines in LaTeX, and the caption, which also has what all lines share."""

    tabular: str
    caption: str


def choose(stored: Stored, wanted: Offer, selection: Selection, headings: Sequence[str] = ()) -> Table:
    """Return a table of a study with the selected lines and columns, those with these headings if there are any.

    Raises Trouble if no line is left or if a heading is unknown.
    """
    rows = selection.rows(stored.rows_of(wanted.study))
    tables = answer(wanted.study, rows, draw=False, shown=selection.result).tables
    table = without_gaps(selection.table(tables[wanted.name]))
    if table.frame.empty or not table.columns:
        raise nothing(wanted, "table")
    named = {column.heading: column for column in table.columns}
    for heading in headings:
        if heading not in named:
            raise Trouble(f"--column: {unknown(heading, 'a column of this table', named)}")
    spelt = {name: table.frame[name].map(spelt_out) for name in ("implementation", "code_base") if name in table.frame}
    columns = tuple(named[heading] for heading in headings) or table.columns
    return replace(table, frame=table.frame.assign(**spelt), columns=columns)


def without_gaps(table: Table) -> Table:
    """Leave out the columns in which nothing stands, and the lines in which no value does."""
    texts = entries(table)
    columns = [column for column, each in zip(table.columns, zip(*texts, strict=True), strict=False) if any(each)]
    values = [place for place, column in enumerate(table.columns) if column.is_number and column.kind != "integer"]
    kept = [not values or any(line[place] for place in values) for line in texts]
    return replace(table, frame=table.frame[kept].reset_index(drop=True), columns=tuple(columns))


def fitted(table: Table, place: Place, made_by: str = "") -> Fitted:
    """Write a table for a column; the LaTeX needs the package booktabs, and its comments say what made it.

    Its text is a step smaller than that of the document. To fit, lines are broken and intervals put below their values.
    If that is not enough, counts are left out, the last one first, with a warning. Raises Trouble if the table is still
    too wide, or if it is too high.
    """
    some_without = entries(table) != entries(table, reasons=False)
    table, shared = _shared(table)
    caption = " ".join(part for part in (table.caption, shared, WITHOUT if some_without else "") if part)
    size, headings = SMALL * place.font_size, "; ".join(column.heading for column in table.columns)
    spare = [column for column in table.columns if column.heading not in KEYS and column.kind == "integer"]
    left_out: list[str] = []
    while (layout := _layout(table, entries(table, reasons=False), place.width, size)) is None:
        if not spare:
            advice = f"take --width double, narrow the selection, or choose columns with --column: {headings}"
            raise Trouble(f"the table does not fit into {place.width:.0f} pt", advice)
        left_out.append((last := spare.pop()).heading)
        table = replace(table, columns=tuple(column for column in table.columns if column is not last))
    texts = entries(table, reasons=False)
    lines = sum(layout.height(line) + 0.2 for line in texts) + 3
    if lines * LEADING * size > TALLEST * POINTS["in"]:
        raise Trouble(
            f"the table has {len(texts)} lines, more than a page has room for",
            "narrow the selection (--dataset, --k, --only, --start, --implementation)",
        )
    if left_out:
        logger.warning("left out so that the table fits: %s", "; ".join(left_out))
    about = [sentence for sentence in caption.split(". ") if sentence.partition(":")[0].lower() not in left_out]
    caption = ". ".join(about)
    comments = "".join(f"% {line}\n" for text in (made_by, caption) for line in text.splitlines())
    return Fitted(comments + layout.tabular(table.columns, _once(table.columns, texts)), caption)


def _shared(table: Table) -> tuple[Table, str]:
    """Take the keys that are the same in all of several lines out of the table and put them into a sentence."""
    if len(table.frame) < 2:
        return table, ""
    texts = zip(*entries(table), strict=True)
    same = {
        column: each[0]
        for column, each in zip(table.columns, texts, strict=True)
        if column.heading in KEYS and len(set(each)) == 1
    }
    left = tuple(column for column in table.columns if column not in same)
    if not same or not left:
        return table, ""
    sentence = f"In all lines, {', '.join(f'{column.heading} = {text}' for column, text in same.items())}."
    return replace(table, columns=left), sentence


def _once(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> list[list[str]]:
    """Write what the lines begin with only where it changes, and a dash where a value is missing."""
    keys = 0
    while keys < len(columns) - 1 and (not columns[keys].is_number or columns[keys].heading == "n"):
        keys += 1
    shown = []
    for number, line in enumerate(texts):
        before = texts[number - 1] if number else [None] * len(line)
        repeated = [line[: place + 1] == before[: place + 1] for place in range(keys)]
        dashed = [text or (MISSING if column.is_number else "") for text, column in zip(line, columns, strict=True)]
        shown.append(["" if again else text for text, again in zip_longest(dashed, repeated, fillvalue=False)])
    return shown


@dataclass(frozen=True)
class _Layout:
    """How the columns of a table share the width."""

    size: float  # of the font, in points
    separation: float  # on both sides of a column, in points
    widths: Sequence[float | None]  # of columns whose lines are broken, in points
    headings: Sequence[Sequence[str]]  # the lines of each
    stacked: bool  # whether intervals stand below their values

    def height(self, line: Sequence[str]) -> int:
        """Return how many lines of text a line of the table takes."""
        broken = [-(-_width(text, self.size) // width) for text, width in zip(line, self.widths, strict=True) if width]
        return max([1, *map(int, broken), *(len(_parts(text, self.stacked)) for text in line)])

    def tabular(self, columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> str:
        """Write the table in LaTeX."""
        sides = ["r" if column.is_number else "l" for column in columns]
        kinds = [f"p{{{width:.1f}pt}}" if width else side for side, width in zip(sides, self.widths, strict=True)]
        body = [
            [
                r"\raggedright " + escaped(text) if width else _lines(_parts(text, self.stacked), side, "t")
                for text, width, side in zip(line, self.widths, sides, strict=True)
            ]
            for line in texts
        ]
        high = self.stacked or any(self.widths)  # lines of several lines of text are set apart
        headings = [_lines(lines, side, "b") for lines, side in zip(self.headings, sides, strict=True)]
        return "\n".join(
            [
                rf"\begingroup\fontsize{{{self.size:g}}}{{{LEADING * self.size:g}}}\selectfont",
                rf"\setlength{{\tabcolsep}}{{{self.separation:g}pt}}%",
                rf"\begin{{tabular}}{{@{{}}{''.join(kinds)}@{{}}}}",
                r"\toprule",
                " & ".join(headings) + r" \tabularnewline",
                r"\midrule",
                *(" & ".join(line) + rf" \tabularnewline{'[2pt]' if high else ''}" for line in body),
                r"\bottomrule",
                r"\end{tabular}\endgroup",
                "",
            ]
        )


def _layout(table: Table, texts: Sequence[Sequence[str]], width: float, size: float) -> _Layout | None:
    """Give each column the width of its entries; if that is too much, break lines or put intervals below values."""
    for stacked in (False, True):
        natural = [
            max(_width(part, size) for text in column for part in _parts(text, stacked))
            for column in zip(*texts, strict=True)
        ]
        headings = [_broken(column.heading, most, size) for column, most in zip(table.columns, natural, strict=True)]
        needed = [
            max(most, *(_width(line, size) for line in lines)) for most, lines in zip(natural, headings, strict=True)
        ]
        long = [not column.is_number and most > NARROWEST for column, most in zip(table.columns, needed, strict=True)]
        words = [
            max(NARROWEST, *(_width(word, size) for text in column for word in text.split())) if can else 0
            for column, can in zip(zip(*texts, strict=True), long, strict=True)
        ]
        fixed = sum(most for most, can in zip(needed, long, strict=True) if not can)
        for separation in SEPARATIONS:
            free = width - 2 * separation * (len(needed) - 1)
            if sum(needed) <= free:
                return _Layout(size, separation, [None] * len(needed), headings, stacked)
            rate = (free - fixed - sum(words)) / max(1, sum(needed) - fixed - sum(words))
            if any(long) and rate >= 0:
                shares = zip(words, needed, strict=True)
                widths = [least + rate * (most - least) if least else None for least, most in shares]
                return _Layout(size, separation, widths, headings, stacked)
    return None


def _parts(text: str, stacked: bool) -> list[str]:
    """Return the lines of an entry: the value and below it the interval, if they are stacked."""
    return text.replace(" [", "\n[", 1).split("\n") if stacked else [text]


def _lines(lines: Sequence[str], side: str, anchor: str) -> str:
    """Write the lines of an entry, aligned at this side; `anchor` says which of them stands in the line: "t", "b"."""
    if len(lines) == 1:
        return escaped(lines[0])
    return rf"\begin{{tabular}}[{anchor}]{{@{{}}{side}@{{}}}}" + r"\\{}".join(map(escaped, lines)) + r"\end{tabular}"


def _broken(heading: str, most: float, size: float) -> list[str]:
    """Break a heading so that its lines are hardly wider than the entries below, at least as wide as its words."""
    words = heading.replace(" %", "\N{NO-BREAK SPACE}%").split(" ")
    limit = max(most, *(_width(word, size) for word in words))
    lines = [words[0]]
    for word in words[1:]:
        if _width(f"{lines[-1]} {word}", size) <= limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


@cache
def _width(text: str, size: float) -> float:
    """Return the width of a text in points: in Computer Modern, since other fonts of papers are hardly wider."""
    font = get_font(findfont(FontProperties("cmr10")))
    font.set_size(size, 72)
    font.set_text(UNUSUAL.sub("n", text))
    return WIDER * font.get_width_height()[0] / 64
