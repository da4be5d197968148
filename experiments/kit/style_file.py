"""What a user wants written and drawn otherwise: a small yaml file, or a style of matplotlib.

All keys of the yaml file are optional::

    labels: {speed-up over PAM: gain, number of medoids k: "k"}  # of axes: what is written, and what to write instead
    titles: {BUILD: from BUILD}                                  # of panels
    legend: {kmedoids_055: kmedoids 0.5.5}
    colours: {FasterPAM: black, PAM: "#D55E00"}                  # of algorithms and starts, as the papers spell them
    markers: {FasterPAM: o}

A style of matplotlib (``.mplstyle``) sets anything else, such as fonts and line widths, but not the size of the figure.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import matplotlib as mpl
import yaml
from matplotlib.colors import is_color_like
from matplotlib.markers import MarkerStyle
from pydantic import AfterValidator, ValidationError

from kmedoids_bench.algorithms.core.registry import algorithms
from kmedoids_bench.algorithms.references.reference import titles
from kmedoids_bench.datasets.trouble import Trouble
from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.exhibits.canvas import Canvas
from kmedoids_bench.experiments.kit.selection import by_name
from kmedoids_bench.experiments.kit.sizes import Column
from kmedoids_bench.experiments.planning.profile import Section, in_one_line, unknown


def _algorithm(name: str) -> str:
    known = {*algorithms(), *titles()}
    found = by_name(name, known)
    if found is None:
        raise ValueError(unknown(name, "an algorithm or a start", sorted(map(title_of, known))))
    return found


def _colour(value: str) -> str:
    if not is_color_like(value):
        raise ValueError(f"{value!r} is not a colour of matplotlib, such as black or '#D55E00'")
    return value


def _marker(value: str) -> str:
    if value not in MarkerStyle.markers:
        raise ValueError(f"{value!r} is not a marker of matplotlib, such as o, s or ^")
    return value


Algorithm = Annotated[str, AfterValidator(_algorithm)]


class Changes(Section):
    """The content of a yaml file; the fields are those of `Canvas`."""

    labels: dict[str, str] = {}
    titles: dict[str, str] = {}
    legend: dict[str, str] = {}
    colours: dict[Algorithm, Annotated[str, AfterValidator(_colour)]] = {}
    markers: dict[Algorithm, Annotated[str, AfterValidator(_marker)]] = {}


def changes(path: Path) -> dict[str, Any]:
    """Read a file, yaml or mplstyle, and return what it changes as fields of `Canvas`; raise Trouble for mistakes."""
    if path.suffix == ".mplstyle":
        return {"rc": dict(mpl.rc_params_from_file(path, use_default_template=False))}
    try:
        return dict(Changes.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")) or {}))
    except ValidationError as error:
        lines = [in_one_line(one) for one in error.errors()]
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        lines = [str(error)]
    raise Trouble("\n  ".join([f"{path} is not a valid style file:", *lines]))


def canvas_of(place: Column, paths: Sequence[Path]) -> Canvas:
    """Return the canvas of a column with what the files change, the last one first to decide."""
    merged: dict[str, dict] = {}
    for path in paths:
        for name, values in changes(path).items():
            merged[name] = merged.get(name, {}) | values
    return place.canvas(**merged)
