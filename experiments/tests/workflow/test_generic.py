"""Runs on other schedulers: the commands that are given to them, and small runs on commands that only pretend."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from kmedoids_bench.experiments.tests.campaign.scratch import copy_checkout

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "experiments" / "workflow"
SCRIPTS = {"generic": FOLDER / "generic" / "pbs.sh", "kubernetes": FOLDER / "kubernetes" / "kubernetes.sh"}
PROFILE = """
profile: short
title: "A short run"
studies:
  swap_time:
    grids:
      - {datasets: [digits], n: 100, k: [2, 5], starts: [random], algorithms: [fasterpam]}
libraries: []
limits: {call_seconds: 5, memory_gib: 1}
repetitions: {series: 1, rounds: 2, seconds: 0.1}
"""
# A scheduler that starts a job at once, on this host. It keeps what it was asked for, and the exit code of each job.
START = """
number=$(($(ls "$SPOOL" | grep -c asked) + 1))
(sh "$script" >"$SPOOL/$number.log" 2>&1; echo $? >"$SPOOL/$number.code") </dev/null >/dev/null 2>&1 &
"""
PRETENDED = {
    "qsub": f"""
for script; do :; done
{START}
echo "$*" >"$SPOOL/$number.asked"
echo "$number.server"
""",
    "qstat": """
code=$(cat "$SPOOL/${3%.server}.code" 2>/dev/null) || { echo "    job_state = R"; exit; }
printf '    job_state = F\\n    Exit_status = %s\\n' "$code"
""",
    "kubectl": f"""
if [ "$1" = create ]; then
    cat >"$SPOOL/manifest"
    script=$(sed -n 's/.*command: .sh, "\\(.*\\)".$/\\1/p' "$SPOOL/manifest")
    {START}
    mv "$SPOOL/manifest" "$SPOOL/$number.asked"
    echo "job.batch/$number"
else
    code=$(cat "$SPOOL/${{2#job.batch/}}.code" 2>/dev/null) || exit 0
    [ "$code" = 0 ] && echo "SuccessCriteriaMet Complete " || echo "FailureTarget Failed "
fi
""",
}


@pytest.fixture
def environment(tmp_path):
    """Return an environment with the commands of schedulers that only pretend."""
    commands, spool = tmp_path / "commands", tmp_path / "spool"
    commands.mkdir()
    spool.mkdir()
    for name, text in PRETENDED.items():
        (commands / name).write_text(f"#!/bin/sh\n{text}")
        (commands / name).chmod(0o755)
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"PATH": path, "SPOOL": str(spool), "IMAGE": "registry/image:1", "CLAIM": "home"}


def ask(on, environment, *words):
    asked = [SCRIPTS[on], *words]  # as Snakemake calls it, by its name alone
    return subprocess.run(asked, cwd=environment["SPOOL"], env=environment, capture_output=True, text=True, check=True)


@pytest.mark.parametrize("on", SCRIPTS)
def test_what_the_profiles_share_is_the_same(on):
    here, there = (yaml.safe_load((FOLDER / name / "profile.yaml").read_text()) for name in ("slurm", on))
    shared = here.keys() & there.keys() - {"executor"}
    assert {"keep-going", "rerun-incomplete", "nolock", "shared-fs-usage", "scheduler", "default-resources"} <= shared
    assert {name: here[name] for name in shared} == {name: there[name] for name in shared}
    commands = [there[f"cluster-generic-{action}-cmd"] for action in ("submit", "status", "cancel")]
    assert all(str(SCRIPTS[on].relative_to(ROOT)) in command for command in commands)
    assert os.access(ROOT / commands[2], os.X_OK)  # it is started without a shell


@pytest.mark.parametrize("on", SCRIPTS)
def test_a_job_is_submitted_and_its_end_is_told(on, environment, tmp_path):
    script = tmp_path / "job.sh"
    for code, told in ((0, "success"), (3, "failed")):
        script.write_text(f"while [ ! -e {tmp_path}/go{code} ]; do sleep 0.05; done; exit {code}\n")
        job = ask(on, environment, "submit", "measure", "8", "4000", "90", script).stdout.strip()
        assert ask(on, environment, "status", job).stdout.strip() == "running"
        (tmp_path / f"go{code}").touch()
        for _ in range(100):
            if (told_now := ask(on, environment, "status", job).stdout.strip()) != "running":
                break
        assert told_now == told


def test_pbs_gives_a_measurement_a_node_of_its_own_and_reruns_what_a_node_lost(environment, tmp_path):
    (tmp_path / "job.sh").touch()
    for rule in ("measure", "matrices"):
        ask("generic", environment, "submit", rule, "8", "4000", "90", tmp_path / "job.sh")
    first, second = ((tmp_path / "spool" / f"{number}.asked").read_text() for number in (1, 2))
    assert "-r y" in first
    assert "-l select=1:ncpus=8:mem=4000mb -l place=excl -l walltime=90:00" in first
    assert "place=free" in second


def test_a_pod_sees_the_folder_and_has_a_node_of_its_own(environment, tmp_path):
    (tmp_path / "job.sh").touch()
    ask("kubernetes", environment, "submit", "measure", "8", "4000", "90", tmp_path / "job.sh")
    job = yaml.safe_load((tmp_path / "spool" / "1.asked").read_text())
    pod = job["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert (pod["restartPolicy"], job["spec"]["backoffLimit"], pod["activeDeadlineSeconds"]) == ("Never", 0, 5400)
    assert container["command"] == ["sh", str(tmp_path / "job.sh")]
    assert container["image"] == "registry/image:1"
    assert container["resources"]["limits"] == {"cpu": 8, "memory": "4000Mi"}
    assert container["volumeMounts"] == [{"name": "folder", "mountPath": environment["SPOOL"]}]
    assert pod["volumes"] == [{"name": "folder", "persistentVolumeClaim": {"claimName": "home"}}]
    apart = pod["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"]
    assert apart[0]["labelSelector"]["matchLabels"].items() <= job["spec"]["template"]["metadata"]["labels"].items()


@pytest.mark.proof
@pytest.mark.parametrize("on", SCRIPTS)
def test_a_run_is_carried_out_by_jobs_of_the_scheduler(on, environment, tmp_path):
    folder = copy_checkout(tmp_path / "checkout")
    (folder / "experiments" / "profiles" / "short.yaml").write_text(PROFILE)
    command = ["make", "run", "PROFILE=short", f"ON={on}", "ARGS=--latency-wait 5"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=380)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "results" / "report.html").exists()
    assert (folder / "results" / "cells" / "digits.jsonl").read_bytes().count(b"\n") == 2 * 2  # two k, two rounds
    assert len(list((tmp_path / "spool").glob("*.code"))) == 3  # matrices, measurement, report
