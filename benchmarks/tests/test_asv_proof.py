from pathlib import Path

import asv_proof
import pytest
from asv_compare import Measured, table

ROOT = Path(__file__).resolve().parents[2]


def test_the_proof_reads_what_the_comparison_prints():
    name = f"kernels.Time.time_call('{asv_proof.PLANTED}')"
    printed = table({name: Measured(1.0, (1.0, 1.0))}, {name: Measured(1.2, (1.2, 1.2))})
    output = f"{printed}\n\nVerdict: SLOWER or larger, found twice:"
    assert asv_proof.answer(output) == ("SLOWER", "1.20")
    assert asv_proof.answer("Verdict: OTHER RESULTS. If") == ("OTHER RESULTS", "-")
    assert asv_proof.answer("Verdict: good. Nothing") == ("good", "-")
    assert asv_proof.answer("") == ("none", "-")


@pytest.mark.parametrize("change", [*asv_proof.PLANTS, asv_proof.UNCHANGED], ids=lambda change: change.name)
def test_the_proof_can_plant_its_changes(change):
    source = (ROOT / asv_proof.KERNEL).read_text(encoding="utf-8")
    assert source.count(change.old) == 1
    compile(source.replace(change.old, change.new), asv_proof.KERNEL, "exec")
