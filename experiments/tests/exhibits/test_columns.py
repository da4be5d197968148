from kmedoids_bench.experiments.exhibits import columns
from kmedoids_bench.experiments.exhibits.exhibit import Column


def test_no_heading_and_no_source_is_defined_twice():
    shared = [value for value in vars(columns).values() if isinstance(value, Column)]
    assert len({column.heading for column in shared}) == len({column.source for column in shared}) == len(shared)
