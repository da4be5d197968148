import copy
import math
import os
import re

import pytest
import yaml

from kmedoids_bench.experiments.planning.profile import FOLDER, BadProfile, profile_of, read_profile

GOOD = yaml.safe_load((FOLDER / "smoke.yaml").read_text())


def changed(*path, value):
    raw = copy.deepcopy(GOOD)
    place = raw
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return raw


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_profile_is_valid_and_named_after_its_file(path):
    assert read_profile(path).name == path.stem


GRID = ("studies", "swap_time", "grids", 0)
PLACE = "studies.swap_time.grids.0"


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (changed("colour", value="red"), "top level: 'colour' is not a key .*allowed: profile, title, studies"),
        (changed("limits", "call_second", value=1), "limits: 'call_second' .*did you mean 'call_seconds'"),
        (changed(*GRID, "ks", value=[1]), f"{PLACE}: 'ks' is not a key .*did you mean 'k'"),
        (changed(*GRID, "k", value=[0]), f"{PLACE}.k.0: must be greater than or equal to 1, not 0"),
        (changed(*GRID, "k", value="ten"), f"{PLACE}.k: must be a list of numbers or the word 'known', not 'ten'"),
        (changed(*GRID, "k", value=None), f"{PLACE}.k: must be a list of numbers or the word 'known', not None"),
        (changed(*GRID, "k", value=[2, 2]), f"{PLACE}.k: 2 stands twice"),
        (changed(*GRID, "seeds", value=0), f"{PLACE}.seeds: must not be empty"),
        (changed(*GRID, "seconds", value=0), f"{PLACE}.seconds: must be greater than 0, not 0"),
        (changed(*GRID, "dtype", value="float16"), f"{PLACE}.dtype: 'float16' is not a dtype, did you mean 'float64'"),
        (changed("repetitions", "rounds", value=0), "repetitions.rounds: must be greater than or equal to 1, not 0"),
        (changed("repetitions", "rounds", value="5"), "repetitions.rounds: must be a valid integer, not '5'"),
        (changed("limits", value=3), "limits: must be a mapping with the keys call_seconds, memory_gib, not 3"),
        (changed("studies", value={}), "studies: must not be empty"),
        (changed("profile", value="two words"), "profile: .*pattern.*, not 'two words'"),
        ({"profile": "x"}, "title: is required\n  studies: is required"),
        ("text", "top level: must be a mapping with the keys profile, .*, not 'text'"),
        (None, "top level: must be a mapping with .*, not None"),
        (
            changed(*GRID, "datasets", value=["digitz"]),
            f"{PLACE}.datasets.0: 'digitz' is not a dataset, did you mean 'd",
        ),
        (changed(*GRID, "starts", value=["pam"]), f"{PLACE}.starts.0: 'pam' is not a start .*allowed: .*build, "),
        (
            changed(*GRID, "metric", value="gower"),
            f"{PLACE}: metric='gower': the objects of digits are rows of numbers",
        ),
        (changed(*GRID, "metric", value="euclidian"), f"{PLACE}: unknown metric 'euclidian'"),
        (changed(*GRID, "k", value="known"), f"{PLACE}: k: no number of medoids is known for 'digits'"),
        (
            changed(*GRID, "algorithms", value=["build"]),
            f"{PLACE}.algorithms: 'build' is not an algorithm of swap_time",
        ),
        (changed(*GRID, "libraries", value=["elki"]), f"{PLACE}.libraries: 'elki' is not a library of this profile"),
        (changed("studies", "swaptime", value={"grids": []}), "studies.swaptime: .*did you mean 'swap_time'"),
        (changed(*GRID, "n", value=5000), f"{PLACE}: n=5000: digits has 1797 objects, choose 1 to 1797"),
        (changed(*GRID, "n", value=60.0), f"{PLACE}.n.0: must be a valid integer, not 60.0"),
        (changed(*GRID, "k", value=[2, 401]), f"{PLACE}: k: 401 is more than the 400 objects of the largest matrix"),
        (
            changed(*GRID, "dtype", value="int32"),
            f"{PLACE}: dtype='int32': euclidean gives no whole numbers, choose fl",
        ),
        (
            changed(*GRID, value={"datasets": ["names"], "k": [2], "starts": ["random"], "matrix": False}),
            f"{PLACE}: matrix: 'names' has no coordinates, so its matrix is needed",
        ),
        (changed(*GRID, "metric", value="haversine"), f"{PLACE}: Haversine distance only valid in 2 dimensions"),
        (changed(*GRID, "seeds", value=[10**30]), f"{PLACE}.seeds.0: must be less than 2147483648, not 1000000"),
        (changed(*GRID, "seeds", value=10**9), f"{PLACE}.seeds: must be a valid list, not 1000000000"),
        (changed(*GRID, "seeds", value=-1), f"{PLACE}.seeds: must be a valid list, not -1"),
        (changed("limits", "call_seconds", value=math.nan), "limits.call_seconds: must be a finite number, not nan"),
        (changed("limits", "call_seconds", value=math.inf), "limits.call_seconds: must be a finite number, not inf"),
        (
            changed("limits", "memory_gib", value=1e10),
            "limits.memory_gib: must be less than .* 1000000000, not 1000000000",
        ),
        (changed("limits", "memory_gib", value=10**400), "limits.memory_gib: must be a valid number, not 10000"),
        (
            changed("repetitions", "series", value=10**6),
            "repetitions.series: must be less than or equal to 10000, not 1",
        ),
    ],
)
def test_a_mistake_is_reported_with_its_place_and_what_is_allowed(raw, message):
    with pytest.raises(BadProfile, match=r"x.yaml is not a valid profile:\n  " + message):
        profile_of(raw, "x.yaml")


