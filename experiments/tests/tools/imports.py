"""The import rules of pyproject.toml, checked by import-linter: `python experiments/tests/tools/imports.py`.

import-linter takes what lies in a package from its folder, and the folders of ours lie beside each other. Among the
links of `.typings` they are in one place.
"""

import os
from pathlib import Path

from importlinter.cli import lint_imports_command

ROOT = Path(__file__).resolve().parents[3]

if __name__ == "__main__":
    os.chdir(ROOT / ".typings")
    lint_imports_command(["--config", str(ROOT / "pyproject.toml"), "--cache-dir", str(ROOT / ".import_linter_cache")])
