import copy

import pytest
import yaml

from kmedoids_bench.experiments.planning.configuration import (
    FOLDER,
    BadConfiguration,
    configuration_of,
    read_configuration,
)
from kmedoids_bench.experiments.planning.plan import check_names

PROFILES = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "schema.yaml")
GOOD = yaml.safe_load((FOLDER / "smoke.yaml").read_text())


def changed(*path, value):
    raw = copy.deepcopy(GOOD)
    place = raw
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return raw


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_profile_is_valid_and_named_after_its_file(path):
    configuration = read_configuration(path)
    check_names(configuration)
    assert configuration.profile == path.stem


GRID = ("studies", "swap_time", "grids", 0)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (changed("colour", value="red"), "top level: .*'colour' was unexpected"),
        (changed("limits", "call_second", value=1), "limits: .*'call_second' was unexpected"),
        (changed(*GRID, "ks", value=[1]), "studies.swap_time.grids.0: .*'ks' was unexpected"),
        (changed(*GRID, "k", value=[0]), "studies.swap_time.grids.0.k.0: 0 is less than the minimum"),
        (changed(*GRID, "k", value="ten"), "studies.swap_time.grids.0.k: 'known' was expected"),
        (changed(*GRID, "dtype", value="float16"), "'float16' is not one of"),
        (changed("sampling", "rounds", value=0), "sampling.rounds: 0 is less than"),
        ({"profile": "x"}, "'title' is a required property"),
        ("text", "top level: 'text' is not of type 'object'"),
        (None, "top level: None is not of type"),
    ],
)
def test_what_the_schema_forbids_is_said_with_its_place(raw, message):
    with pytest.raises(BadConfiguration, match=message):
        configuration_of(raw, "x.yaml")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (changed(*GRID, "datasets", value=["digitz"]), "dataset 'digitz' is not known, must be one of"),
        (changed(*GRID, "starts", value=["pam"]), "start 'pam' is not known"),
        (changed(*GRID, "metric", value="gower"), "metric='gower': the objects of digits are rows of numbers"),
        (changed(*GRID, "metric", value="euclidian"), "unknown metric 'euclidian'"),
        (changed(*GRID, "algorithms", value=["build"]), "algorithm 'build' is not known"),
        (changed("studies", "nonsense", value={"grids": GOOD["studies"]["swap_time"]["grids"]}), "study 'nonsense'"),
    ],
)
def test_unknown_names_are_said(raw, message):
    with pytest.raises(BadConfiguration, match=message):
        check_names(configuration_of(raw, "x.yaml"))


def test_a_grid_of_several_sizes_is_several_grids():
    raw = changed(*GRID, "n", value=[100, 200])
    sizes = [grid.n for study, grid in configuration_of(raw, "x").grids() if study == "swap_time"]
    assert sizes == [100, 200]
    assert [grid.n for study, grid in configuration_of(GOOD, "x").grids() if study == "swap_time"] == [400]


@pytest.mark.parametrize("n", [[], [1], [100, 100], "all", [100.5]])
def test_sizes_that_are_none(n):
    with pytest.raises(BadConfiguration, match="n"):
        configuration_of(changed(*GRID, "n", value=n), "x")
