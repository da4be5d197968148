from click.testing import CliRunner

from kmedoids_bench.experiments.planning.profile import FOLDER
from kmedoids_bench.experiments.tests.workflow.lint_workflow import complaints, main

OUTPUT = """
Lints for rule matrices (line 4, prepare.smk):
    * Specify a conda environment or container for each rule.:
      This way, the used software is documented.
    * No log directive defined:
      Without a log directive, all output will be printed to the screen.
"""


def test_what_is_met_is_left_out_and_the_rest_is_kept():
    assert complaints(OUTPUT) == ["Lints for rule matrices (line 4, prepare.smk): No log directive defined"]
    assert complaints("SyntaxError in Snakefile") == ["SyntaxError in Snakefile"]


def test_the_workflow_is_clean():
    ran = CliRunner().invoke(main, [str(FOLDER / "smoke.yaml")])
    assert (ran.exit_code, ran.output) == (0, "")
