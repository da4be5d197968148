"""The shape of the project: what would otherwise have to be kept alike by hand in two places."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from kmedoids_bench.algorithms.references.reference import Pip, references

ROOT = Path(__file__).resolve().parents[2]
ENVS = ROOT / "experiments" / "envs"
LIBRARIES = ROOT / "algorithms" / "references"
FOUND = (LIBRARIES, ROOT / "experiments" / "studies")  # their folders are found and packaged without a list
ROOMS = ("api", "algorithms", "datasets", "experiments")
APART = {"tests", "__pycache__"}  # not a part of the package
# A module with one of these records, or with a command, is found by its place, and tested by the contract tests.
RECORDS = re.compile(r"^((ALGORITHM|DATASETS|STUDY)\b.*=|@click\.command\()", re.MULTILINE)

with open(ROOT / "pyproject.toml", "rb") as file:
    PYPROJECT = tomllib.load(file)


def modules():
    """All modules of the package, without those that only name a folder or start the program."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not APART & set(path.relative_to(ROOT).parts) and not path.name.startswith("__"):
                yield path


def dotted(path):
    """Name of a module or package of ours; `api` is kmedoids_bench itself."""
    room, *inside = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(["kmedoids_bench", *([] if room == "api" else [room]), *inside])


def pins(name):
    """{package: version} of a lock file."""
    found = re.findall(r"^([a-z0-9._-]+)==(\S+)", (ENVS / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert found, f"{name} pins nothing"
    return dict(found)


LOCKS = sorted(str(path.relative_to(ROOT)) for folder in (ENVS, LIBRARIES) for path in folder.rglob("*.txt"))


def asv_settings():
    text = (ROOT / "asv.conf.json").read_text(encoding="utf-8")
    return json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))


def test_packages_are_the_folders():
    folders = {
        dotted(path.parent)
        for room in ROOMS
        for path in (ROOT / room).rglob("__init__.py")
        if not APART & set(path.relative_to(ROOT).parts) and path.parents[1] not in FOUND
    }
    assert sorted(folders) == sorted(PYPROJECT["tool"]["setuptools"]["packages"])
    assert PYPROJECT["tool"]["setuptools"]["package-dir"] == {dotted(ROOT / room): room for room in ROOMS}


def test_every_folder_with_modules_is_a_package():
    assert not [path.parent for path in modules() if not (path.parent / "__init__.py").is_file()]


def test_tests_are_no_packages():
    assert not [path for room in ROOMS for path in (ROOT / room).rglob("tests/**/__init__.py")]


def test_analysers_see_the_package():
    links = {link.resolve() for link in (ROOT / ".typings" / "kmedoids_bench").iterdir() if link.is_symlink()}
    assert links == {*(ROOT / "api").glob("*.py")} | {ROOT / room for room in ROOMS if room != "api"}


def imported(tests):
    """Dotted names that the test files of a room import."""
    for path in tests.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield str(node.module)
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_module_is_tested():
    """By a test file of its name; as a record, by the contract tests; or used by a test of its room."""
    named = {room: set(imported(ROOT / room / "tests")) for room in ROOMS}
    untested = []
    for path in modules():
        room = path.relative_to(ROOT).parts[0]
        own = any(
            test for folder in (ROOT / room, path.parent) for test in (folder / "tests").rglob(f"test_{path.stem}.py")
        )
        if not (own or dotted(path) in named[room] or RECORDS.search(path.read_text(encoding="utf-8"))):
            untested.append(str(path.relative_to(ROOT)))
    assert untested == []


def test_folders_of_libraries_are_packaged_without_their_tests():
    """By patterns, so that a new library needs no edit of pyproject.toml."""
    patterns = PYPROJECT["tool"]["setuptools"]["package-data"]["kmedoids_bench.algorithms.references"]
    packaged = {path for pattern in patterns for path in LIBRARIES.glob(pattern)}
    there = {path for path in LIBRARIES.glob("[!_]*/*") if path.is_file()}
    assert packaged == there
    assert {path.name for path in there} >= {"__init__.py", "adapter.py", "adapter.R", "requirements.txt"}
    assert any((folder / "tests").is_dir() for folder in LIBRARIES.iterdir())


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_are_hashed_and_name_no_index(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert not [entry for entry in entries if not re.match(r"[a-z0-9._-]+==\S+.*\\\n +--hash=sha256:", entry)]
    assert "://" not in text


@pytest.mark.parametrize(("earlier", "lock"), [("main", "dev"), ("main", "docs"), ("dev", "docs")])
def test_locks_of_one_environment_agree(earlier, lock):
    first, second = pins(f"{earlier}.txt"), pins(f"{lock}.txt")
    both = first.keys() & second.keys()
    assert both
    assert {name: first[name] for name in both} == {name: second[name] for name in both}


def test_asv_measures_the_versions_of_the_suite():
    main = pins("main.txt")
    required = asv_settings()["matrix"]["req"]
    assert required == {name: [main[name]] for name in required}
    assert required.keys() >= {"numba", "numpy"}


def test_asv_keeps_to_its_own_folder():
    settings = asv_settings()
    assert settings["project"] == PYPROJECT["project"]["name"]
    assert all(settings[key].startswith(".asv/") for key in ("env_dir", "results_dir", "html_dir"))
    assert (ROOT / settings["benchmark_dir"] / "__init__.py").is_file()


def test_every_lock_of_a_library_has_its_source_and_a_record():
    used = {
        str(reference.folder.relative_to(ROOT) / reference.runtime.requirements)
        for reference in references().values()
        if isinstance(reference.runtime, Pip)
    }
    for ending in (".in", ".txt"):
        assert {str(path.relative_to(ROOT).with_suffix("")) for path in LIBRARIES.rglob(f"*{ending}")} == used


def test_supported_pythons_are_those_tested():
    classifiers = PYPROJECT["project"]["classifiers"]
    promised = [line.rsplit(" ", 1)[1] for line in classifiers if re.search(r":: 3\.\d+$", line)]
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == promised
    assert PYPROJECT["project"]["requires-python"] == f">={promised[0]}"


def test_citation_names_this_version():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PYPROJECT["project"]["version"]
    assert [reference["doi"] for reference in citation["references"]] == [
        "10.1007/978-3-030-32047-8_16",
        "10.1016/j.is.2021.101804",
        "10.21105/joss.04183",
        "10.1007/978-3-031-17849-8_15",
        "10.1016/j.is.2023.102290",
    ]


def test_hooks_take_their_tools_from_the_environment():
    settings = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = [hook for repository in settings["repos"] for hook in repository["hooks"]]
    assert hooks
    assert all(hook["language"] == "system" and hook["entry"].startswith(".venv/bin/") for hook in hooks)
