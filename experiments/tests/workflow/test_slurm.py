"""A run on Slurm: the profile fits the one for one machine, and a small one runs on a Slurm of this host."""

import json
import os
import shutil
import subprocess
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import yaml

from kmedoids_bench.experiments.planning.forecast import blocks_of
from kmedoids_bench.experiments.planning.profile import read_profile
from kmedoids_bench.experiments.tests.campaign.scratch import copy_checkout

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "experiments" / "workflow"
SCRIPT = FOLDER / "slurm" / "one_host.sh"
WITHOUT_ACCOUNTING = "--slurm-no-account --slurm-status-command squeue --slurm-init-seconds-before-status-checks 5"


def profile(name):
    return yaml.safe_load((FOLDER / name / "profile.yaml").read_text())


def test_what_the_two_profiles_share_is_the_same():
    here, slurm = profile("snakemake"), profile("slurm")
    shared = here.keys() & slurm.keys()
    assert {"keep-going", "rerun-incomplete", "nolock", "shared-fs-usage", "scheduler"} <= shared
    assert {name: here[name] for name in shared} == {name: slurm[name] for name in shared}


def test_a_measurement_has_its_node_for_itself():
    assert profile("slurm")["set-resources"]["measure"]["slurm_extra"].strip("'") == "--exclusive"


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_names_the_profile_the_nodes_and_what_to_install():
    asked = ["make", "--dry-run", "run", "PROFILE=paper", "ON=slurm", "NODES=7", "CORES=64"]
    words = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "setup.sh slurm\n" in words
    assert "--workflow-profile experiments/workflow/slurm --jobs 7 --cores 64 --configfile" in words
    plain = subprocess.run(asked[:4], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "--jobs" not in plain


def wait(condition, driver, seconds=300):
    deadline = time.monotonic() + seconds
    while not condition():
        assert driver.poll() is None, driver.stdout.read()
        assert time.monotonic() < deadline
        time.sleep(0.2)


def node_state():
    return subprocess.run(["sinfo", "--noheader", "--format=%T"], capture_output=True, text=True, check=True).stdout


def kill_node(folder):
    """What is left of a node without power: nothing. First the daemon, so that nobody reports the end of the jobs."""
    jobs = subprocess.run(
        ["squeue", "--noheader", "--format=%i"], capture_output=True, text=True, check=True
    ).stdout.split()
    steps = tuple(f"slurmstepd: [{job}." for job in jobs)
    found = list(psutil.process_iter(["cmdline", "environ"]))
    daemon = psutil.Process(int((folder / "slurmd.pid").read_text()))
    keepers = [one for one in found if " ".join(one.info["cmdline"] or ()).startswith(steps)]
    inside = [one for one in found if (one.info["environ"] or {}).get("SLURM_JOB_ID") in jobs]
    assert keepers
    assert inside
    for process in (daemon, *keepers, *inside):
        with suppress(psutil.NoSuchProcess):
            process.kill()


PROFILE = """
profile: short
title: "A run that can be cut"
studies:
  swap_time:
    grids:
      - {datasets: [digits], n: 300, k: [2, 5, 10, 20], starts: [random], seeds: 12, algorithms: [fastpam1, fasterpam]}
libraries: []
limits: {call_seconds: 5, memory_gib: 1}
repetitions: {series: 2, rounds: 2, seconds: 0.5}
"""


def planned_runs(folder):
    """How many runs each lane of the short profile has."""
    blocks = blocks_of(read_profile(folder / "experiments" / "profiles" / "short.yaml"), "digits")
    return {
        (block.cell.k, block.cell.start.seed, block.series, lane.contender.name): max(1, lane.rounds)
        for block in blocks
        for lane in block.lanes
    }


def runs_of_lanes(rows):
    return Counter((row["k"], row["seed"], row["series"], row["contender"]) for row in rows if row["status"] == "ok")


@pytest.mark.proof
@pytest.mark.skipif(shutil.which("sbatch") is None or os.geteuid() != 0, reason="needs root, slurm-wlm and munge")
def test_a_run_on_slurm_survives_the_death_of_its_node_goes_on_where_its_job_was_cut_and_runs_once(tmp_path):
    folder, slurm = copy_checkout(tmp_path / "checkout"), tmp_path / "slurm"
    (folder / "experiments" / "profiles" / "short.yaml").write_text(PROFILE)
    rows = folder / "results" / "cells" / "digits.jsonl"
    environment = os.environ | {"FOLDER": str(slurm)}
    command = ["make", "run", "PROFILE=short", "ON=slurm", f"ARGS={WITHOUT_ACCOUNTING} --latency-wait 5"]

    def whole():
        return rows.read_bytes().rpartition(b"\n")[0].splitlines() if rows.exists() else []

    subprocess.run(["sh", SCRIPT, "start"], env=environment, check=True, timeout=60)
    try:
        with subprocess.Popen(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as driver:
            wait(lambda: len(whole()) >= 5, driver)
            kill_node(slurm)
            kept = whole()
            subprocess.run(["slurmd"], check=True, timeout=60)  # the node is there again
            wait(
                lambda: len(whole()) >= len(kept) + 5, driver
            )  # Slurm has run the job again, and nobody had to ask for it
            assert whole()[: len(kept)] == kept
            subprocess.run(["scancel", "--user=root", "--signal=KILL", "--full"], check=True)
            driver.communicate(timeout=300)
            assert driver.returncode != 0
        kept = whole()
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stdout + done.stderr
        assert whole()[: len(kept)] == kept
        assert (folder / "results" / "report.html").exists()
        assert runs_of_lanes([json.loads(line) for line in whole()]) == planned_runs(folder)  # none doubled, none lost
        again = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
        assert again.returncode == 0
        assert "submitted" not in again.stdout + again.stderr
    finally:
        subprocess.run(["sh", SCRIPT, "stop"], env=environment, check=True, timeout=60)
