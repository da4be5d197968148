"""The rows that figures, tables and articles are made of: those of a published run, or those measured here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.planning.profile import FOLDER as PROFILES
from kmedoids_bench.experiments.planning.profile import read_profile, unknown
from kmedoids_bench.experiments.publishing.headline import FOLDER
from kmedoids_bench.experiments.publishing.published import read_run
from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.sections import rows_of
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.study import Study
from kmedoids_bench.experiments.workflow.records import read_record
from kmedoids_bench.experiments.workflow.summary import gather

RESULTS = Path("results")  # of the checkout in which commands run


@dataclass(frozen=True)
class Stored:
    """Rows, and what they were measured for."""

    name: str  # of the run or the profile
    rows: pd.DataFrame
    context: ReportContext

    @property
    def studies(self) -> list[Study]:
        """The studies that were measured, in the order of the report."""
        return [studies()[name] for name in self.context.config["studies"]]

    def rows_of(self, study: Study) -> pd.DataFrame:
        """Return the rows of a study."""
        return rows_of(study, study.measured, self.rows, self.context)


def stored(run: Path | None = None, profile: str | None = None) -> Stored:
    """Read a published run, results/published/paper if none is named, or the current rows of a profile.

    Raises Trouble if there is no such run, or if nothing was measured under the profile.
    """
    if profile is None:
        folder = run or FOLDER / "paper"
        rows, context = read_run(folder)
        return _with_classes(folder.name, rows, context)
    if run is not None:
        raise Trouble("--run and --profile exclude each other: the rows of one run, or those measured here")
    known = {path.stem: path for path in sorted(PROFILES.glob("*.yaml"))}
    if profile not in known:
        raise Trouble(f"--profile: {unknown(profile, 'a profile', known)}")
    records = sorted((RESULTS / "work" / profile).glob("*/*.json"))
    if not records:
        raise Trouble(f"nothing was measured here under the profile {profile}", f"make run PROFILE={profile}")
    rows, context = gather(read_profile(known[profile]), RESULTS / "cells", [read_record(path) for path in records])
    return _with_classes(profile, rows, context)


def _with_classes(name: str, rows: pd.DataFrame, context: ReportContext) -> Stored:
    promised: Mapping[str, str] = context.result_classes
    return Stored(name, rows.assign(result_class=rows["contender"].map(dict(promised)).astype("str")), context)
