"""Makes `naive` and `problems` importable, and hypothesis repeatable and quick."""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile(
    "kernels",
    deadline=None,  # the first call compiles
    derandomize=True,
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kernels")
