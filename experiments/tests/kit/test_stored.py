import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.kit.stored import stored
from kmedoids_bench.experiments.publishing.published import publish


def test_a_published_run_is_read_with_what_its_contenders_promise(some, tmp_path):
    for name in ("tables", "figures"):
        (tmp_path / "results" / name).mkdir(parents=True)
    (tmp_path / "results" / "report.html").touch()
    publish(some.rows.drop(columns="result_class"), some.context, tmp_path / "results", tmp_path / "run")
    read = stored(tmp_path / "run")
    assert (read.name, len(read.rows)) == ("run", len(some.rows))
    assert [study.name for study in read.studies] == list(some.context.config["studies"])
    assert list(read.rows["result_class"].dropna()) == list(some.rows["result_class"].dropna())
    assert set(read.rows_of(read.studies[0])["algorithm"]) <= set(read.studies[0].measured)


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ("smok", "--profile: 'smok' is not a profile, did you mean 'smoke'"),
        ("smoke", "nothing was measured here under the profile smoke\n  make run PROFILE=smoke"),
    ],
)
def test_rows_that_are_not_there_are_one_message(profile, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Trouble, match=message):
        stored(profile=profile)


def test_a_run_and_a_profile_exclude_each_other(tmp_path):
    with pytest.raises(Trouble, match="exclude each other"):
        stored(tmp_path, "smoke")
