from kmedoids_bench.experiments.tests.tools import architecture


def test_every_room_is_described_and_drawn():
    page = architecture.page()
    for room in ("algorithms/core", "datasets", "experiments/studies", "experiments/harness"):
        assert f"### {room}\n" in page
    assert "`intervals.py` Every interval of the project" in page


def test_arrows_that_follow_from_others_are_left_out():
    rooms = {"a": {"b", "c"}, "b": {"c"}, "c": set()}
    assert architecture.arrows(rooms) == [("a", "b"), ("b", "c")]


def test_imports_are_those_of_the_file():
    path = architecture.ROOT / "experiments" / "studies" / "answer.py"
    assert {"experiments.analysis", "experiments.exhibits"} <= architecture.imported(path)
