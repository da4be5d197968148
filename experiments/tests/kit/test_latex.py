import pytest

from kmedoids_bench.experiments.kit.latex import escaped, floating


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("plants_texture & 95 %", r"plants\_texture \& 95~\%"),
        ("-0.5 [-1.0, 2], k-means, 1e-9, 10-20", r"\ensuremath{-}0.5 [\ensuremath{-}1.0, 2], k-means, 1e-9, 10-20"),
        ("n >= 5 n²", r"n \ensuremath{\geq} 5 n\textsuperscript{2}"),
        (r"\input{x}", r"\textbackslash{}input\{x\}"),
    ],
)
def test_texts_are_printed_as_they_are(text, latex):
    assert escaped(text) == latex


def test_captions_stand_above_tables_and_below_figures():
    figure, table = (floating(kind, "CONTENT", "a_b", "x", both) for kind, both in (("figure", True), ("table", False)))
    assert figure.startswith("\\begin{figure*}\n")
    assert table.startswith("\\begin{table}\n")
    assert figure.index("CONTENT") < figure.index(r"\caption{a\_b}")
    assert table.index("CONTENT") > table.index(r"\caption{a\_b}")
    assert r"\label{fig:x}" in figure
