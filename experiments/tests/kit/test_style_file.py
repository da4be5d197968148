import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.kit import style_file
from kmedoids_bench.experiments.kit.sizes import column
from kmedoids_bench.experiments.kit.style_file import canvas_of, changes


def written(tmp_path, text, name="own.yaml"):
    (tmp_path / name).write_text(text)
    return tmp_path / name


def test_the_file_of_the_documentation_is_read_as_it_says(tmp_path):
    example = style_file.__doc__.partition("::\n")[2].partition("\nA style of matplotlib")[0]
    read = changes(written(tmp_path, example))
    assert read["labels"] == {"speed-up over PAM": "gain", "number of medoids k": "k"}
    assert read["colours"] == {"fasterpam": "black", "pam": "#D55E00"}
    assert read["markers"] == {"fasterpam": "o"}


def test_an_empty_file_changes_nothing(tmp_path):
    assert not any(changes(written(tmp_path, "")).values())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("colors: {PAM: red}", "'colors' is not a key of this section, did you mean 'colours'"),
        ("colours: {FasterPAMM: red}", "'FasterPAMM' is not an algorithm or a start, did you mean"),
        ("colours: {PAM: reddish}", "colours.PAM: 'reddish' is not a colour of matplotlib"),
        ("markers: {PAM: ooo}", "markers.PAM: 'ooo' is not a marker of matplotlib"),
        ("labels: speed", "labels: must be a valid dictionary"),
        ("labels: [", "is not a valid style file"),
        ("- a", "must be a mapping with the keys labels"),
    ],
)
def test_mistakes_are_named_with_their_place(tmp_path, text, message):
    with pytest.raises(Trouble, match="is not a valid style file") as caught:
        changes(written(tmp_path, text))
    assert message in str(caught.value)


def test_of_several_files_the_last_decides_and_none_changes_the_size(tmp_path):
    first = written(tmp_path, "colours: {PAM: red, FasterPAM: red}", "a.yaml")
    second = written(tmp_path, "colours: {PAM: blue}", "b.yaml")
    third = written(tmp_path, "font.family: serif\nsavefig.bbox: tight\n", "c.mplstyle")
    place = column("ieee", "single")
    made = canvas_of(place, (first, second, third))
    assert made.colours == {"pam": "blue", "fasterpam": "red"}
    assert made.rc["font.family"] == ["serif"]
    assert made.rc["savefig.bbox"] is None
    assert made.width == place.canvas().width
