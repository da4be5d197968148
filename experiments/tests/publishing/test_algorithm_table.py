from pathlib import Path

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.experiments.publishing.algorithm_table import table

README = Path(__file__).resolve().parents[3] / "algorithms" / "README.md"


def test_the_readme_shows_the_table_of_the_registry():
    text = README.read_text(encoding="utf-8")
    begin = text.index("-->\n", text.index("<!-- algorithms: begin")) + 4
    shown = text[begin : text.index("<!-- algorithms: end")]
    assert shown.strip() == table().strip(), "run: python -m kmedoids_bench.experiments algorithms"


def test_every_algorithm_has_a_line():
    lines = [line for line in table().splitlines() if line.startswith("| ")]
    assert len(lines) == 2 + len(algorithms())
    assert "| FastPAM1 | `fastpam1` | Schubert 2021 |" in table()
