"""Makes `naive` and `problems` importable, and hypothesis repeatable and quick."""

import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile(
    "kernels",
    deadline=None,  # the first call compiles
    derandomize=True,
    max_examples=400 if os.environ.get("KMEDOIDS_BENCH_PROOF") else 60,  # see `make proof`
    suppress_health_check=[HealthCheck.too_slow],
)
# For mutants.py, which only asks whether a test fails, not for the smallest example.
settings.register_profile(
    "mutants", settings.get_profile("kernels"), phases=[Phase.generate], report_multiple_bugs=False
)
settings.load_profile("kernels")
