"""Snakemake's own lint of the workflow, for each profile.

    python experiments/tests/workflow/lint_workflow.py FILE ...

One of its demands is met once and not in every rule: a conda environment or container. The workflow runs in the one
environment that `make` builds from a lock file with hashes, and each reference library in one of its own.
"""

import subprocess
import sys

import click

MET = "Specify a conda environment or container for each rule"


def complaints(output: str) -> list[str]:
    """Return the lint's complaints, each with its rule; the whole output if the workflow cannot even be read."""
    if "Lints for" not in output and "Congratulations" not in output:
        return [output]
    lines, place = [], ""
    for line in output.splitlines():
        if line.startswith("Lints for"):
            place = line.rstrip(":")
        elif line.startswith("    * ") and MET not in line:
            lines.append(f"{place}: {line.strip(' *:.')}")
    return lines


@click.command()
@click.argument("profiles", nargs=-1, type=click.Path(exists=True, dir_okay=False))
def main(profiles: tuple[str, ...]) -> None:
    """Lint the workflow with each of the PROFILES; fail if there are complaints."""
    lines = []
    for profile in profiles:
        command = [sys.executable, "-m", "snakemake", "--lint", "--configfile", profile, "--cores", "1"]
        done = subprocess.run(command, capture_output=True, text=True)
        lines += [f"{profile}: {complaint}" for complaint in complaints(done.stdout + done.stderr)]
    sys.exit("\n".join(lines) or None)


if __name__ == "__main__":
    main()
