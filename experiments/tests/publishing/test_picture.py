from pathlib import Path

import pytest

from kmedoids_bench.experiments.publishing.picture import picture


@pytest.mark.proof
def test_the_picture_is_drawn_from_the_published_run():
    assert picture() == (Path(__file__).resolve().parents[3] / "docs" / "speedup.svg").read_bytes()
