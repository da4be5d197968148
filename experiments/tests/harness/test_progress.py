from kmedoids_bench.experiments.harness.cell import Block, Cell, Contender, Lane, Start
from kmedoids_bench.experiments.harness.progress import Progress


def test_the_bar_is_full_when_all_lanes_are_finished(capsys):
    start = Start(name="build", seed=None, medoids=(0, 1))
    cell = Cell(dataset="d", n=100, k=2, dtype="float32", metric="m", matrix_sha256="", start=start)
    lanes = tuple(
        Lane(Contender(implementation=name, algorithm="pam", order="C", tier="plain"), 4) for name in ("a", "b")
    )
    block = Block(cell, lanes)
    with Progress("data", [block], lambda lane, cell: 1.0) as progress:
        for lane in lanes:
            for _ in range(10):  # more runs than planned never overshoot
                progress.advance(block, lane, False)
        assert progress.n < progress.total
        for lane in lanes:
            progress.advance(block, lane, True)
        assert abs(progress.n - progress.total) < 1e-9
    assert "left" in capsys.readouterr().err
