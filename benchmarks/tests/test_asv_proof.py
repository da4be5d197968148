import importlib
import time
from pathlib import Path
from types import SimpleNamespace

import asv_compare
import asv_proof
import pytest
from asv_compare import Measured

ROOT = Path(__file__).resolve().parents[2]


def test_the_proof_reads_what_the_comparison_prints(monkeypatch, capsys):
    names = [f"kernels.Time.time_call('plain {name}')" for name in ("pam", "build", "lab")]
    names += [name.replace("kernels.Time.time_call", "instructions.Instructions.track_instructions") for name in names]
    before = {name: Measured(1.0) for name in names}
    after = before | {names[0]: Measured(1.2), names[1]: Measured(0.8), names[5]: Measured(1.05)}
    monkeypatch.setattr(asv_compare, "measure", lambda *arguments: True)
    monkeypatch.setattr(asv_compare, "measured", lambda commit: after if commit == "head" else before)
    status = asv_compare.compare("base", "head", [])
    said = asv_proof.answer(status, 1.0, capsys.readouterr().out)
    assert (said.status, said.times, said.instructions) == (asv_proof.SLOWER, "1 of 3", "1 of 3")
    assert said.called == {"slower": 1, "faster": 1, "more work": 1}
    assert asv_proof.answer(2, 1.0, "").times == "-"


@pytest.mark.parametrize("change", asv_proof.PLANTS, ids=lambda change: change.name)
def test_the_proof_can_plant_its_changes(change):
    source = (ROOT / change.file).read_text(encoding="utf-8")
    assert source.count(change.old) == 1
    compile(source.replace(change.old, change.new), change.file, "exec")


def test_a_slowed_algorithm_takes_the_planted_time(monkeypatch):
    (change,) = (change for change in asv_proof.PLANTS if change.name == "20 % slower")
    names = {"importlib": importlib}
    exec(f"def call(self):\n{change.new}", names)
    slowed = names["call"](SimpleNamespace(module="posixpath", function="basename"))
    clock = [0.0, 10.0, 11.0, 11.9, 12.1, 13.0]
    monkeypatch.setattr(time, "process_time", lambda: clock.pop(0))
    assert slowed("folder/file") == "file"
    assert clock == [13.0]
