import pytest
from click.testing import CliRunner


@pytest.fixture
def call_on_rows(some, monkeypatch):
    """Call a command on the rows of the made-up run."""
    monkeypatch.setattr("kmedoids_bench.experiments.kit.stored.stored", lambda run, profile: some)
    return lambda command, *words: CliRunner().invoke(command, [*map(str, words)])
