"""The files of a report: pages are made from templates, and files that are no longer made are removed."""

from collections.abc import Collection, Mapping
from importlib.resources import files
from pathlib import Path

import jinja2

from kmedoids_bench.datasets.atomic import write_whole


def keep_owners(folder: Path, owners: Collection[str]) -> None:
    """Remove the files of everyone else, e.g. of a study that another profile has and this one has not.

    Parameters
    ----------
    folder : Path
    owners : collection of str
        As for `replace_outputs`.
    """
    for path in sorted(folder.glob("*")):
        if path.is_file() and not any(path.name.startswith(f"{owner}_") for owner in owners):
            path.unlink()


def replace_outputs(folder: Path, owner: str, contents: Mapping[str, bytes]) -> None:
    """Write all files of one owner and remove those it made earlier and no longer makes.

    A table left over from an earlier run would be read as a result of this one.

    Parameters
    ----------
    folder : Path
    owner : str
        Every file of the owner is named ``<owner>_...``.
    contents : mapping of str to bytes
        Name behind ``<owner>_`` to the content.
    """
    names = {f"{owner}_{name}": content for name, content in contents.items()}
    for name, content in names.items():
        write_whole(folder / name, content)
    for path in sorted(folder.glob(f"{owner}_*")):
        if path.name not in names:
            path.unlink()


def rendered(template: str, **values) -> str:
    """Return a page made from a template of this package and the values that it names."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(values)


def _template(name: str) -> str:
    return files("kmedoids_bench.experiments.report").joinpath("templates", name).read_text(encoding="utf-8")
