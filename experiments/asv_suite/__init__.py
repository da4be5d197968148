"""Benchmarks of the algorithms over the history of this repository; run by asv, see asv.conf.json.

numba decides whether compiled code is stale by the file of the compiled function alone, and asv installs
every commit to the same place: after an edit of an imported file both commits would run the machine code of
the first. So each commit gets a cache folder of its own; this has to happen before numba is imported.
"""

import os
from pathlib import Path

if commit := os.environ.get("ASV_COMMIT"):
    home = Path(os.environ.get("ASV_ENV_DIR", ".")).resolve()
    os.environ["NUMBA_CACHE_DIR"] = str(home / "numba-cache" / commit)
