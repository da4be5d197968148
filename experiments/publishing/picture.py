"""The README's picture, drawn from a published run: the speed-up of the swap phase over PAM, over k."""

from pathlib import Path

from kmedoids_bench.experiments.exhibits.style import figure_bytes
from kmedoids_bench.experiments.publishing.headline import DATASET, FOLDER, PROFILES, N
from kmedoids_bench.experiments.publishing.published import read_run
from kmedoids_bench.experiments.report.sections import rows_of
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.answer import answer


def picture(run: Path = FOLDER / PROFILES[0]) -> bytes:
    """Return the figure of the study swap_time for the data for which the papers print numbers, as svg."""
    rows, context = read_run(run)
    study = studies()["swap_time"]
    own = rows_of(study, study.measured, rows[(rows["dataset"] == DATASET) & (rows["n"] == N)], context)
    figures = answer(study, own.assign(result_class="")).figures
    return figure_bytes(figures[f"speedup_{DATASET}"].drawing, "svg", white=True)
