import dataclasses

import pytest

from kmedoids_bench.algorithms.registry import discover
from kmedoids_bench.experiments import studies
from kmedoids_bench.experiments.analysis.rows import rows_frame
from kmedoids_bench.experiments.report.exhibits import Figure, Table
from kmedoids_bench.experiments.report.tables import csv_text, latex_text, markdown_text
from kmedoids_bench.experiments.studies.study import Study

STUDIES = discover(studies, "STUDY")


def test_studies_are_found():
    assert {"swap_time", "agreement"} <= {study.name for study in STUDIES}
    assert all(isinstance(study, Study) for study in STUDIES)


def test_a_study_is_a_declaration():
    with pytest.raises(dataclasses.FrozenInstanceError):
        STUDIES[0].name = "other"


@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.name)
class TestContract:
    """What the report relies on, for every study that is found."""

    def own(self, study, rows, classes):
        return rows[rows["algorithm"].isin(study.algorithms)].assign(
            result_class=rows["contender"].map(classes)
        )

    def test_gives_tables_figures_and_findings(self, study, rows, classes):
        own = self.own(study, rows, classes)
        tables, figures, findings = study.tables(own), study.figures(own), study.findings(own)
        assert tables
        # A study about other data than these rows has nothing to say of them.
        assert findings or not any(len(table.frame) for table in tables.values())
        assert all(isinstance(table, Table) and table.caption for table in tables.values())
        assert all(
            isinstance(figure, Figure) and figure.caption and figure.alt for figure in figures.values()
        )
        for table in tables.values():
            assert {column.source for column in table.columns} <= set(table.frame)
            assert markdown_text(table)
            assert latex_text(table)
            assert csv_text(table)

    def test_survives_no_rows_and_failed_rows(self, study, rows, classes):
        for part in (rows[:0], rows[rows["status"] != "ok"]):
            own = self.own(study, part, classes)
            study.tables(own)
            study.figures(own)
            assert all("nan" not in finding for finding in study.findings(own))
        assert study.findings(self.own(study, rows[:0], classes)) == []

    def test_survives_any_single_row(self, study, factory):
        one = factory.record(algorithm=study.algorithms[0], seconds=0.1, seed=None)
        own = rows_frame([one]).assign(result_class="pam")
        study.tables(own)
        study.figures(own)
        study.findings(own)

    def test_names_are_fit_for_files(self, study, rows, classes):
        own = self.own(study, rows, classes)
        names = [study.name, *study.tables(own), *study.figures(own)]
        assert all(name.isidentifier() and name.isascii() for name in names)
