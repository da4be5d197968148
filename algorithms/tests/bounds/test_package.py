import pytest

from kmedoids_bench.algorithms import bounds


def test_functions_are_imported_when_they_are_asked_for():
    assert dir(bounds) == ["certify", "lower_bound", "optimal"]
    for name in dir(bounds):
        assert getattr(bounds, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'missing'"):
        _ = bounds.missing
