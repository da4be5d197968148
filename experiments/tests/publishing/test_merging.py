"""Two machines in one report: a published run, and a copy of it whose rows say that another machine measured them."""

import shutil

import pandas as pd
import pytest
from click.testing import CliRunner

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.commands.maintenance.check_run import check_run
from kmedoids_bench.experiments.commands.papers.merge import merge as command
from kmedoids_bench.experiments.publishing.merging import merge
from kmedoids_bench.experiments.publishing.published import ROWS, SUMS, publish, read_run, write_rows, write_sums
from kmedoids_bench.experiments.report.context import ReportContext

CONTEXT = ReportContext("quick", "Quick", {"studies": {"swap_time": None, "iterations": None}}, "0123456789abcdef")
FIRST, SECOND = "Example CPU 3000, 2 cores", "Other CPU, 8 cores"
PAM_SLOWER = 3.0


@pytest.fixture(scope="module")
def first(tmp_path_factory, rows, classes):
    folder = tmp_path_factory.mktemp("first")
    (folder / "results").mkdir()
    (folder / "results" / "report.html").write_text("a report")
    context = ReportContext(**{**vars(CONTEXT), "result_classes": classes})
    return publish(rows.assign(dirty=False), context, folder / "results", folder / "quick")


def relabelled(run, folder, change=lambda rows: rows, **values):
    """Copy a published run and change its rows, hashes included."""
    shutil.copytree(run, folder)
    write_rows(change(read_run(folder)[0]).assign(**values), folder / ROWS)
    write_sums(folder)
    return folder


@pytest.fixture(scope="module")
def second(first, tmp_path_factory):
    """The same searches on a machine on which PAM takes longer beside the others."""

    def slower(rows):
        return rows.assign(seconds=rows["seconds"] * rows["algorithm"].map({"pam": PAM_SLOWER}).fillna(1.0))

    folder = tmp_path_factory.mktemp("second") / "quick"
    return relabelled(first, folder, slower, machine="machine-2", cpu="Other CPU", cores=8)


@pytest.fixture(scope="module")
def merged(first, second, tmp_path_factory):
    results = tmp_path_factory.mktemp("merged")
    assert merge([first, second], results) == results / "merged.html"
    return results


def ratios(results):
    return pd.read_csv(results / "tables" / "merged_ratios.csv")


def test_each_machine_keeps_the_numbers_of_its_own_rows(merged, first, second, tmp_path):
    both = ratios(merged)
    assert len(both) > 5
    for run, name in ((first, FIRST), (second, SECOND)):
        merge([run], tmp_path / name)
        columns = ["claim", "quantity", "where", *(f"{name}{end}" for end in ("", " low", " high"))]
        pd.testing.assert_frame_equal(both[columns], ratios(tmp_path / name)[columns])
    gains = both[both["quantity"] == "swap_time.fasterpam_at_100"]
    assert (gains[SECOND] / gains[FIRST]).to_numpy() == pytest.approx(PAM_SLOWER)


def test_one_claim_has_a_verdict_for_each_machine(merged):
    verdicts = pd.read_csv(merged / "tables" / "merged_verdicts.csv", keep_default_na=False).set_index("claim")
    assert verdicts.loc[18, [FIRST, SECOND]].nunique() == 1
    assert verdicts.loc[18, "same"] == "yes"
    assert verdicts.loc[7, "same"] == "no"  # on the second machine FastPAM1 is three times as fast as claimed
    assert verdicts.loc[36, "same"] == ""  # not measured
    page = (merged / "merged.html").read_text()
    assert "The verdicts differ on claims 7" in page
    assert page.count(f'<th scope="col">{SECOND}</th>') == 2


def test_ratios_that_both_have_are_drawn_with_both_machines(merged):
    page = (merged / "merged.html").read_text()
    drawn = list(merged.glob("figures/*.pdf"))
    assert merged / "figures" / "merged_10_swap_time_fasterpam_at_100.pdf" in drawn
    assert page.count("data:image/svg+xml") == len(drawn)
    assert page.index("Claim 10:") < page.index("Claim 11:")


def test_runs_of_one_machine_are_joined_and_a_run_counts_once(first, tmp_path):
    part = relabelled(first, tmp_path / "part", lambda rows: rows[rows["dataset"] == "digits"])
    merge([part, first, first], tmp_path / "joined")
    merge([first], tmp_path / "alone")
    pd.testing.assert_frame_equal(ratios(tmp_path / "joined"), ratios(tmp_path / "alone"))


def test_two_versions_of_a_kernel_on_one_machine_are_refused(first, tmp_path):
    other = relabelled(first, tmp_path / "other", source="source-2")
    with pytest.raises(Trouble, match="contenders with different code"):
        merge([first, other], tmp_path / "merged")


def test_one_row_with_two_numbers_is_refused(first, tmp_path):
    other = relabelled(first, tmp_path / "other", lambda rows: rows.assign(seconds=rows["seconds"] * 0.5))
    with pytest.raises(Trouble, match="with different numbers"):
        merge([first, other], tmp_path / "merged")


def test_other_code_on_another_machine_is_said(first, tmp_path):
    other = relabelled(first, tmp_path / "other", source="source-2", machine="machine-2")
    text = merge([first, other], tmp_path / "merged").read_text()
    assert "were measured with other code or other versions" in text
    assert f"{FIRST} (machine-1)" in text  # the same words for two machines: their identities tell them apart


def test_a_run_of_two_machines_is_none(first, tmp_path):
    half = relabelled(first, tmp_path / "half", machine=["machine-1", *["machine-2"] * (len(read_run(first)[0]) - 1)])
    with pytest.raises(Trouble, match="rows of 2 machines"):
        merge([half], tmp_path / "merged")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda run: (run / "report.html").write_text("better"), "report.html: not as it was published"),
        (lambda run: (run / ROWS).write_bytes((run / ROWS).read_bytes()[:-1]), f"{ROWS}: not as it was published"),
        (lambda run: (run / "run.json").unlink(), "run.json: missing"),
        (lambda run: (run / "more.csv").write_text(""), f"more.csv: not listed in {SUMS}"),
        (lambda run: (run / SUMS).write_text(""), "report.html, rows.parquet, run.json: not listed"),
        (lambda run: (run / SUMS).unlink(), "has no hashes"),
    ],
)
def test_a_damaged_or_altered_run_is_refused_and_the_file_named(first, tmp_path, harm, said):
    run = shutil.copytree(first, tmp_path / "run")
    assert CliRunner().invoke(check_run, [str(run)]).output.endswith("3 files as they were published\n")
    harm(run)
    with pytest.raises(Trouble, match=said):
        merge([first, run], tmp_path / "merged")
    with pytest.raises(Trouble, match=said):
        check_run.main([str(run)], standalone_mode=False)
    assert not (tmp_path / "merged").exists()


def test_a_change_that_was_meant_gets_new_hashes(first, tmp_path):
    run = shutil.copytree(first, tmp_path / "run")
    (run / "report.html").write_text("drawn again")
    assert CliRunner().invoke(check_run, ["--renew", str(run)]).exit_code == 0
    assert CliRunner().invoke(check_run, [str(run)]).exit_code == 0


def test_a_run_is_not_written_into(first):
    done = CliRunner().invoke(command, [str(first), "--to", str(first)])
    assert isinstance(done.exception, Trouble)
    assert "name another folder" in str(done.exception)
