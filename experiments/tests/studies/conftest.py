import pytest

from kmedoids_bench.experiments.exhibits import plots


@pytest.fixture(scope="module", autouse=True)
def no_layout():
    """Figures are not laid out here, which is most of the work; test_page.py does it, for every study."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plots, "settle", lambda figure: None)
        yield
