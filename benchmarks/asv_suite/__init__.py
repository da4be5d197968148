"""Benchmarks of the algorithms over the history of this repository; run by asv, see asv.conf.json.

numba decides whether compiled code is stale by the file of the compiled function alone, and asv installs every
commit to the same place: after an edit of an imported file both commits would run the machine code of the first. So
each state of the algorithms' sources gets a cache folder of its own, which serves every round and every commit that
leaves them as they are. This has to happen before numba is imported.
"""

import hashlib
import os
import sys
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path


def _sources():
    """Return a hash of the sources of the algorithms that this environment has installed."""
    total = hashlib.sha256()
    package = find_spec("kmedoids_bench.algorithms")
    for folder in (package and package.submodule_search_locations) or ():
        for path in sorted(Path(folder).rglob("*.py")):
            total.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


if "ASV_ENV_DIR" in os.environ:
    os.environ["NUMBA_CACHE_DIR"] = str(Path(os.environ["ASV_ENV_DIR"]).resolve() / "numba-cache" / _sources())

# The process that asv forks every benchmark from: what it imports, the benchmarks need not. That is mostly numba.
if "run_server" in sys.argv:
    with suppress(ImportError):  # a commit without the tuned tier
        import_module("kmedoids_bench.algorithms.tuned")
