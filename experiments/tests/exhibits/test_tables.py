import io
import re

import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.experiments.exhibits.exhibit import Column, Table
from kmedoids_bench.experiments.exhibits.tables import csv_text, entries, latex_text, markdown_text

COLUMNS = (
    Column("name", "name"),
    Column("n", "n", "integer"),
    Column("time (ms)", "seconds", "milliseconds", instead="note"),
    Column("ratio", "ratio", "ratio", ("low", "high"), why_none="why_none"),
    Column("gap", "gap", "scientific"),
)


@pytest.fixture
def table():
    frame = pd.DataFrame(
        {
            "name": ["a_b & 50 %", "x|y", "<i>"],
            "n": [1599, 10000, 2],
            "seconds": [0.0123456789012345, np.nan, 123.4],
            "note": ["", "cut at 10 s", ""],
            "ratio": [412.345, 1.5, np.nan],
            "low": [390.2, np.nan, np.nan],
            "high": [431.9, np.nan, np.nan],
            "why_none": ["", "2 series, 3 needed", ""],
            "gap": [0.0, 1.24e-11, -0.03],
            "hidden": [1, 2, 3],
        }
    )
    return Table(frame, COLUMNS, "A caption.", "Nothing here.")


def test_entries(table):
    assert entries(table) == [
        ["a_b & 50 %", "1,599", "12.3", "412 [390, 432]", "0"],
        ["x|y", "10,000", "cut at 10 s", "1.50 (no interval: 2 series, 3 needed)", "1.2e-11"],
        ["<i>", "2", "123,400", "", "-3.0e-02"],
    ]


def test_csv_keeps_every_digit_and_column(table):
    back = pd.read_csv(io.StringIO(csv_text(table)))
    assert list(back) == list(table.frame)
    assert back["seconds"][0] == table.frame["seconds"][0]
    assert "\r" not in csv_text(table)


def test_markdown(table):
    text = markdown_text(table)
    assert text.startswith("A caption.\n\n| name")
    assert r"x\|y" in text
    assert "412 [390, 432]" in text
    alignment = text.splitlines()[3].split("|")
    assert alignment[1].startswith(":")
    assert alignment[2].endswith(":")


def test_latex_is_a_booktabs_tabular_with_everything_escaped(table):
    text = latex_text(table)
    assert text.startswith("% A caption.\n\\begin{tabular}{lrrrr}\n\\toprule")
    assert r"a\_b \& 50 \%" in text
    assert r"\ensuremath{<}i\ensuremath{>}" in text
    assert text.rstrip().endswith(r"\end{tabular}")


SAFE = {
    *(
        "begin",
        "end",
        "toprule",
        "midrule",
        "bottomrule",
        "\\",
        "textbackslash",
        "textasciitilde",
        "ensuremath",
        "times",
    ),
    *"&%$#_{}^",
}


@pytest.mark.parametrize(
    "name",
    [
        r"\input{/etc/passwd}",
        r"\immediate\write18{id}",
        "$x$",
        "^^5cinput",
        "%\n\\input x",
        "{\\catcode`\\%=12}",
        "~&#_",
    ],
)
def test_no_text_becomes_a_command_of_latex(table, name):
    written = latex_text(Table(table.frame.assign(name=name), COLUMNS, "A caption."))
    assert set(re.findall(r"\\([a-zA-Z]+|.)", written)) <= SAFE
    assert "^^" not in written
    assert written.count("$") == written.count(r"\$")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\v", "\u2028"])
def test_a_caption_of_two_lines_stays_a_comment(table, end):
    for shown in (table.frame, table.frame[:0]):
        text = latex_text(Table(shown, COLUMNS, f"one{end}\\input two", "Nothing."))
        assert text.startswith("% one\n% \\input two\n")


def test_empty_tables_say_so(table):
    empty = Table(table.frame[:0], COLUMNS, "A caption.", "Nothing here.")
    assert markdown_text(empty) == "A caption.\n\nNothing here.\n"
    assert latex_text(empty) == "% A caption.\n% Nothing here.\n"
    assert csv_text(empty) == ",".join(table.frame) + "\n"
    assert entries(empty) == []


def test_missing_integers_and_texts_are_blank():
    frame = pd.DataFrame({"n": pd.array([pd.NA], dtype="Int64"), "name": pd.array([None], dtype="str")})
    table = Table(frame, (Column("n", "n", "integer"), Column("name", "name")))
    assert entries(table)[0] == ["", ""]
