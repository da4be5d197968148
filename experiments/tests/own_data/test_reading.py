"""Files as users have them: what is read, what is decided, and that every refusal names place, value and remedy."""

import numpy as np
import pandas as pd
import pytest

from kmedoids_bench.datasets import write_matrix
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.own_data.reading import Wishes, is_header, read

POINTS = np.array([[0.0, 1.0], [2.0, 1.5], [8.0, 9.0], [9.0, 9.5]])
DISTANCES = np.abs(POINTS[:, :1] - POINTS[:, 0])


@pytest.fixture
def file(tmp_path):
    """Write a file of the given ending and content, and read it."""

    def read_back(ending, content, **wishes):
        path = tmp_path / f"My file{ending}"
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content)
        elif isinstance(content, pd.DataFrame):
            content.to_parquet(path)
        else:
            np.save(path, content)
        return read(path, Wishes(**wishes))

    return read_back


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        (".csv", "x,y\n0,1\n2,1.5\n8,9\n9,9.5\n"),
        (".csv", "0,1\n2,1.5\n8,9\n9,9.5\n"),
        (".csv", "x;y\n0;1\n2;1,5\n8;9\n9;9,5\n"),
        (".tsv", "x\ty\n0\t1\n2\t1.5\n8\t9\n9\t9.5\n"),
        (".txt", "0 1\n2  1.5\n8 9\n9 9.5\n"),
        (".csv", "\ufeffname,x,y\na,0,1\nb,2,1.5\nc,8,9\nd,9,9.5\n"),
        (".csv", ",x,y\n0,0,1\n1,2,1.5\n2,8,9\n3,9,9.5\n"),
    ],
)
def test_rows_of_numbers_are_points_however_they_are_written(file, ending, text):
    data = file(ending, text)
    assert (data.kind, data.metric, data.name) == ("points", "euclidean", "my_file")
    np.testing.assert_array_equal(data.objects, POINTS)


def test_a_first_column_of_names_is_no_coordinate(file):
    data = file(".csv", "flower,x\nrose,1\nlily,2\nelm,3\n")
    assert data.labels == ["rose", "lily", "elm"]
    assert data.objects.shape == (3, 1)
    assert any("'flower' names the rows" in one for one in data.said)


def test_columns_are_chosen_by_name_or_number(file):
    text = "x,y,z\n1,2,3\n4,5,6\n7,8,10\n"
    assert file(".csv", text, only=("z", "0")).objects.tolist() == [[3, 1], [6, 4], [10, 7]]
    assert file(".csv", text, without=("y",)).objects.tolist() == [[1, 3], [4, 6], [7, 10]]
    assert file(".csv", text, labels="y").labels == ["2", "5", "8"]


@pytest.mark.parametrize(
    ("first", "rest", "header"),
    [
        (["x", "y"], [["1", "2"]], True),
        (["0", "1", "2"], [["3", "4", "5"]], True),  # pandas counts columns without names
        (["0", "1"], [["3", "4"]], False),
        (["1", "5"], [["3", "4"]], False),
        (["anna", "5"], [["bob", "4"]], False),
        (["name", "age"], [["bob", "4"], ["eve", "?"]], True),
        (["", "0", "1"], [["0", "5", "6"]], True),
        (["NA", "3"], [["3", "4"]], False),
    ],
)
def test_a_header_is_told_from_data(first, rest, header):
    assert is_header(first, rest)[0] is header


def test_a_square_file_that_is_symmetric_with_a_zero_diagonal_is_distances(file):
    data = file(".npy", DISTANCES)
    assert (data.kind, data.metric, data.directed) == ("distances", "precomputed", False)
    assert "--points if they are none" in data.said[0]
    assert file(".npy", DISTANCES, form="points").kind == "points"
    assert file(".npy", np.arange(16.0).reshape(4, 4) + 1).kind == "points"


def test_condensed_distances_and_labelled_ones_are_read(file):
    condensed = DISTANCES[np.triu_indices(4, 1)]
    np.testing.assert_array_equal(file(".npy", condensed).objects, DISTANCES)
    text = ",a,b,c\n" + "".join(
        f"{name},{','.join(map(str, row[:3]))}\n" for name, row in zip("abc", DISTANCES, strict=False)
    )
    data = file(".csv", text)
    assert (data.kind, data.labels) == ("distances", ["a", "b", "c"])


def test_mixed_columns_are_compared_by_gower(file, tmp_path):
    frame = pd.DataFrame(
        {"age": pd.array([20, 40, None, 60], "Int64"), "job": ["a", "b", "a", "b"], "id": [7, 5, 9, 8]}
    )
    data = file(".parquet", frame, metric="gower", labels="id")
    assert data.kind == "mixed"
    matrix = np.load(write_matrix(data.dataset("mine"), tmp_path).path)
    np.testing.assert_allclose(matrix[0], [0, (0.5 + 1) / 2, 0, 1], rtol=1e-6)


def test_dates_are_compared_by_the_days_between_them(file):
    days = pd.to_datetime(["2024-03-01", "2024-02-28", "2024-03-11"])
    assert file(".parquet", pd.DataFrame({"x": [1, 2, 4], "day": days})).objects[:, 1].tolist() == [2, 0, 12]


