"""What CONTRIBUTING.md promises of additions to the experiments: each is made in one place and found from there.

`test_registry`, `test_references` and `test_dataset` show the same for algorithms, libraries and datasets.
"""

import dataclasses
import importlib
import re
import sys
from pathlib import Path

import numpy as np
import pytest

import kmedoids_bench.experiments.studies as package
from kmedoids_bench.experiments.analysis import intervals
from kmedoids_bench.experiments.claims.reading import claims
from kmedoids_bench.experiments.claims.verdicts import decide
from kmedoids_bench.experiments.harness import record
from kmedoids_bench.experiments.harness.cell import Block, Cell, Contender, Data, Start
from kmedoids_bench.experiments.harness.store import Store
from kmedoids_bench.experiments.planning.profile import profile_of
from kmedoids_bench.experiments.rows import lines, reading, row
from kmedoids_bench.experiments.rows.row import Row, RowColumn, columns, optional
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.answer import answer

ROOT = Path(__file__).resolve().parents[2]

STUDY = {
    "__init__.py": """
from kmedoids_bench.experiments.studies.study import Study, quantities
STUDY = Study(name="toy", title="T", question="Q", algorithms=("pam",), timed=False,
              quantities=quantities("ratio", mean_loss="The mean loss"))
""",
    "analysis.py": """
from types import SimpleNamespace
from kmedoids_bench.experiments.analysis.measure import Measure
def analyse(rows):
    return SimpleNamespace(frame=rows[["loss"]], measures={"mean_loss": [Measure.of_sample(rows["loss"], "here")]})
""",
    "exhibits.py": """
from kmedoids_bench.experiments.exhibits import columns
from kmedoids_bench.experiments.exhibits.exhibit import Table
def tables(result):
    return {"losses": Table(result.frame, "Losses", columns.ratios("loss"))}
def figures(result):
    return {}
def findings(result):
    yield "One."
""",
}
CLAIM = """
claims:
  - {id: 1, group: g, papers: [A], source: abstract, statement: s, quantity: q,
     criteria: [{measure: toy.mean_loss, least: 2}]}
"""
PROFILE = {
    "profile": "x",
    "title": "A title",
    "limits": {"call_seconds": 10, "memory_gib": 1},
    "repetitions": {"series": 1, "rounds": 4, "seconds": 1},
    "studies": {"toy": {"grids": [{"datasets": ["digits"], "k": [2], "starts": ["random"]}]}},
}


@pytest.fixture
def toy(tmp_path, monkeypatch):
    """The folder of a study, beside those of the project."""
    (tmp_path / "toy").mkdir()
    for name, text in STUDY.items():
        (tmp_path / "toy" / name).write_text(text)
    importlib.invalidate_caches()
    with monkeypatch.context() as patch:
        patch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
        studies.cache_clear()
        yield
    studies.cache_clear()
    for name in [name for name in sys.modules if name.startswith(f"{package.__name__}.toy")]:
        del sys.modules[name]


@pytest.mark.usefixtures("toy")
def test_a_study_is_a_folder_that_profiles_and_claims_may_name(factory, tmp_path):
    assert set(profile_of(PROFILE, "x").studies) == {"toy"}
    rows = reading.rows_frame([factory.record(loss=loss) for loss in (4.0, 5.0, 6.0)])
    result = answer(studies()["toy"], rows)
    assert result.tables["losses"].frame["loss"].tolist() == [4, 5, 6]
    (tmp_path / "claims.yaml").write_text(CLAIM)
    (claim,) = claims(tmp_path / "claims.yaml")
    measures = {f"toy.{name}": those for name, those in result.measures.items()}
    assert decide(claim, measures)[0].verdict == "reproduced"


@pytest.mark.parametrize("by", ["worker", "machine"])
def test_a_column_is_declared_in_one_place(factory, monkeypatch, tmp_path, by):
    """Measured, written, read, typed and explained: nothing else has to know of it."""

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class Longer(Row):
        temperature: float | None = optional("of the processor, in degrees Celsius")

    for module in (row, reading, lines, record):
        monkeypatch.setattr(module, "columns", lambda: columns(Longer))
    monkeypatch.setattr(record, "Row", Longer)
    monkeypatch.setattr(record, "source_of", lambda contender: "source")
    value, circumstances = {"temperature": 61.5}, record.machine()
    monkeypatch.setattr(record, "machine", lambda: circumstances | (value if by == "machine" else {}))
    np.save(tmp_path / "matrix.npy", np.ones((4, 4)) - np.eye(4))
    start = Start(name="random", seed=0, medoids=(0, 1))
    cell = Cell(dataset="d", n=4, k=2, dtype="float64", metric="m", matrix_sha256="sha", start=start)
    contender = Contender(implementation="x", algorithm="pam", order="C", tier="plain")
    result = {"seconds": 0.1, "timed": True, "memory": 7, "medoids": [0, 1]} | (value if by == "worker" else {})
    with Store(tmp_path / "rows.jsonl") as store:
        recorder = record.Recorder(store, {"sha": Data(tmp_path / "matrix.npy")})
        recorder.measured(Block(cell, ()), contender, result, {"round": 0, "position": 0})
    rows = reading.read_rows([tmp_path / "rows.jsonl"])
    assert rows["temperature"].tolist() == [61.5]
    assert rows["temperature"].dtype == "float64"
    assert reading.rows_frame([factory.record()])["temperature"].isna().all()
    assert row.columns()[-1] == RowColumn("temperature", float, "of the processor, in degrees Celsius", False)


@pytest.mark.parametrize("study", ["swap_time", "iterations"])
def test_every_interval_is_made_by_one_module(study, factory, rows, classes, monkeypatch):
    """Of pairs and slopes in one study, of independent values in the other; in measures and in tables."""
    counters = [{"n_passes": 10 + seed, "n_swaps": 9 + seed, "n_evaluations": 90 + seed} for seed in range(6)]
    seeds = [
        factory.record(algorithm="fastpam1", start="random", k=10, seed=seed, seconds=None, **counts)
        for seed, counts in enumerate(counters)
    ]
    of_study = {"swap_time": rows[rows["dataset"] == "digits"], "iterations": reading.rows_frame(seeds)}[study]
    of_study = of_study.assign(result_class=of_study["contender"].map(classes))

    def widths():
        result = answer(studies()[study], of_study, draw=False)
        ends = [(one.low, one.high) for those in result.measures.values() for one in those if one.interval]
        for table in result.tables.values():
            for column in table.columns:
                if column.interval:
                    ends += table.frame[list(column.interval)].dropna().to_numpy(float).tolist()
        return np.array([high - low for low, high in ends])

    wide = widths()
    monkeypatch.setattr(intervals, "LEVEL", 0.5)
    narrow = widths()
    vary = wide > 1e-9  # counters of made-up rows do not
    assert vary.sum() > 1
    assert (narrow[vary] < wide[vary]).all()


def test_the_recipes_name_files_that_exist():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = re.findall(r"`((?:algorithms|datasets|experiments)/[^`<>\s]+)`", text)
    assert len(paths) > 10
    assert [path for path in paths if not list(ROOT.glob(path))] == []
