"""Studies: one question each, in a folder of its own. `study` says what such a folder holds.

To add one, add a folder: `studies()` finds it. A profile names it under ``studies``, and the files of claims may use
its quantities.
"""

import importlib
import pkgutil
from functools import cache

from kmedoids_bench.experiments.studies.study import Study


@cache
def studies() -> dict[str, Study]:
    """Return the declarations of all studies by name, in alphabetical order."""
    folders = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg)
    return {name: importlib.import_module(f"{__name__}.{name}").STUDY for name in folders}
