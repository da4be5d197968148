import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.kit.sizes import CLASSES, column


@pytest.mark.parametrize("name", CLASSES)
def test_a_column_is_no_wider_than_the_page(name):
    one, both = (column(name, width) for width in ("single", "double"))
    assert one.width <= both.width
    assert (one.both, both.both) == (False, one.width < both.width)
    assert one.font_size == CLASSES[name].font_size
    inches = one.canvas().width
    assert one.width - 0.2 < 72.27 * inches < one.width  # TeX calls more than 0.1 pt too much overfull
    assert one.canvas().rc["axes.labelsize"] == one.font_size


def test_two_columns_of_a_class_fit_beside_each_other():
    for record in CLASSES.values():
        assert 2 * record.single < record.double or record.single == record.double


@pytest.mark.parametrize(("length", "points"), [("240pt", 240), ("8.5cm", 241.85), ("85 mm", 241.85), ("3.5in", 252.9)])
def test_a_width_may_be_a_length(length, points):
    assert column("acm", length).width == pytest.approx(points, abs=0.05)
    assert column("acm", length, font_size=8).font_size == 8


@pytest.mark.parametrize(
    ("name", "width", "message"),
    [
        ("iee", "single", "--class: 'iee' is not a document class, did you mean 'ieee'"),
        ("ieee", "triple", "--width: 'triple' is neither single nor double nor a length such as 240pt"),
        ("ieee", "-3cm", "--width: '-3cm' is neither"),
        ("ieee", "3pt", "--width: 3pt is not the width of a column"),
        ("ieee", "9000cm", "is not the width of a column"),
    ],
)
def test_mistakes_are_answered_with_what_is_meant(name, width, message):
    with pytest.raises(Trouble, match=message):
        column(name, width)


def test_what_a_style_sets_counts_but_not_what_would_change_the_size():
    changed = column("ieee", "single").canvas(rc={"font.family": "serif", "savefig.bbox": "tight"})
    assert (changed.rc["font.family"], changed.rc["savefig.bbox"]) == ("serif", None)