def test_another_content_has_another_digest(file):
    digests = [file(".npy", values).digest() for values in (POINTS, POINTS + 1, POINTS.astype("float32"), POINTS)]
    assert digests[0] == digests[3]
    assert len(set(digests)) == 2  # float32 holds these numbers


def test_a_column_that_has_become_one_of_names_gives_another_digest(tmp_path):
    digests = []
    for column in ("0,1,0", "red,green,red"):
        path = tmp_path / "mixed.csv"
        pd.DataFrame({"a": [1.5, 2.5, 3.5], "b": column.split(",")}).to_csv(path, index=False)
        digests.append(read(path, Wishes(metric="gower")).digest())
    assert digests[0] != digests[1]


@pytest.mark.parametrize(
    ("ending", "content", "wishes", "says", "advises"),
    [
        (".npy", POINTS, {"form": "distances"}, "4 rows and 2 columns: distances are square", "say --points"),
        (".npy", DISTANCES + [[0, 0, 3, 0], *[[0] * 4] * 3], {}, "d(0, 2) is 11 and d(2, 0) is 8: not sym", "--asymm"),
        (".npy", DISTANCES + np.eye(4), {}, "d(0, 0) is 1.0, the distance of an object to itself must be 0", "simil"),
        (".npy", -DISTANCES, {}, "d(0, 1) is -2.0 (12 such entries)", "distances are not negative"),
        (".npy", np.where(DISTANCES == 7, np.nan, DISTANCES), {}, "d(1, 3) is missing (2 such entries)", "fill it"),
        (".npy", np.arange(5.0), {}, "a vector of 5 numbers", "pdist"),
        (".npy", np.zeros((2, 2, 2)), {}, "an array of shape (2, 2, 2)", "rows of numbers"),
        (".npy", b"no numpy", {}, "is not an array of numbers", "numpy.save"),
        (".parquet", b"no parquet", {}, "is not a parquet file", ""),
        (".csv", "", {}, "is empty", ""),
        (".csv", b"x\n\xff\n", {}, "byte 2 is not UTF-8", "save it as UTF-8"),
        (".csv", "x,y\n1,2\n3,4,5\n", {}, "line 3", "every line needs as many columns"),
        (".csv", "x,y\n1,2\n3,4\n", {}, "has 2 rows", ""),
        (".csv", "x,y\n1,2\n3,\n5,6\n", {}, "1 of 6 values are missing, first in row 1", "--metric gower"),
        (".csv", "x,y\n1,2\n3,4o\n5,6\n", {}, "row 1 (counted from 0), column 'y' is '4o'", "correct the 1 that"),
        (".csv", "x,y\n1,a\n3,b\n5,b\n", {}, "column 'y' is 'a', not a number", "--drop-columns y"),
        (".csv", "x,y\n1,a\n3,b\n5,c\n", {}, "column 'y' is 'a', not a number", "--labels y"),
        (".csv", "x,y\n1,2\n3,inf\n5,6\n", {}, "column 'y' is inf", "finite"),
        (".csv", "x,y\n1,2\n3,4\n5,6\n", {"without": ("z",)}, "--drop-columns z: ", "its columns are x, y"),
        (".csv", "x,y\n1,2\n3,4\n5,6\n", {"without": ("x", "y")}, "no column is left", "x, y"),
        (".csv", "x,y\n1,2\n3,4\n5,6\n", {"metric": "manhatan"}, "--metric manhatan: unknown metric", ""),
        (
            ".csv",
            "x,y\n1,2\n3,4\n5,6\n",
            {"metric": "cosine", "asymmetric": "max"},
            "--metric and --points speak",
            "leave",
        ),
        (".csv", ",b,a\na,0,1\nb,1,0\n", {"form": "distances"}, "row 0 is 'a' and column 0 is 'b'", "same order"),
        (".xlsx", "", {}, "files of this kind are not read", ".parquet"),
    ],
)
def test_what_cannot_be_clustered_is_refused_with_place_and_remedy(file, ending, content, wishes, says, advises):
    with pytest.raises(Trouble) as refused:
        file(ending, content, **wishes)
    assert says in refused.value.reason
    assert advises in refused.value.advice
    assert "My file" in refused.value.reason or "--" in refused.value.reason


def test_a_column_that_decides_alone_is_pointed_out(file):
    data = file(".csv", "income,age\n10000,20\n90000,30\n50000,40\n")
    assert any("'income' spreads 4,000 times as much as 'age'" in one for one in data.said)


@pytest.mark.parametrize(("how", "value"), [("mean", 9.5), ("max", 11), ("min", 8), ("directed", 11)])
def test_asymmetric_distances_are_what_the_user_says(file, how, value):
    given = DISTANCES.copy()
    given[0, 2] = 11
    data = file(".npy", given, asymmetric=how)
    assert data.objects[0, 2] == value
    assert data.objects[2, 0] == (8 if how == "directed" else value)
    assert data.directed is (how == "directed")


def test_rounding_is_forgiven_and_said(file):
    given = DISTANCES.copy()
    given[0, 2] += 1e-7
    data = file(".npy", given)
    assert (data.objects == data.objects.T).all()
    assert "their mean is taken" in data.said[1]
