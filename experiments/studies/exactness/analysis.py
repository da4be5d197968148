"""Exact, swap by swap: the arithmetic, the fall of the loss, the end of FasterPAM, and duplicates."""


def analyse(rows):
    """Return the rows: the views still compute from them."""
    return rows
