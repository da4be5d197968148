"""Are results as good as PAM's: the loss of each method over PAM's, from the same random starts."""


def analyse(rows):
    """Return the rows: the views still compute from them."""
    return rows
