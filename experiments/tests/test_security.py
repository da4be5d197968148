"""Nothing that is read, of data, libraries or files, is ever run: what no file of the product may contain."""

import ast
import os
import re
from pathlib import Path

import numpy as np
import pytest

from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.audit.evidence import load
from kmedoids_bench.experiments.harness.workers.worker import Worker

ROOT = Path(__file__).parents[2]
ROOMS = ("algorithms", "datasets", "experiments", "benchmarks")
FILES = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "tests" not in path.relative_to(ROOT).parts]
MODULES = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "marshal", "shelve", "jsonpickle", "tarfile"}
CALLS = {
    *("eval", "exec", "os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"),
    *("joblib.load", "pd.read_pickle", "pandas.read_pickle", "np.loads", "shutil.unpack_archive"),
    *("yaml.unsafe_load", "yaml.full_load", "yaml.unsafe_load_all", "yaml.full_load_all"),
}
METHODS = {"extractall", "extract", "to_pickle"}
ARGUMENTS = {"shell", "allow_pickle"}


def faults(source):
    """Yield what stands in a source that may run what it reads, or write where an archive wants it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from {name.name.split(".")[0] for name in node.names} & MODULES
        elif isinstance(node, ast.ImportFrom):
            yield from {(node.module or "").split(".")[0]} & MODULES
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            of_text = called.endswith("str.extract")  # pandas: finds parts of texts
            if called in CALLS or (called.rpartition(".")[2] in METHODS and not of_text):
                yield called
            for keyword in node.keywords:
                if keyword.arg in ARGUMENTS and ast.unparse(keyword.value) != "False":
                    yield f"{called}({keyword.arg}=...)"
            if called == "yaml.load" and not re.search("Safe|LOADER", ast.unparse(node)):
                yield called


@pytest.mark.parametrize(
    "source",
    [
        "import pickle", "from joblib.externals import cloudpickle\nimport cloudpickle.x", "from marshal import loads",
        "eval(text)", "os.system(text)", "subprocess.run(text, shell=True)", "subprocess.run(text, shell=flag)",
        "np.load(path, allow_pickle=True)", "archive.extractall(folder)", "yaml.load(text)", "pd.read_pickle(path)",
        "yaml.load(text, yaml.Loader)",
    ],
)  # fmt: skip
def test_a_fault_is_found(source):
    assert list(faults(source))


def test_what_is_harmless_is_not():
    assert not list(faults("np.load(path, allow_pickle=False)\nyaml.load(text, yaml.SafeLoader)"))
    assert not list(faults("frame.x.str.extract('(a)')\nast.literal_eval(text)"))


def test_no_file_runs_what_it_reads():
    assert len(FILES) > 200
    found = {str(path.relative_to(ROOT)): list(faults(path.read_text())) for path in FILES}
    assert {name: what for name, what in found.items() if what} == {}


def test_templates_leave_no_word_unescaped():
    """The page of `make trust`, of the maintainers, includes tables that its own program has made of numbers."""
    for path in (ROOT / "experiments/report/templates").iterdir():
        if path.name != "trust.html.j2":
            text = path.read_text()
            assert not re.search(r"\|\s*safe|autoescape|Markup", text), path


class Bomb:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)  # what runs when this is loaded


def test_the_objects_of_a_file_of_numpy_are_not_loaded(tmp_path):
    exploded = tmp_path / "exploded"
    np.save(tmp_path / "matrix.npy", np.array([[Bomb(exploded)]], dtype=object), allow_pickle=True)
    np.savez(tmp_path / "failure.npz", data=np.array(Bomb(exploded), dtype=object), about=np.array("{}"))
    worker = Worker(None)
    for read in (lambda path: worker.matrix(path, "C"), lambda path: worker.points(path, "euclidean")):
        with pytest.raises(ValueError, match="Object arrays cannot be|Array can't be memory-mapped: Python objects"):
            read(tmp_path / "matrix.npy")
    with pytest.raises(Trouble, match=r"failure.npz is not a failure that `audit` has stored"):
        load(tmp_path / "failure.npz")
    assert not exploded.exists()
    np.load(tmp_path / "matrix.npy", allow_pickle=True)
    assert exploded.exists()  # the bomb was real
