"""What `make` does around the workflow."""

import subprocess
from pathlib import Path

MAKEFILE = Path(__file__).parents[3] / "Makefile"


def test_what_could_not_be_had_is_asked_for_again(tmp_path):
    (command,) = [line for line in MAKEFILE.read_text().splitlines() if line.startswith("ASK_AGAIN = ")]
    command = command.partition(" = ")[2].replace("$(1)", "quick")
    assert "$(ASK_AGAIN)" in MAKEFILE.read_text()
    for profile in ("quick", "paper"):
        folder = tmp_path / "results" / "work" / profile / "matrices"
        folder.mkdir(parents=True)
        (folder / "digits.json").write_text('{\n "unavailable": null\n}')
        (folder / "mnist.json").write_text('{\n "unavailable": {\n  "what": "dataset mnist"\n }\n}')
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    left = [str(path.relative_to(tmp_path / "results" / "work")) for path in sorted(tmp_path.rglob("*.json"))]
    assert left == ["paper/matrices/digits.json", "paper/matrices/mnist.json", "quick/matrices/digits.json"]
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)  # nothing to forget
