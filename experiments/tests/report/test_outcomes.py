from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.report.outcomes import failure_table, outcome_table
from kmedoids_bench.experiments.rows.reading import rows_frame


def test_failures_say_where_why_and_what_to_do(factory):
    records = [
        factory.failure("timeout", "cut after 10 s", "allow more", k=k, start="random", seed=0, block=f"b{k}")
        for k in (50, 100)
    ]
    records.append(factory.record(k=100, start="random", seed=0, block="b100", round=1))
    (line,) = entries(failure_table(rows_frame(records)))
    assert [entry.text for entry in line] == [
        "timeout",
        "kmedoids_bench/pam/C",
        "digits (n = 1,797, float32); random; k = 50, 100; seed 0; in 1 of 2 another run finished",
        "2",
        "cut after 10 s",
        "allow more",
    ]


def test_every_failed_row_of_a_run_is_in_the_table(rows):
    failed = rows[rows["status"] != "ok"].drop_duplicates(["contender", "block"])
    assert failure_table(rows).frame["cells"].sum() == len(failed) > 0


def test_no_failures_and_no_rows_are_different_things(factory):
    assert failure_table(rows_frame([factory.record()])).empty == "Every block that was tried finished."
    assert failure_table(rows_frame([])).empty == "No block was tried."


def test_outcomes_count_blocks(rows):
    frame = outcome_table(rows).frame
    assert frame.drop(columns="contender").to_numpy().sum() == len(rows.drop_duplicates(["contender", "block"]))
