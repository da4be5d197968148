import shutil
from html.parser import HTMLParser

import pandas as pd
import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.publishing.index import page
from kmedoids_bench.experiments.publishing.published import read_run, write_rows, write_sums


def test_runs_that_decide_claims_come_first_and_every_link_leads_to_a_file(runs):
    text = page(runs)
    assert text.index("Run &lt;b&gt;") < text.index("Run &lt;a&gt;")
    assert "pairs of searches that promise the same result end with the same medoids" in text
    links = []

    class Links(HTMLParser):
        def handle_starttag(self, tag, attrs):
            links.extend(value for name, value in attrs if (tag, name) == ("a", "href"))

    Links().feed(text)
    assert len(links) >= 8
    assert all((runs / link).exists() for link in links)


def test_the_number_of_each_verdict_is_that_of_the_table(runs):
    verdicts = pd.read_csv(runs / "b" / "tables" / "claims_verdicts.csv")
    counts = verdicts.loc[verdicts["code_base"] == "kmedoids_bench", "verdict"].value_counts()
    text = page(runs)
    assert all(f"{count} {verdict}</span>" in text for verdict, count in counts.items())


def test_a_run_of_an_older_version_is_named(runs, tmp_path):
    shutil.copytree(runs / "a", tmp_path / "a")
    (tmp_path / "a" / "tables" / "run_headlines.csv").unlink()
    with pytest.raises((Trouble, FileNotFoundError), match="run_headlines"):
        page(tmp_path)


def test_a_folder_without_runs_is_named(tmp_path):
    with pytest.raises(Trouble, match="has no published run"):
        page(tmp_path)


def test_contributed_runs_are_listed_by_machine_and_checked(runs, tmp_path):
    folder = shutil.copytree(runs, tmp_path / "published")
    assert "Nobody has contributed a run" in page(folder)
    other = shutil.copytree(runs / "b", folder / "contributed" / "alice")
    write_rows(read_run(other)[0].assign(machine="machine-2", cpu="Other CPU", cores=8), other / "rows.parquet")
    write_sums(other)
    _, _, section = page(folder).partition("Contributed runs")
    first, second = section.split("<h3>")[1:]
    assert first.startswith("Example CPU 3000, 2 cores, 8 GiB (machine-1)")
    assert second.startswith("Other CPU, 8 cores, 8 GiB (machine-2)")
    assert 'href="contributed/alice/report.html"' in second
    (other / "report.html").write_text("better")
    with pytest.raises(Trouble, match=r"alice is damaged or was altered: report\.html"):
        page(folder)
