from click.testing import CliRunner

from kmedoids_bench.experiments.tests.tools.large_samples import main


def test_reports_a_run_without_a_matrix():
    ran = CliRunner().invoke(main, ["-n", "300", "--dimensions", "2", "-k", "3"])
    assert ran.exit_code == 0, ran.output
    assert "fasterclara, n = 300" in ran.output
    assert "dissimilarities 46820" in ran.output  # 5 (92² + 300 · 3)


def test_more_medoids_than_points_are_refused():
    ran = CliRunner().invoke(main, ["-n", "3", "-k", "4"])
    assert ran.exit_code == 2
    assert "4 medoids of 3 points" in ran.output
