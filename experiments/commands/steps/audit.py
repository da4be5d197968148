"""The audit of one implementation."""

import json
from pathlib import Path

import rich_click as click

from kmedoids_bench.datasets.atomic import write_whole
from kmedoids_bench.experiments.commands.options import FILE, FOLDER, examples, warn_unavailable


@click.command(
    epilog=examples(
        "kmedoids-bench audit --implementation kmedoids_bench --out results/work/audit/kmedoids_bench.json",
        "kmedoids-bench audit --show results/audit/INSTANCE.json",
    )
)
@click.option("--implementation", help="Ours (kmedoids_bench), or a reference library; needs --out.")
@click.option("--out", type=FILE, help="Receives the answers.")
@click.option("--folder", type=FOLDER, default="results/audit", help="Receives an instance of each failure.")
@click.option("--logs", type=FOLDER, default="results/logs/audit", help="Receives the output of workers.")
@click.option("--show", type=FILE, help="Repeat the question about the instance in this file and print the answer.")
def audit(implementation: str | None, out: Path | None, folder: Path, logs: Path, show: Path | None) -> None:
    """Ask an implementation the questions of the audit, or repeat one failure."""
    from kmedoids_bench.experiments.audit import audit as questions
    from kmedoids_bench.experiments.audit import evidence
    from kmedoids_bench.experiments.audit.subject import implementations

    if show is not None:
        click.echo(evidence.show(show))
        return
    if implementation not in implementations() or out is None:
        raise click.UsageError(f"use --implementation (one of {', '.join(implementations())}) and --out, or --show")
    answers = questions.audit(implementation, folder, logs)
    if answers["unavailable"]:
        warn_unavailable(implementation, **answers["unavailable"])
    write_whole(out, json.dumps(answers, indent=1) + "\n")
