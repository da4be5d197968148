import re
from pathlib import Path

from kmedoids_bench.experiments import registry


def test_everything_is_found():
    assert {"swap_time", "agreement"} <= set(registry.studies())
    assert {"digits", "plants_texture", "pmed40"} <= set(registry.datasets())
    assert "kmedoids_055" in registry.references()
    assert "fasterpam" in registry.algorithms()


def test_studies_ask_for_algorithms_that_exist():
    for study in registry.studies().values():
        offered = {name for reference in registry.references().values() for name in reference.algorithms}
        assert set(study.algorithms) <= set(registry.algorithms()) | offered


def test_the_readme_names_every_version_that_takes_part():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for reference in registry.references().values():
        for version in re.findall(r"\d+(?:\.\d+)+", reference.title):
            assert version in readme, reference.title
