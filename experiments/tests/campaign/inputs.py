"""Bad input: profiles, command lines, data files and calls from Python with one mistake each, drawn from a seed.

Each is made of a real one: of a profile of the suite, of a call of the command line that would be right, of a file that
the suite wrote, of a call of a public function. What is wrong must be refused with one message that names the place and
the value, before anything is measured.
"""

import copy
import json
import math
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kmedoids_bench.datasets import datasets
from kmedoids_bench.experiments.planning.profile import FOLDER
from kmedoids_bench.experiments.tests.campaign.campaign import HANG_SECONDS, Length, Line

NOT_TRIED = ["Of data files, those of the datasets themselves: whatever is in them, their checksum decides."]
COMMAND = [sys.executable, "-m", "kmedoids_bench.experiments"]
SHARES = {"profiles": 0.4, "command lines": 0.2, "data files": 0.2, "calls from Python": 0.2}


@dataclass(frozen=True)
class Case:
    """A command that is wrong, and words that the message has to have: a file, a key or option, a value."""

    words: list[str]
    named: tuple[str, ...]


def outcome(case: Case, folder: Path) -> str:
    """Run a case; return "hang", "traceback", "accepted", "unclear" or, as it should be, "refused"."""
    try:
        done = subprocess.run(
            case.words, cwd=folder, capture_output=True, text=True, errors="replace", timeout=HANG_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "hang"
    if "Traceback (most recent call last)" in done.stderr or done.returncode < 0:
        return "traceback"
    if done.returncode == 0:
        return "accepted"
    return "refused" if all(word in done.stderr for word in case.named) else "unclear"


def line(done: str, cases: list[Case], folder: Path) -> Line:
    """Run cases and count what became of them; what is not as it should be is shown."""
    counts: dict[str, int] = {}
    for case in cases:
        result = outcome(case, folder)
        counts[result] = counts.get(result, 0) + 1
        if result != "refused":
            sys.stderr.write(f"{result}: {case}\n")
    wrong = counts.get("accepted", 0) + counts.get("unclear", 0)
    return Line(done, len(cases), tracebacks=counts.get("traceback", 0), hangs=counts.get("hang", 0), wrong=wrong)


def lines(length: Length, folder: Path) -> Iterator[Line]:
    """Make so many inputs of each kind and yield what came of them."""
    rng = random.Random(length.seed)
    folder.mkdir(parents=True, exist_ok=True)
    for (kind, share), make in zip(SHARES.items(), (bad_profile, bad_command_line, bad_file, bad_call), strict=True):
        place = folder / kind.replace(" ", "_")
        place.mkdir()
        originals = written(place) if make is bad_file else None
        cases = [make(rng, place, number, originals) for number in range(round(share * length.inputs))]
        yield line(f"{kind} with a mistake", cases, place)


# Profiles

NUMBERS = (math.nan, math.inf, -1, 1e300, 10**30, 10**400, "many", True, [[1]], {})
TEXTS = ("", "..", "<script>", "digits; true", "a" * 500, 7, 0.5, ["x"], {})


def leaves(raw: Any, place: tuple = ()) -> Iterator[tuple]:
    """Yield the places of all values of a profile that are no lists or mappings."""
    inside = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, value in inside:
        yield from leaves(value, (*place, key))
    if not isinstance(raw, dict | list):
        yield place


def at(raw: Any, place: tuple) -> Any:
    """Return what stands at a place."""
    for key in place:
        raw = raw[key]
    return raw


def bad_value(rng: random.Random, raw: dict) -> tuple[str, str]:
    """Put a bad value in the place of a good one."""
    free = {("title",), ("profile",)}
    places = [one for one in leaves(raw) if one not in free and type(at(raw, one)) in (int, float, str)]
    place = rng.choice(places)
    good = at(raw, place)
    bad = rng.choice(NUMBERS if isinstance(good, int | float) else TEXTS)
    at(raw, place[:-1])[place[-1]] = bad
    key = next(key for key in reversed(place) if isinstance(key, str))
    return key, repr(bad)[:8] if not isinstance(bad, dict | list) and bad != "" else ""


def bad_key(rng: random.Random, raw: dict) -> tuple[str, str]:
    """Misspell a key, or leave out one that is required."""
    grids = [grid for one in raw["studies"].values() for grid in one["grids"]]
    sections = [raw, raw["limits"], raw["repetitions"], *grids]
    section = rng.choice(sections)
    key = rng.choice(sorted(section))
    value = section.pop(key)
    if rng.random() < 0.5 or key not in ("k", "datasets", "starts", "limits", "title", "call_seconds", "rounds"):
        section[key + "s_"] = value
        return f"'{key}s_'", "is not a key"
    return key, "is required"


def bad_size(rng: random.Random, raw: dict) -> tuple[str, str]:
    """Ask for more objects than a dataset has, or for more medoids than objects."""
    grid = rng.choice([grid for one in raw["studies"].values() for grid in one["grids"]])
    least = min(datasets()[name].n for name in grid["datasets"])
    if rng.random() < 0.5:
        grid["n"] = least + rng.randrange(1, 1000)
        return f"n={grid['n']}", f"has {least} objects"
    grid["k"] = [2, 10**7]
    return "k: 10000000", "objects"


def bad_profile(rng: random.Random, folder: Path, number: int, _: Any) -> Case:
    """Make a profile with one mistake."""
    text = rng.choice(sorted(FOLDER.glob("*.yaml"))).read_text()
    raw = copy.deepcopy(yaml.safe_load(text)) | {"profile": f"p{number}"}
    path = folder / f"p{number}.yaml"
    kind = rng.choice([bad_value] * 4 + [bad_key, bad_size, "twice", "other name", "cut", "garbage", "deep"])
    named: tuple[str, ...]
    if callable(kind):
        # Without the anchors that merge one grid with another: a mistake in one place stays in one place.
        raw = json.loads(json.dumps(raw))
        named = kind(rng, raw)
        content = yaml.safe_dump(raw, sort_keys=False)
    else:
        content = yaml.safe_dump(json.loads(json.dumps(raw)), sort_keys=False)
        named = ()
        if kind == "twice":
            key = rng.choice(sorted(raw))
            content += f"{key}: 1\n"
            named = (f"the key '{key}' stands twice",)
        elif kind == "other name":
            content = content.replace(f"p{number}", "quick", 1)
            named = ("profile: must be", "'quick'")
        elif kind == "cut":
            content = content[: rng.randrange(len(content) // 2)]
        elif kind == "garbage":
            content = content.replace(":", chr(rng.choice([0, 7, 9, 0xFFFF, ord("{"), ord("&")])), 3)
        else:
            content += rng.choice(["x: " + "[" * 50_000, "x: " + "{a: " * 50_000])
    path.write_text(content, encoding="utf-8")
    return Case([*COMMAND, "plan", "--profile", str(path)], (path.name, *named))


# Command lines

SMOKE = str(FOLDER / "smoke.yaml")
CALLS = (
    ("check", "--profile", SMOKE),
    ("plan", "--profile", SMOKE),
    ("matrices", "--profile", SMOKE, "--dataset", "digits", "--folder", "m", "--out", "o.json"),
    ("environment", "--library", "kmedoids_055", "--out", "o.json"),
    ("measure", "--profile", SMOKE, "--matrices", "m.json", "--store", "s.jsonl", "--logs", "l", "--out", "o.json"),
    ("report", "--profile", SMOKE, "--cells", "cells", "--results", "r", "record.json"),
    ("publish", "--profile", SMOKE, "--cells", "cells", "--results", "r", "--to", "p"),
    ("redraw", "--run", "published", "--results", "r"),
    ("stability", "before", "after"),
    ("audit", "--implementation", "kmedoids_bench", "--out", "o.json"),
    ("audit-page", "--results", "r", "answers.json"),
    ("bounds", "digits", "-n", "40", "-k", "3", "--seconds", "0.1", "--threads", "1", "--keep", "k.csv"),
)
NOT_A_NAME = ("", "../x", "digitz", "x; touch y", "$(touch y)", "a\nb", "\N{SNOWMAN}", "k" * 3000)
NOT_A_NUMBER = ("nan", "-1", "inf", "ten", "1e+40", "")
OPTIONS = {
    **dict.fromkeys(("--profile", "--matrices", "--run"), ("nothing", ".", "x.yaml/y")),
    **dict.fromkeys(("--dataset", "--library", "--implementation"), NOT_A_NAME),
    **dict.fromkeys(("-n", "-k", "--seconds", "--threads"), NOT_A_NUMBER),
    **dict.fromkeys(("--out", "--store", "--keep"), (".",)),
    **dict.fromkeys(("--folder", "--logs", "--cells", "--results", "--to"), ("a_file",)),
}


def bad_command_line(rng: random.Random, folder: Path, number: int, _: Any) -> Case:
    """Make a command line with one mistake."""
    (folder / "a_file").write_text("x")
    words = list(rng.choice(CALLS))
    places = [place for place, word in enumerate(words) if word in OPTIONS]
    kind = rng.choice(["value"] * 4 + ["command", "option", "left out"])
    if kind == "command" or not places:
        words[0] += "x"
        return Case([*COMMAND, *words], (words[0],))
    place = rng.choice(places)
    option = words[place]
    if kind == "option":
        words[place] = f"--no{option.strip('-')}"
        return Case([*COMMAND, *words], (words[place],))
    if kind == "left out":
        return Case([*COMMAND, words[0], option], (option,))
    words[place + 1] = rng.choice(OPTIONS[option])
    value = words[place + 1]
    return Case([*COMMAND, *words], (value[:10],) if value.isprintable() else ())


# Files that the suite wrote

TINY = """
profile: tiny
title: "One cell"
studies:
  swap_time:
    grids: [{datasets: [digits], n: 40, k: [2], starts: [build], algorithms: [fasterpam]}]
libraries: []
limits: {call_seconds: 5, memory_gib: 4}
repetitions: {series: 1, rounds: 1, seconds: 0.1}
"""
MATRICES = ["matrices", "--profile", "tiny.yaml", "--dataset", "digits", "--folder", "m", "--out"]
BOUNDS = ["bounds", "digits", "-n", "40", "-k", "3", "--seconds", "0.1", "--matrices", "m", "--keep"]
FILES = {  # the command that writes a file, and the one that reads it
    "record.json": (MATRICES, ["report", "--profile", "tiny.yaml", "--cells", "cells", "--results", "r"]),
    "optima.csv": (BOUNDS, BOUNDS),
}


def written(folder: Path) -> dict[str, bytes]:
    """Let the suite write the files; return their contents."""
    (folder / "tiny.yaml").write_text(TINY)
    for name, (command, _) in FILES.items():
        subprocess.run([*COMMAND, *command, name], cwd=folder, check=True, capture_output=True)
    return {name: (folder / name).read_bytes() for name in FILES}


def cut(rng: random.Random, content: bytes) -> bytes:
    """Leave out the end."""
    return content[: rng.randrange(len(content) // 2)]


def other(rng: random.Random, content: bytes) -> bytes:
    """Put something else in its place."""
    return rng.choice(
        [b"", b"null", b"[1]", b"{}", bytes(range(256)), b"a,b\n1,2\n", b"\x80\x04]\x94.", b"NaN", b"1e999"]
    )


def no_number(rng: random.Random, content: bytes) -> bytes:
    """Put a text in the place of a number."""
    text = content.decode()
    place = rng.choice([match.start(1) for match in re.finditer(r"[ ,]([0-9])", text)])
    return f"{text[:place]}many{text[place:]}".encode()


def bad_file(rng: random.Random, folder: Path, number: int, originals: Any) -> Case:
    """Damage a file."""
    name = rng.choice(sorted(originals))
    damage: Callable[[random.Random, bytes], bytes] = rng.choice([cut, other, no_number])
    path = folder / f"{number}_{name}"
    path.write_bytes(damage(rng, originals[name]))
    return Case([*COMMAND, *FILES[name][1], path.name], (path.name,))


# Calls from Python

PROGRAM = """
import sys
import numpy as np
from kmedoids_bench import algorithms
from kmedoids_bench.algorithms import bounds, tuned
x = np.random.default_rng(0).normal(size=(30, 3))
distances = np.linalg.norm(x[:, None] - x, axis=-1)
nan, inf = np.nan, np.inf
def changed(array, place, value):
    array = array.copy()
    array[place] = value
    return array
try:
    {call}
except (TypeError, ValueError) as error:
    sys.exit(f"{{type(error).__name__}}: {{error}}")
"""
SWAPS = ("pam", "fastpam1", "fasterpam", "fastpam2", "alternating", "resende_werneck", "eagerpam", "reynolds")
SAMPLING = ("clara", "fastclara", "fastclara2", "fasterclara", "clarans", "fastclarans", "fasterclarans")
FUNCTIONS = (
    *(f"algorithms.{name}" for name in ("build", "lab", "kmeanspp", "random_start", *SWAPS, *SAMPLING)),
    *(f"tuned.{name}" for name in ("build", "lab", "pam", "fasterpam", "alternating", "fasterclara")),
    *("bounds.lower_bound", "bounds.optimal"),
)
BAD_K = ("0", "-1", "31", "10**30", "2.0", "nan", "True", "'3'", "None", "[3]")
BAD_SEEDS = ("-1", "1.5", "nan", "'one'", "True", "-10**30", "object()")
BAD_ENTRIES = ("nan", "inf", "-inf", "-1.0", "1e+308")
BAD_SHAPES = (
    "distances[:, :5]",
    "distances[0]",
    "np.empty((0, 0))",
    "distances.astype(complex)",
    "distances > 1",
    "'x'",
)


def bad_call(rng: random.Random, folder: Path, number: int, _: Any) -> Case:
    """Make a call of a public function with one mistake."""
    function = rng.choice(FUNCTIONS)
    kind = rng.choice(["k", "entry", "shape", "seed", "points"])
    if kind == "k":
        call, named = f"{function}(distances, k={rng.choice(BAD_K)})", ("k",)
    elif kind == "entry":
        i, j = rng.sample(range(30), 2)
        value = rng.choice(BAD_ENTRIES)
        call, named = f"{function}(changed(distances, ({i}, {j}), {value}), k=3)", (f"distances[{i}, {j}]", value[:3])
    elif kind == "shape":
        call, named = f"{function}({rng.choice(BAD_SHAPES)}, k=3)", ("distances",)
    elif kind == "seed":
        name = rng.choice([*SAMPLING, "lab", "kmeanspp", "random_start"])
        call, named = f"algorithms.{name}(distances, k=3, seed={rng.choice(BAD_SEEDS)})", ("seed is",)
    else:
        o, j = rng.randrange(30), rng.randrange(3)
        value = rng.choice(("nan", "inf", "-inf", "1e+160"))
        points = f"algorithms.Points(changed(x, ({o}, {j}), {value}))"
        call, named = f"algorithms.{rng.choice(SAMPLING)}({points}, k=3)", (f"coordinates[{o}, {j}]", value[:3])
    return Case([sys.executable, "-c", PROGRAM.format(call=call)], ("Error: ", *named))
