import dataclasses

import pytest

from kmedoids_bench.experiments.rows.keys import TUNED
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.engineering.analysis import (
    BUILD_PAM,
    LIBRARIES,
    PLAIN,
    RANDOM_FASTERPAM,
    analyse,
    end_to_end,
    memory,
)

N, PASSES = 1000, 4
PLACE = {"dataset": "digits", "n": N, "k": 10, "start": "random", "seed": 0}
OURS = {"implementation": "kmedoids_bench", "tier": "plain"}
MINE = {"implementation": TUNED, "tier": "tuned"}
LIBRARY = {"implementation": "kmedoids_055", "tier": "library"}
ROUNDS = 6


def measured(factory, seconds, **fields):
    """One row a round, named as the plan names contenders."""
    several = fields.get("threads", 1) != 1
    words = f"[{fields['threads']} threads]" if several else ""
    order = fields.get("order", "C")
    name = f"{fields['implementation']}/{fields['algorithm']}{words}/{order}"
    return [
        factory.record(contender=name, seconds=seconds * (1 + 0.001 * number), round=number, **{**PLACE, **fields})
        for number in range(ROUNDS)
    ]


@pytest.fixture
def rows(factory):
    same, other = {"medoids": [1, 2]}, {"medoids": [1, 3]}
    evaluated = {"n_evaluations": PASSES * N}
    records = [
        *measured(factory, 1.0, algorithm="fasterpam", **MINE, **same, **evaluated),
        *measured(factory, 0.5, algorithm="fasterpam", threads=2, **MINE, **same, **evaluated),
        *measured(factory, 0.1, algorithm="streaming", **MINE, medoids=[0, 1]),
        *measured(factory, 0.05, algorithm="streaming", threads=2, **MINE, medoids=[0, 1]),
        *measured(factory, 3.0, algorithm="fasterpam", **OURS, **same, **evaluated),
        *measured(factory, 9.0, algorithm="fasterpam", **LIBRARY, **same),
        *measured(factory, 4.0, algorithm="fasterpam", order="F", **LIBRARY, **same),
        *measured(factory, 0.5, algorithm="pam", **MINE, **other),
        *measured(factory, 10.0, algorithm="fastpam1", **LIBRARY, **other),
    ]
    return rows_frame(records)


def line_of(table, **wanted):
    found = table
    for name, value in wanted.items():
        found = found[found[name] == value]
    (line,) = found.to_dict("records")
    return line


def test_the_fastest_library_is_the_one_with_its_faster_order_and_one_thread(rows):
    table = analyse(rows).against
    line = line_of(table, algorithm="fasterpam", opponents=LIBRARIES)
    assert (line["opponent"], line["identical"]) == ("kmedoids_055 (F)", True)
    assert line["estimate"] == pytest.approx(4.0)
    assert line["low"] <= line["estimate"] <= line["high"]
    assert line_of(table, algorithm="fasterpam", opponents=PLAIN)["estimate"] == pytest.approx(3.0)


def test_memory_is_what_most_runs_take_beside_the_matrix(factory):
    first, *others = measured(factory, 1.0, algorithm="pam", **MINE, peak_memory=400_000)
    records = [
        {**first, "peak_memory": 9_000_000},  # loads machine code
        *others,
        *measured(factory, 1.0, algorithm="pam", threads=2, **MINE, peak_memory=None),
        *measured(factory, 1.0, algorithm="fastpam1", **LIBRARY, peak_memory=800_000),
    ]
    (line,) = memory(rows_frame(records)).to_dict("records")
    assert (line["algorithm"], line["threads"], line["runs"]) == ("pam", 1, ROUNDS)
    assert line["matrix_bytes"] == 4 * N**2
    assert line["whole"] == pytest.approx(1.1)


def test_pam_is_held_against_fastpam1_and_against_fasterpam(rows):
    table = analyse(rows).against
    assert line_of(table, algorithm="pam", against="fastpam1")["estimate"] == pytest.approx(20.0)
    line = line_of(table, algorithm="pam", against="fasterpam", opponents=LIBRARIES)
    assert (line["estimate"], line["identical"]) == (pytest.approx(8.0), False)


def test_the_mean_over_k_names_the_lowest(factory, rows):
    more = [
        *measured(factory, 1.0, algorithm="fasterpam", k=20, **MINE),
        *measured(factory, 1.0, algorithm="fasterpam", k=20, order="F", **LIBRARY),
    ]
    both = rows_frame([*rows.to_dict("records"), *more])
    line = line_of(analyse(both).over_k, algorithm="fasterpam", opponents=LIBRARIES)
    assert (line["ks"], line["lowest"]) == (2, pytest.approx(1.0))
    assert line["estimate"] == pytest.approx(2.0)


def test_two_threads_are_held_against_one_of_the_same_contender(rows):
    table = analyse(rows).threads
    assert line_of(table, algorithm="fasterpam")["estimate"] == pytest.approx(2.0)
    assert set(table["implementation"]) == {TUNED}


def test_the_share_of_the_streaming_rate_counts_passes(rows):
    table = analyse(rows).bandwidth
    alone = line_of(table, implementation=TUNED, setting="")
    assert alone["share"] == pytest.approx(PASSES * 0.1)  # in one second the yardstick reads the matrix ten times
    assert alone["gigabytes_per_second"] == pytest.approx(4 * N**2 / 0.1 / 1e9, rel=0.01)
    assert line_of(table, implementation="kmedoids_bench")["share"] == pytest.approx(PASSES * 0.1 / 3)
    assert line_of(table, setting="2 threads")["share"] == pytest.approx(PASSES * 0.05 / 0.5)


def test_end_to_end_adds_start_and_swaps_and_takes_the_faster_order(factory, rows):
    start = {"start": "build", "seed": None}
    from_build = [
        *measured(factory, 0.2, algorithm="build", phase="start", **start, **MINE),
        *measured(factory, 0.3, algorithm="pam", loss=90.0, **start, **MINE),
        *measured(factory, 5.0, algorithm="build", phase="start", **start, **LIBRARY),
        *measured(factory, 2.0, algorithm="fastpam1", loss=90.0, **start, **LIBRARY),
    ]
    table = end_to_end(rows_frame([*rows.to_dict("records"), *from_build]))
    ours = line_of(table, implementation=TUNED, way=BUILD_PAM)
    assert (ours["seconds"], ours["relative"]) == (pytest.approx(0.5, rel=0.01), 1.0)
    assert ours["loss"] == 90.0
    theirs = line_of(table, implementation="kmedoids_055", way=BUILD_PAM)
    assert theirs["relative"] == pytest.approx(14.0, rel=0.01)
    eager = line_of(table, implementation="kmedoids_055", way=RANDOM_FASTERPAM)
    assert (eager["order"], eager["relative"]) == ("F", pytest.approx(8.0, rel=0.01))


def test_without_rows_the_tables_are_empty():
    result = analyse(rows_frame([]))
    tables = (getattr(result, field.name) for field in dataclasses.fields(result))
    assert all(table.empty for table in tables)
