from kmedoids_bench.experiments.exhibits.range_plot import Spread, spreads
from kmedoids_bench.experiments.exhibits.style import figure_bytes


def test_every_label_has_a_line_and_every_method_an_entry():
    members = [
        Spread("digits", "fasterpam", [-0.2, 0.0, 0.4]),
        Spread("digits", "alternating", [3.0, 9.0], printed=5.0),
        Spread("names", "", [100.0]),
    ]
    figure = spreads({"k = 10": members, "k = 50": members[:1]}, "loss above PAM's")
    first, second = figure.axes
    assert [label.get_text() for label in first.get_yticklabels()] == ["digits", "names"]
    assert second.get_title(loc="left") == "k = 50"
    names = [text.get_text() for text in figure.legends[0].get_texts()]
    assert names == ["FasterPAM", "Alternating", "start alone", "printed"]
    low, high = first.get_xlim()
    assert low < -0.2
    assert high > 100
    assert figure_bytes(figure, "png")


def test_one_exact_value_can_be_drawn():
    assert figure_bytes(spreads({"": [Spread("a", "fasterpam", [0.0])]}, "x"), "svg")
