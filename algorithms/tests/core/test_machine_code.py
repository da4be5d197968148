import os
import subprocess
import sys
from pathlib import Path

import pytest

from kmedoids_bench.algorithms.core import machine_code


def files(folder):
    return list(folder.rglob("*.nbi"))


@pytest.mark.proof
@pytest.mark.parametrize(
    ("named", "kept"),
    [
        ({}, "home/.cache/kmedoids-bench"),
        ({"XDG_CACHE_HOME": "caches"}, "caches/kmedoids-bench"),
        ({"XDG_CACHE_HOME": "caches", "NUMBA_CACHE_DIR": "mine"}, "mine"),
        ({"NUMBA_CACHE_DIR": ""}, None),
        ({"HOME": "/proc/none"}, None),
    ],
    ids=["home", "caches", "named", "nowhere", "no home"],
)
def test_where_machine_code_is_kept(tmp_path, named, kept):
    code = "from kmedoids_bench.algorithms.core.loss import improves; improves(1.0, 2.0)"
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("NUMBA_", "XDG_"))}
    environment |= {"HOME": str(tmp_path / "home")}
    environment |= {key: str(tmp_path / value) if value else "" for key, value in named.items()}
    subprocess.run([sys.executable, "-W", "error", "-c", code], env=environment, check=True, cwd=tmp_path)
    assert {path.relative_to(tmp_path).parts[0] for path in files(tmp_path)} == (
        {kept.split("/")[0]} if kept else set()
    )
    assert kept is None or files(tmp_path / kept)


def test_another_state_of_the_sources_has_another_folder(tmp_path, monkeypatch):
    # Whatever lies above the package has no influence, not even a folder of tests.
    package = tmp_path / "tests" / "algorithms"
    (package / "core").mkdir(parents=True)
    (package / "tests").mkdir()
    monkeypatch.setattr(machine_code, "PACKAGE", package)
    found = []
    for name in ("core/a.py", "core/b.py", "tests/c.py"):
        (package / name).write_text("1")
        found.append(machine_code.folder_in(tmp_path))
    assert found[0] != found[1] == found[2]


def test_the_folder_of_the_user_is_his_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert Path(machine_code.folder_of_user()).stat().st_mode & 0o77 == 0
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert not machine_code.folder_of_user()


def test_whether_machine_code_was_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert not machine_code.is_there()
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "loss.nbi").touch()
    assert machine_code.is_there()
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    assert not machine_code.is_there()
