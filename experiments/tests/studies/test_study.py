import dataclasses

import pytest

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.exhibits.tables import csv_text, latex_text, markdown_text
from kmedoids_bench.experiments.rows.keys import ONE_PASS
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.answer import answer
from kmedoids_bench.experiments.studies.study import Study

STUDIES = list(studies().values())


def test_studies_are_found():
    assert {"swap_time", "agreement"} <= {study.name for study in STUDIES}
    assert all(isinstance(study, Study) for study in STUDIES)


def test_studies_ask_for_algorithms_that_exist():
    for study in STUDIES:
        offered = {name for reference in references().values() for name in reference.algorithms}
        assert set(study.algorithms) <= {*algorithms(), *offered, *ONE_PASS}


def test_a_study_is_a_declaration():
    with pytest.raises(dataclasses.FrozenInstanceError):
        STUDIES[0].timed = False


def test_a_caption_names_constants_of_the_analysis(rows):
    caption = answer(studies()["scaling"], rows[:0]).tables["memory"].caption
    assert "below 64 KiB mean nothing" in caption


@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.name)
class TestContract:
    """What the report relies on, for every study that is found."""

    def own(self, study, rows, classes):
        return rows[rows["algorithm"].isin(study.algorithms)].assign(result_class=rows["contender"].map(classes))

    def test_gives_tables_figures_and_findings(self, study, rows, classes):
        said = answer(study, self.own(study, rows, classes))
        assert said.tables.keys() == study.words.tables.keys()
        # A study about other data than these rows has nothing to say of them.
        assert said.findings or not any(len(table.frame) for table in said.tables.values())
        assert all(isinstance(table, Table) and table.caption for table in said.tables.values())
        assert all(isinstance(figure, Figure) and figure.caption and figure.alt for figure in said.figures.values())
        for table in said.tables.values():
            assert {column.source for column in table.columns} <= set(table.frame)
            assert markdown_text(table)
            assert latex_text(table)
            assert csv_text(table)
        names = [study.name, *said.tables, *said.figures]
        assert all(name.isidentifier() and name.isascii() for name in names)

    def test_survives_no_rows_and_failed_rows(self, study, rows, classes):
        failed = answer(study, self.own(study, rows[rows["status"] != "ok"], classes))
        assert all("nan" not in finding for finding in failed.findings)
        assert answer(study, self.own(study, rows[:0], classes)).findings == []

    def test_survives_any_single_row(self, study, factory):
        one = factory.record(algorithm=study.algorithms[0], seconds=0.1, seed=None)
        assert answer(study, rows_frame([one]).assign(result_class="pam")).tables
