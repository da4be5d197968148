from kmedoids_bench.experiments.analysis.local_optima import eager_results, promising_optima
from kmedoids_bench.experiments.rows.reading import rows_frame


def test_promises_are_those_of_the_records(factory):
    library = {"implementation": "kmedoids_055", "tier": "library"}
    rows = rows_frame(
        [
            factory.record(algorithm="fasterpam"),
            factory.record(algorithm="alternating"),  # promises no local optimum
            factory.record(algorithm="fasterpam", **library),
        ]
    )
    kept = promising_optima(rows)
    assert kept[["implementation", "algorithm"]].to_numpy().tolist() == [
        ["kmedoids_bench", "fasterpam"],
        ["kmedoids_055", "fasterpam"],
    ]


def test_one_checked_result_of_a_block_at_default_parameters(factory):
    records = [
        factory.record(algorithm="fasterpam"),
        factory.record(algorithm="fasterpam", round=1),  # the same block again
        factory.record(algorithm="fasterpam", k=3, local_optimum=None),
        factory.record(algorithm="fasterpam", k=4, setting="tolerance=0.5"),
        factory.record(algorithm="pam", k=5),  # not eager
        factory.record(algorithm="fastpam2", k=6),
    ]
    assert eager_results(rows_frame(records))["k"].tolist() == [2, 6]
