import pytest

from kmedoids_bench.experiments.analysis.rows import rows_frame
from kmedoids_bench.experiments.studies.agreement import figures, findings, tables

FASTPAM1 = {"algorithm": "fastpam1"}


def promised(records):
    rows = rows_frame(records)
    return rows.assign(result_class=rows["algorithm"].map({"pam": "pam", "fastpam1": "pam"}))


def test_identical_results(factory):
    said = findings(promised([factory.record(), factory.record(**FASTPAM1)]))
    assert said == [
        "1 of 1 compared pairs that promise the result of PAM are identical (the same medoid set; and the "
        "sequence of swaps, in the 1 where both logged it).",
        "All 2 results that promise it are single-swap local optima.",
        "No contender contradicted itself in repeated runs of one block.",
    ]


def test_differences_defects_and_missed_optima_are_told(factory):
    records = [
        factory.record(),
        factory.record(round=1, medoids=[7, 8]),
        factory.record(**FASTPAM1, medoids=[1, 2], loss=110.0, local_optimum=False),
    ]
    rows = promised(records)
    said = findings(rows)
    assert said[0].startswith("0 of 1 compared pairs")
    assert "0 have equal loss and 1 are different, by up to 1.0e-01 of the loss" in said[0]
    assert (
        said[1]
        == "1 of 2 results that promise it are not single-swap local optima: kmedoids_bench/fastpam1/C (1 of 1)."
    )
    assert said[2].startswith("Defect: ")
    made = tables(rows)
    assert made["not_identical"].frame["better"].tolist() == ["kmedoids_bench/pam/C"]
    assert len(made["unstable"].frame) == 1
    assert made["local_optima"].frame["not_optimal"].tolist() == [1, 0]


def test_unchecked_results_are_not_called_optimal(factory):
    said = findings(promised([factory.record(local_optimum=None)]))
    assert said[0] == "No result that promises it was checked for single-swap local optimality."


def test_contenders_without_a_promise_are_not_compared(factory):
    rows = promised([factory.record(algorithm="fasterpam"), factory.record(algorithm="fasterpam", order="F")])
    assert tables(rows)["grades"].frame.empty
    assert figures(rows) == {}


def test_figure_counts_identical_pairs(rows, classes):
    own = rows.assign(result_class=rows["contender"].map(classes))
    drawing = figures(own)["identical"].drawing
    texts = [text.get_text() for axes in drawing.axes for text in axes.texts]
    assert len(texts) == len(tables(own)["grades"].frame)
    assert "36/36" in texts


@pytest.mark.parametrize("column", ["compared", "identical"])
def test_tables_by_pair_and_by_data_count_the_same(rows, classes, column):
    made = tables(rows.assign(result_class=rows["contender"].map(classes)))
    assert made["grades"].frame[column].sum() == made["by_data"].frame[column].sum() > 0


def test_only_those_who_promise_a_local_optimum_are_held_to_it(factory):
    made = [factory.record(algorithm=name, local_optimum=False) for name in ("build", "fasterpam")]
    said = " ".join(findings(promised(made)))
    assert "1 of 1 results that promise it are not" in said
    assert "build" not in said