def test_all_mistakes_are_reported_at_once():
    with pytest.raises(BadProfile) as caught:
        profile_of(changed(*GRID, value={"datasets": [], "k": 3, "starts": ["bild"]}), "x.yaml")
    assert len(str(caught.value).splitlines()) == 4


SMOKE = (FOLDER / "smoke.yaml").read_text()
BOMB = "\n".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9) if i else 'x'}]" for i in range(12)) + "\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "while parsing a flow node"),
        (
            SMOKE.replace("profile: smoke", "profile: quick"),
            "profile: must be 'smoke', the name of the file, not 'quick'",
        ),
        (f"{SMOKE}limits:\n  call_seconds: 7\n", "line 35: the key 'limits' stands twice"),
        (SMOKE.replace("        n: 400\n", "        n: 400\n        n: 300\n", 1), "line 10: the key 'n' stands twice"),
        (SMOKE.replace("k: [10, 30]", "k: [10], k: [30]"), "line 22: the key 'k' stands twice"),
        ("[" * 100_000, "line 1: lists or mappings are nested too deeply"),
        ("{a: " * 100_000, "line 1: lists or mappings are nested too deeply"),
        ("a: " + "\n" + "- " * 100_000, "line 2: lists or mappings are nested too deeply"),
        (BOMB, "top level: 'a0' is not a key"),
        (f"{BOMB}profile: *a11\n", "top level: 'a0' is not a key"),
        (SMOKE.replace("[digits]", "[*x]", 1), "found undefined alias"),
        (SMOKE.replace("profile: smoke", "profile: !!python/name:os.system"), "could not determine a constructor"),
        (f"{SMOKE}x: {'9' * 5000}\n", "line 35: .* is too long"),
        (f"{SMOKE}x: 0x{'f' * 5000}\n", "line 35: .* is too long"),
        (f"{SMOKE}\0", "control characters are not allowed|special characters are not allowed"),
    ],
    ids=range(15),
)
def test_a_file_that_is_no_profile_is_one_message_that_names_it(tmp_path, text, message):
    (tmp_path / "smoke.yaml").write_text(text)
    with pytest.raises(BadProfile, match=r"smoke.yaml is not a valid profile") as caught:
        read_profile(tmp_path / "smoke.yaml")
    assert re.search(message, str(caught.value))
    assert len(str(caught.value)) < 3000


def test_a_key_that_a_merged_mapping_has_too_stands_once():
    raw = read_profile(FOLDER / "paper.yaml").raw  # it merges mappings and replaces some of their keys
    assert raw == yaml.safe_load((FOLDER / "paper.yaml").read_text())


def test_what_is_no_file_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "x.yaml")  # to read it would take for ever
    with pytest.raises(BadProfile, match="x.yaml is not a valid profile:\n  this is no file"):
        read_profile(tmp_path / "x.yaml")


def test_a_grid_of_several_sizes_needs_several_matrices():
    grid, *_ = [grid for _, grid in profile_of(changed(*GRID, "n", value=[100, 200]), "x").grids()]
    assert [request.n for request in grid.matrices] == [100, 200]
    grid, *_ = [grid for _, grid in profile_of(GOOD, "x").grids()]
    assert [request.n for request in grid.matrices] == [400]


def test_a_number_of_seeds_counts_from_zero():
    grid, *_ = [grid for _, grid in profile_of(changed(*GRID, "seeds", value=3), "x").grids()]
    assert grid.seeds == [0, 1, 2]


@pytest.mark.parametrize("n", [[], [1], [100, 100], "all", [100.5], True])
def test_bad_numbers_of_objects(n):
    with pytest.raises(BadProfile, match=f"{PLACE}.n"):
        profile_of(changed(*GRID, "n", value=n), "x")
