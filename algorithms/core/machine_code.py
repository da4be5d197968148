"""Where machine code is kept: a folder for each state of the sources. Imports no numba.

numba notices an edit of a function's own file only, not of the files it imports (numba#1833, #9483), and would hand out
machine code of yesterday's source.
"""

import contextlib
import hashlib
import os
from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def folder_in(caches: Path) -> Path:
    """Return the folder for the machine code of this state of the algorithms, below `caches`."""
    state = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        if "tests" not in path.relative_to(PACKAGE).parts:
            state.update(path.name.encode() + b"\0" + path.read_bytes())
    return caches / state.hexdigest()[:16]


def folder_of_user() -> str:
    """Return the folder among the caches of the user, and make it; empty if it cannot be made or is somebody else's."""
    with contextlib.suppress(OSError, RuntimeError):  # HOME is missing, or cannot be written
        caches = Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser())
        folder = folder_in(caches / "kmedoids-bench")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The files are pickles: those of somebody else could run anything.
        if not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid():
            return str(folder)
    return ""


def chosen_folder() -> str:
    """Return what NUMBA_CACHE_DIR says, or else the user's folder; empty if no machine code is to be kept."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    return folder_of_user() if named is None else named


def is_there() -> bool:
    """Whether a process has kept machine code for this state of the algorithms."""
    folder = chosen_folder()
    return bool(folder) and any(Path(folder).rglob("*.nbi"))
