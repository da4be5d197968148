"""The import rules of pyproject.toml, checked by import-linter: `python experiments/tests/tools/imports.py`.

import-linter takes what lies in a package from its folder, and the folders of ours lie beside each other. Links bring
them to one place, without the package's own file: a root of import-linter must not lie in another package.
"""

import os
import tempfile
from pathlib import Path

from importlinter.cli import lint_imports_command

ROOT = Path(__file__).resolve().parents[3]

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        package = Path(folder, "kmedoids_bench")
        package.mkdir()
        for name in ("algorithms", "datasets", "experiments"):
            (package / name).symlink_to(ROOT / name)
        os.chdir(folder)
        # Not a cache: the folder is another one each time.
        lint_imports_command(["--config", str(ROOT / "pyproject.toml"), "--no-cache"])
