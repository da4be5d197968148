import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.agreement.analysis import analyse
from kmedoids_bench.experiments.studies.agreement.exhibits import figures, findings, headlines, tables

FASTPAM1 = {"algorithm": "fastpam1"}


def promised(records):
    rows = rows_frame(records)
    return rows.assign(result_class=rows["algorithm"].map({"pam": "pam", "fastpam1": "pam"}))


@pytest.fixture(scope="module")
def result(rows, classes):
    return analyse(rows.assign(result_class=rows["contender"].map(classes)))


def test_identical_results(factory):
    said = list(findings(analyse(promised([factory.record(), factory.record(**FASTPAM1)]))))
    assert said == [
        "1 of 1 pairs of searches that promise the result of PAM end with the same medoids, by the same swaps where "
        "both log them (1 pair).",
        "All 2 results that promise a local optimum are single-swap local optima.",
        "Every contender gave the same result in all repeated runs of a block.",
    ]


def test_the_headline_counts_all_promises(result):
    (one,) = headlines(result)
    assert one.value == f"{(result.pairs['grade'] == 'identical').sum():,} of {len(result.pairs):,}"


def test_the_authors_own_program_comes_first(factory):
    # It counts swaps, but does not log them.
    elki = {"implementation": "elki", "order": "C", "swaps_digest": None}
    records = [
        *(factory.record(block=block, **program) for block in ("a", "b", "c") for program in ({}, elki)),
        *(factory.record(block="d", **program) for program in ({}, elki | {"medoids": [7, 8], "n_passes": 99})),
        *(factory.record(block="f", **program) for program in ({}, elki | {"n_swaps": None})),
        factory.record(block="e", implementation="cluster", order="C"),  # does not take part
    ]
    said = list(findings(analyse(promised(records))))
    assert said[0] == (
        "ELKI, the authors' own program, ends with the medoids of our kernels in 4 of 5 searches on 1 dataset. Of the "
        "others, 1 have the same loss and 0 a different one. It makes as many swaps in as many passes in 3 of the 4 "
        "searches in which it counts both."
    )
    assert [one.value for one in headlines(analyse(promised(records)))] == ["4 of 5", "4 of 5"]


def test_differences_defects_and_missed_optima_are_told(factory):
    records = [
        factory.record(),
        factory.record(round=1, medoids=[7, 8]),
        factory.record(**FASTPAM1, medoids=[1, 2], loss=110.0, local_optimum=False),
    ]
    rows = promised(records)
    said = list(findings(analyse(rows)))
    assert said[0].startswith("0 of 1 pairs")
    assert "Of the others, 0 have the same loss and 1 a different one, by up to 10.0 %." in said[0]
    assert said[1].startswith("1 of 2 results that promise a local optimum are not single-swap local optima")
    assert said[1].endswith("kmedoids_bench/fastpam1/C (1 of 1).")
    assert said[2].startswith("Defect: ")
    made = tables(analyse(rows))
    assert made["not_identical"].frame["better"].tolist() == ["kmedoids_bench/pam/C"]
    assert len(made["unstable"].frame) == 1
    assert made["local_optima"].frame["not_optimal"].tolist() == [1, 0]


def test_metrics_of_one_dataset_stay_apart(factory):
    records = [
        factory.record(metric=metric, block=metric, **more)
        for metric in ("hamming", "jaccard")
        for more in ({}, FASTPAM1)
    ]
    frame = tables(analyse(promised(records)))["by_data"].frame
    assert frame[["metric", "compared"]].to_numpy().tolist() == [["hamming", 1], ["jaccard", 1]]


def test_unchecked_results_are_not_called_optimal(factory):
    said = list(findings(analyse(promised([factory.record(local_optimum=None)]))))
    assert said[0] == "No result that promises a local optimum was checked."


def test_contenders_without_a_promise_are_not_compared(factory):
    rows = promised([factory.record(algorithm="fasterpam"), factory.record(algorithm="fasterpam", order="F")])
    assert tables(analyse(rows))["grades"].frame.empty
    assert figures(analyse(rows)) == {}


def test_figure_counts_identical_pairs(result):
    drawing = figures(result)["identical"].drawing
    texts = [text.get_text() for axes in drawing.axes for text in axes.texts]
    assert len(texts) == len(tables(result)["grades"].frame)
    assert "36/36" in texts


@pytest.mark.parametrize("column", ["compared", "identical"])
def test_tables_by_pair_and_by_data_count_the_same(result, column):
    made = tables(result)
    assert made["grades"].frame[column].sum() == made["by_data"].frame[column].sum() > 0


def test_only_those_who_promise_a_local_optimum_are_held_to_it(factory):
    made = [factory.record(algorithm=name, local_optimum=False) for name in ("build", "fasterpam")]
    said = " ".join(findings(analyse(promised(made))))
    assert "1 of 1 results that promise a local optimum are not" in said
    assert "build" not in said


class TestMeasures:
    def values(self, records):
        found = analyse(promised(records)).measures
        return {name: {one.code_base: one.value for one in these} for name, these in found.items()}

    def test_identical_swaps(self, factory):
        found = self.values([factory.record(), factory.record(**FASTPAM1), factory.record(algorithm="reynolds")])
        assert found["fastpam1_identical"] == found["reynolds_identical"] == {"kmedoids_bench": 1.0}

    def test_other_swaps_to_the_same_medoids_are_not_identical_in_ours(self, factory):
        records = [factory.record(), factory.record(**FASTPAM1, swaps_digest="other")]
        assert self.values(records)["fastpam1_identical"] == {"kmedoids_bench": 0.0}

    def test_libraries_by_medoids_within_their_own_code_base(self, factory):
        lib = {"implementation": "lib", "tier": "library", "swaps_digest": None}
        records = [factory.record(order=order, k=k, **lib) for order in "CF" for k in (2, 5)]
        records += [factory.record(order=order, k=k, **lib, **FASTPAM1) for order in "CF" for k in (2, 5)]
        records[-1] |= {"medoids": [1, 2]}  # in one of two orders at k = 5
        records.append(factory.record(medoids=[8, 9]))  # ours has no say in it
        found = analyse(promised(records)).measures["fastpam1_identical"]
        assert [(one.code_base, one.value, one.n) for one in found] == [("lib", 0.5, 2)]
        assert found[0].where == "digits (n = 1,797, euclidean), start BUILD, k = 2 to 5, medoids"

    @pytest.mark.parametrize(
        ("fields", "kind"),
        [
            ({}, "yes"),
            ({"dataset": "pmed1", "dtype": "int32"}, "no"),
            ({"dtype": "int32"}, "no"),
            ({"dataset": "digits_twice"}, "no"),
            ({"dataset": "mushroom"}, "no"),
            ({"dataset": "unheard-of"}, "yes"),
        ],
    )
    def test_data_with_ties_do_not_decide_but_are_shown(self, factory, fields, kind):
        found = analyse(promised([factory.record(**fields), factory.record(**FASTPAM1, **fields)]))
        assert ("fastpam1_identical" in found.measures) == (kind == "yes")
        assert tables(found)["swap_by_swap"].frame["continuous"].tolist() == [kind]

    def test_local_optima_of_eager_algorithms(self, factory):
        records = [
            factory.record(algorithm="fasterpam"),
            factory.record(algorithm="fastpam2", local_optimum=False),
            factory.record(local_optimum=False),
        ]
        assert self.values(records) == {"eager_local_optima": {"kmedoids_bench": 0.5}}

    def test_nothing_of_nothing(self, factory):
        assert analyse(promised([factory.record()])[:0]).measures == {}
        assert self.values([factory.record()]) == {}
