"""A run on Slurm: the profile fits the one for one machine, and the smoke profile runs on a Slurm of this host."""

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
import yaml

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


@pytest.mark.proof
@pytest.mark.skipif(shutil.which("sbatch") is None or os.geteuid() != 0, reason="needs root, slurm-wlm and munge")
def test_smoke_on_slurm_goes_on_where_its_job_was_cut_and_runs_once(tmp_path):
    folder = copy_checkout(tmp_path / "checkout")
    rows = folder / "results" / "cells" / "digits.jsonl"
    environment = os.environ | {"FOLDER": str(tmp_path / "slurm")}
    command = ["make", "smoke", "ON=slurm", f"ARGS={WITHOUT_ACCOUNTING} --latency-wait 5"]
    subprocess.run(["sh", SCRIPT, "start"], env=environment, check=True, timeout=60)
    try:
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as cut:
            deadline = time.monotonic() + 300
            while not (rows.exists() and rows.read_bytes().count(b"\n") >= 5):
                assert cut.poll() is None, cut.stdout.read()
                assert time.monotonic() < deadline
                time.sleep(0.5)
            subprocess.run(
                ["scancel", "--user=root", "--signal=KILL", "--full"], check=True
            )  # as if the node went down
            cut.communicate(timeout=300)
            assert cut.returncode != 0
        kept = rows.read_bytes().rpartition(b"\n")[0].splitlines()
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stdout + done.stderr
        assert rows.read_bytes().splitlines()[: len(kept)] == kept
        assert (folder / "results" / "report.html").exists()
        again = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
        assert again.returncode == 0
        assert "submitted" not in again.stdout + again.stderr
    finally:
        subprocess.run(["sh", SCRIPT, "stop"], env=environment, check=True, timeout=60)
