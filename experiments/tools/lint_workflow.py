"""Snakemake's own lint of the workflow, for one profile.

    python -m kmedoids_bench.experiments.tools.lint_workflow FILE

One of its demands is answered here once instead of in every rule: a conda environment or container. The workflow
runs in the one environment that `make` builds from a lock file with hashes, and every reference library in one of
its own, built the same way.
"""

import subprocess
import sys

ANSWERED = "Specify a conda environment or container for each rule"


def findings(output: str) -> list[str]:
    """Return what the lint found beyond what is answered above, each with the rule it was found in."""
    found, place = [], ""
    for line in output.splitlines():
        if line.startswith("Lints for"):
            place = line.rstrip(":")
        elif line.startswith("    * ") and ANSWERED not in line:
            found.append(f"{place}: {line.strip(' *:.')}")
    return found


def main(config: str) -> int:
    """Lint the workflow with one profile; print what is found and return the exit code."""
    command = [sys.executable, "-m", "snakemake", "--lint", "--configfile", config, "--cores", "1"]
    done = subprocess.run(command, capture_output=True, text=True)
    output = done.stdout + done.stderr
    found = findings(output)
    linted = "Lints for" in output or "Congratulations" in output
    if not linted:  # the workflow itself is in error
        found = [output]
    sys.stderr.write("".join(f"{config}: {finding}\n" for finding in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
