r"""Texts and floats in LaTeX.

Documents need the packages pgf for figures that are ``\input``, and booktabs for tables.
"""

import re

from tabulate import LATEX_ESCAPE_RULES

# Beyond the special characters of TeX: what its fonts lack, or what stands in texts as plain characters.
_UNICODE = {
    "\N{MULTIPLICATION SIGN}": r"\ensuremath{\times}",
    "\N{SUPERSCRIPT TWO}": r"\textsuperscript{2}",
    "\N{MINUS SIGN}": r"\ensuremath{-}",
    "\N{MICRO SIGN}": r"\ensuremath{\mu}",
    "\N{EM DASH}": "---",
    "\N{EN DASH}": "--",
    "\N{LESS-THAN OR EQUAL TO}": r"\ensuremath{\leq}",
    "\N{GREATER-THAN OR EQUAL TO}": r"\ensuremath{\geq}",
    "\N{NO-BREAK SPACE}": "~",
    "\n": " ",
}
_MINUS = re.compile(r"(?<![\w-])-(?=\d)")
_ESCAPES = str.maketrans({**LATEX_ESCAPE_RULES, **_UNICODE})


def escaped(text: str) -> str:
    """Write a text so that LaTeX prints it as it is; a number and its percent sign stay together."""
    text = text.replace(">=", "\N{GREATER-THAN OR EQUAL TO}").replace("<=", "\N{LESS-THAN OR EQUAL TO}")
    text = _MINUS.sub("\N{MINUS SIGN}", text)
    return text.translate(_ESCAPES).replace(r" \%", r"~\%")


def floating(kind: str, content: str, caption: str, label: str, both: bool) -> str:
    """Return a float, of one column or across `both`; captions stand above tables and below figures."""
    star = "*" if both else ""
    about = f"  \\caption{{{escaped(caption)}}}\n  \\label{{{kind[:3]}:{label}}}\n"
    shown = f"  {content}\n"
    inside = about + shown if kind == "table" else shown + about
    return f"\\begin{{{kind}{star}}}\n  \\centering\n{inside}\\end{{{kind}{star}}}"
