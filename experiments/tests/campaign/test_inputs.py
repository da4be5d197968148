"""Some of the bad inputs of the campaign, and whether it notices what is not as it should be."""

import random
import sys
from pathlib import Path

import pytest

from kmedoids_bench.experiments.planning.profile import BadProfile, read_profile
from kmedoids_bench.experiments.tests.campaign.campaign import Length
from kmedoids_bench.experiments.tests.campaign.inputs import COMMAND, SMOKE, Case, bad_profile, line, lines, outcome


def python(code, *named):
    return Case([sys.executable, "-c", code], named)


@pytest.mark.parametrize(
    ("case", "result"),
    [
        (python("import sys; sys.exit('x.yaml: k is 0')", "x.yaml", "k is 0"), "refused"),
        (python("import sys; sys.exit('k is 0')", "x.yaml"), "unclear"),
        (python("raise ValueError"), "traceback"),
        (python("import os; os.abort()"), "traceback"),
        (python("pass"), "accepted"),
    ],
)
def test_what_became_of_a_case(tmp_path, case, result):
    assert outcome(case, tmp_path) == result


def test_a_hang_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(f"{outcome.__module__}.HANG_SECONDS", 0.3)
    case = python("import time; time.sleep(60)")
    assert outcome(case, tmp_path) == "hang"
    done = line("waits", [case, python("pass"), python("raise ValueError")], tmp_path)
    assert (done.times, done.hangs, done.tracebacks, done.wrong) == (3, 1, 1, 1)


def test_generated_profiles_are_refused_and_the_mistake_is_named(tmp_path):
    rng = random.Random(1)
    for number in range(80):
        case = bad_profile(rng, tmp_path, number, None)
        with pytest.raises(BadProfile) as caught:
            read_profile(Path(case.words[-1]))
        assert [word for word in case.named if word not in str(caught.value)] == []


@pytest.mark.proof
def test_inputs_of_every_kind_are_refused(tmp_path):
    made = list(lines(Length(seed=1, inputs=20), tmp_path))
    assert [one.times for one in made] == [8, 4, 4, 4]
    assert all(one.harmless for one in made), made


def test_a_right_call_is_accepted(tmp_path):
    """Or else the others would be refused for nothing."""
    assert outcome(Case([*COMMAND, "plan", "--profile", SMOKE], ()), tmp_path) == "accepted"
