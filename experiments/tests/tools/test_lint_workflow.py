from kmedoids_bench.experiments.planning.configuration import FOLDER
from kmedoids_bench.experiments.tools.lint_workflow import findings, main

OUTPUT = """
Lints for rule matrices (line 4, prepare.smk):
    * Specify a conda environment or container for each rule.:
      This way, the used software is documented.
    * No log directive defined:
      Without a log directive, all output will be printed to the screen.
"""


def test_what_is_answered_once_is_left_out_and_the_rest_is_kept():
    assert findings(OUTPUT) == ["Lints for rule matrices (line 4, prepare.smk): No log directive defined"]


def test_the_workflow_is_clean():
    assert main(str(FOLDER / "smoke.yaml")) == 0
