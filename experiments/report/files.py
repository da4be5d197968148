"""Pages are made from the templates of this package."""

from importlib.resources import files

import jinja2


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
