import os
import subprocess
import sys

import numba
import pytest

from kmedoids_bench.algorithms.kernel import kernel


@kernel
def quotient(a, b):
    return a / b


@pytest.mark.skipif(
    numba.config.DISABLE_JIT, reason="how division is compiled; Python itself raises an error"
)
def test_division_by_zero_follows_ieee_754():
    assert quotient(1.0, 0.0) == float("inf")


def test_machine_code_is_kept_only_in_a_folder_that_is_named(tmp_path):
    code = "import numpy as np; from kmedoids_bench.algorithms.loss import improves; improves(1.0, 2.0)"
    for folder, kept in ((None, False), (tmp_path / "cache", True)):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("NUMBA_")}
        if folder is not None:
            environment["NUMBA_CACHE_DIR"] = str(folder)
        subprocess.run([sys.executable, "-c", code], env=environment, check=True, cwd=tmp_path)
        assert bool(list(tmp_path.rglob("*.nbi"))) == kept
