"""Which rules run again after an edit: real Snakemake, in a copy of the project whose results are up to date."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.audit.subject import implementations

ROOT = Path(__file__).resolve().parents[3]
COPIED = ("algorithms", "datasets", "experiments")

# Snakemake is imported once; each of its dry runs is then cheap.
DRIVER = """
import contextlib, io, json, os, re, sys
from pathlib import Path
from snakemake.cli import main

OLD, MADE = 1e9, 1.5e9

def jobs():
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output), contextlib.suppress(SystemExit):
        main(["-n", "--configfile", "experiments/profiles/smoke.yaml", "--cores", "1", "all", "audit"])
    table = output.getvalue().partition("Job stats:")[2].partition("total")[0]
    return dict(re.findall(r"^(\\w+) +(\\d+)$", table, re.MULTILINE))

for path in map(Path, sys.argv[1].split()):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path, (MADE, MADE))

answers = {}
for edited in sys.argv[2:]:
    os.utime(edited)
    answers[edited] = jobs()
    os.utime(edited, (OLD, OLD))
print(json.dumps(answers | {"": jobs()}))
"""

PAGE, AUDIT = {"report"}, {"audit_implementation", "audit"}
EXPECTED = {
    "": set(),
    "experiments/claims/claims.yaml": PAGE,
    "experiments/claims/verdicts.py": PAGE,
    "experiments/report/templates/page.html.j2": PAGE,
    "experiments/studies/swap_time/exhibits.py": PAGE,
    "experiments/analysis/ratios.py": PAGE,
    "experiments/studies/swap_time/__init__.py": {"measure", *PAGE},
    "datasets/pmed.py": {"matrices", "measure", *PAGE},
    "algorithms/swaps/pam.py": {"measure", *PAGE, *AUDIT},
    "algorithms/references/cluster/adapter.R": {"measure", *PAGE, *AUDIT},
    "experiments/audit/questions.py": AUDIT,
    "experiments/audit/page.py": {"audit"},
    "experiments/report/templates/audit.html.j2": {"audit", *PAGE},
    "experiments/report/outputs.py": {"audit", *PAGE},
}


@pytest.fixture(scope="module")
def jobs_after(tmp_path_factory):
    """For each edited file, how many jobs of which rules run again."""
    copy = tmp_path_factory.mktemp("project")
    shutil.copy2(ROOT / "Snakefile", copy)
    for folder in COPIED:
        ignored = shutil.ignore_patterns("tests", "__pycache__")
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored, copy_function=_copy_as_old)
    steps = ["matrices/digits", "measured/digits", *(f"environments/{name}" for name in references())]
    outputs = [f"results/work/smoke/{step}.json" for step in steps]
    outputs += [f"results/work/audit/{name}.json" for name in implementations()]
    outputs += ["results/report.html", "results/audit.html"]
    command = [sys.executable, "-c", DRIVER, " ".join(outputs), *(path for path in EXPECTED if path)]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _copy_as_old(source: str, target: str) -> None:
    shutil.copyfile(source, target)
    os.utime(target, (1e9, 1e9))


@pytest.mark.parametrize("edited", EXPECTED, ids=lambda path: path or "nothing")
def test_an_edit_repeats_only_what_depends_on_it(edited, jobs_after):
    assert set(jobs_after[edited]) - {"all"} == EXPECTED[edited]


def test_an_edit_of_a_library_asks_the_audit_of_no_other(jobs_after):
    assert jobs_after["algorithms/references/cluster/adapter.R"]["audit_implementation"] == "2"  # PAM and CLARA
