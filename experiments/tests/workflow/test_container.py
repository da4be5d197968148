"""The two recipes of the image install the same, and a folder of the host in the place of results is no change."""

import re
import subprocess
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
IMAGE = ROOT / "experiments" / "envs" / "image.sh"
OCI, APPTAINER = (
    (ROOT / name).read_text() for name in ("Containerfile", "experiments/workflow/apptainer/kmedoids-bench.def")
)


def packages(recipe):
    (words,) = re.findall(r"--no-install-recommends \\\n\s+(.+?)(?: \\)?\n", recipe)
    return words.split()


def test_both_recipes_have_the_same_base_packages_and_steps():
    (base,) = re.findall(r"^FROM (.+)$", OCI, re.MULTILINE)
    assert re.findall(r"^From: (.+)$", APPTAINER, re.MULTILINE) == [base]
    assert re.fullmatch(r"debian:\d+\.\d+-slim", base)  # no tag that moves on
    assert packages(OCI) == packages(APPTAINER)
    assert {"python3-venv", "make", "r-cran-cluster", "r-cran-jsonlite"} <= set(packages(OCI))
    step = "git reset --quiet --hard && sh experiments/envs/image.sh"
    assert step in OCI
    assert step in APPTAINER


def test_results_of_the_host_are_no_change_of_the_project(tmp_path):
    published = tmp_path / "results" / "published" / "paper" / "report.html"
    published.parent.mkdir(parents=True)
    published.write_text("x")
    (tmp_path / "README.md").write_text("x")
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *words], cwd=tmp_path, check=True)
    (line,) = re.findall(r"^git ls-files .*$", IMAGE.read_text(), re.MULTILINE)
    subprocess.run(["sh", "-c", line], cwd=tmp_path, check=True)

    def changes():
        words = ["git", "status", "--porcelain"]
        return subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    published.unlink()
    assert changes() == ""
    (tmp_path / "README.md").write_text("y")
    assert "README.md" in changes()


def test_git_reaches_the_image_without_what_may_hold_a_password():
    patterns = (ROOT / ".dockerignore").read_text().splitlines()
    assert patterns[1:] == ["*", "!.git", ".git/config", ".git/hooks"]
    assert APPTAINER.index("rm -f .git/config") < APPTAINER.index("git reset")


def test_continuous_integration_runs_the_image_without_a_network():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text())
    commands = [step.get("run", "") for step in workflow["jobs"]["image"]["steps"]]
    assert any("docker build --file Containerfile" in command for command in commands)
    assert any("--network none" in command and command.endswith("make smoke") for command in commands)
