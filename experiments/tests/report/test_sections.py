from kmedoids_bench.experiments.report.context import ReportContext
from kmedoids_bench.experiments.report.outputs import Outputs
from kmedoids_bench.experiments.report.sections import rows_of, section
from kmedoids_bench.experiments.studies import studies
from kmedoids_bench.experiments.studies.answer import answer

STUDY = studies()["swap_time"]


def test_a_study_sees_the_contenders_of_the_blocks_that_it_asks_for(rows):
    block = rows.loc[rows["algorithm"] == "pam", "block"].iloc[0]
    context = ReportContext("x", "X", asked={STUDY.name: {block: ["kmedoids_bench/pam/C"]}})
    own = rows_of(STUDY, STUDY.measured, rows, context)
    assert set(own["block"]) == {block}
    assert set(own["contender"]) == {"kmedoids_bench/pam/C"}
    assert rows_of(studies()["iterations"], ("pam",), rows, context).empty
    assert set(rows_of(STUDY, ("pam",), rows, ReportContext("x", "X"))["algorithm"]) == {"pam"}


def test_blocks_are_counted_once_for_each_contender(rows, tmp_path):
    some = rows[rows["contender"] == "kmedoids_bench/pam/C"].assign(result_class="")
    block = some["block"].iloc[0]
    context = ReportContext("x", "X", asked={STUDY.name: {block: [], "never-measured": []}})
    made = section(STUDY, some, answer(STUDY, some, draw=False), context, Outputs(tmp_path))
    assert made["finished"] + made["unfinished"] == some["block"].nunique()
    assert made["finished"] == some.loc[some["status"] == "ok", "block"].nunique()
    assert made["unmeasured"] == 1
    assert all((tmp_path / shown.file).is_file() for shown in made["tables"])
