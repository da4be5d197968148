import pytest

from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.agreement.analysis import agreement_pairs, count_grades, local_optima, unstable

CLASSES = {"kmedoids_bench/pam/C": "pam", "kmedoids_bench/fastpam1/C": "pam", "lib/pam/F": "pam"}
FASTPAM1 = {"algorithm": "fastpam1"}
LIBRARY = {"implementation": "lib", "order": "F"}


def graded(factory, first, second):
    records = [factory.record(**first), factory.record(**(FASTPAM1 | second))]
    (line,) = agreement_pairs(rows_frame(records), CLASSES).to_dict("records")
    return line


def test_same_set_in_any_order_is_identical(factory):
    line = graded(factory, {"medoids": [3, 5, 1]}, {"medoids": [5, 1, 3]})
    assert line["grade"] == "identical"
    assert (line["first"], line["second"]) == ("kmedoids_bench/fastpam1/C", "kmedoids_bench/pam/C")
    assert line["swaps_compared"]


def test_same_set_by_other_swaps_is_not_identical(factory):
    assert graded(factory, {"swaps_digest": "s1"}, {"swaps_digest": "s2"})["grade"] == "equal loss"


def test_swaps_count_only_where_both_logged_them(factory):
    line = graded(factory, {"swaps_digest": "s1"}, {"swaps_digest": None})
    assert line["grade"] == "identical"
    assert not line["swaps_compared"]


@pytest.mark.parametrize(
    ("loss", "grade", "better"),
    [
        (100.0, "equal loss", None),
        (100.0 + 9e-8, "equal loss", None),
        (100.0 + 2e-7, "different", "kmedoids_bench/pam/C"),
        (101.0, "different", "kmedoids_bench/pam/C"),
        (99.0, "different", "kmedoids_bench/fastpam1/C"),
    ],
)
def test_other_sets_are_graded_by_loss(factory, loss, grade, better):
    line = graded(factory, {"medoids": [1, 2], "loss": 100.0}, {"medoids": [1, 3], "loss": loss})
    assert line["grade"] == grade
    assert (line["better"] if isinstance(line["better"], str) else None) == better
    assert line["difference"] == pytest.approx((100.0 - loss) / min(loss, 100.0), abs=1e-12)


def test_two_losses_of_zero_are_a_tie(factory):
    assert graded(factory, {"medoids": [1], "loss": 0.0}, {"medoids": [2], "loss": 0.0})["grade"] == "equal loss"


def test_only_those_that_promise_the_same_are_compared_and_only_within_a_block(factory):
    rows = rows_frame(
        [
            factory.record(),
            factory.record(algorithm="fasterpam"),
            factory.record(algorithm="unheard-of"),
            factory.record(**FASTPAM1, block="another"),
            factory.failure("timeout", "stopped", **FASTPAM1),
        ]
    )
    assert agreement_pairs(rows, CLASSES | {"kmedoids_bench/fasterpam/C": "fasterpam"}).empty


def test_all_pairs_of_a_class(factory):
    rows = rows_frame([factory.record(), factory.record(**FASTPAM1), factory.record(**LIBRARY)])
    pairs = agreement_pairs(rows, CLASSES)
    assert len(pairs) == 3
    assert (pairs["first"] < pairs["second"]).all()


def test_repeated_runs_take_part_once(factory):
    records = [factory.record(round=number) for number in range(4)] + [factory.record(**FASTPAM1)]
    assert len(agreement_pairs(rows_frame(records), CLASSES)) == 1


def test_summary_counts(factory):
    records = []
    for number, loss in enumerate((100.0, 100.0, 103.0)):
        block = {"block": f"b{number}", "k": number + 2}
        records.append(factory.record(medoids=[1, 2], **block))
        records.append(factory.record(**FASTPAM1, medoids=[1, 2 + number], loss=loss, **block))
    pairs = agreement_pairs(rows_frame(records), CLASSES)
    (line,) = count_grades(pairs, ["result", "first", "second"]).to_dict("records")
    counts = {name: line[name] for name in ("compared", "identical", "equal loss", "different", "swaps_compared")}
    assert counts == {"compared": 3, "identical": 1, "equal loss": 1, "different": 1, "swaps_compared": 3}
    assert line["worst"] == pytest.approx(0.03)


def test_summary_keeps_starts_without_seed(factory):
    records = [factory.record(seed=None), factory.record(**FASTPAM1, seed=None)]
    pairs = agreement_pairs(rows_frame(records), CLASSES)
    assert count_grades(pairs, ["dataset", "start", "seed"])["compared"].tolist() == [1]


def test_contradicting_runs_are_found(factory):
    records = [
        factory.record(round=0, medoids=[1, 2], loss=100.0),
        factory.record(round=1, medoids=[2, 1], loss=100.0),
        factory.record(round=2, medoids=[1, 9], loss=90.0),
        factory.record(**LIBRARY, round=0),
        factory.record(**LIBRARY, round=1),
        factory.record(**FASTPAM1, round=0, swaps_digest="s1"),
        factory.record(**FASTPAM1, round=1, swaps_digest="s2"),
    ]
    found = unstable(rows_frame(records))
    assert found["contender"].tolist() == ["kmedoids_bench/fastpam1/C", "kmedoids_bench/pam/C"]
    assert found["medoid_sets"].tolist() == [1, 2]
    assert found["swap_sequences"].tolist() == [2, 1]
    assert found[["runs", "lowest", "highest"]].iloc[1].tolist() == [3, 90.0, 100.0]


def test_different_answers_to_different_blocks_are_no_contradiction(factory):
    records = [factory.record(block="b1", medoids=[1, 2]), factory.record(block="b2", medoids=[3, 4])]
    assert unstable(rows_frame(records)).empty


def test_local_optima_are_counted_by_block(factory):
    records = [
        factory.record(block="b1", local_optimum=True),
        factory.record(block="b1", local_optimum=False, round=1),  # one bad run spoils the block
        factory.record(block="b2", local_optimum=True),
        factory.record(block="b2", local_optimum=None, round=1),
        factory.record(block="b3", local_optimum=None),
        factory.failure("timeout", "stopped", block="b4"),
    ]
    (line,) = local_optima(rows_frame(records)).to_dict("records")
    assert line == {"contender": "kmedoids_bench/pam/C", "blocks": 3, "checked": 2, "optimal": 1, "not_optimal": 1}


def test_nothing_gives_empty_tables():
    rows = rows_frame([])
    assert count_grades(agreement_pairs(rows, CLASSES), ["result"]).empty
    assert unstable(rows).empty
    assert local_optima(rows).empty
