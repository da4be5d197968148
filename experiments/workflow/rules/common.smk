# What the rules share: names taken from the configuration, and the sources a result depends on. No rules here.

from pathlib import Path

from kmedoids_bench.experiments.audit.subject import implementations
from kmedoids_bench.algorithms.references.reference import references

PROFILE = config["profile"]
CONFIGFILE = f"experiments/profiles/{PROFILE}.yaml"
COMMAND = "python -m kmedoids_bench.experiments"

DATASETS = sorted(
    {
        dataset
        for study in config["studies"].values()
        for grid in study["grids"]
        for dataset in grid["datasets"]
    }
)
LIBRARIES = sorted(config.get("libraries", references()))
IMPLEMENTATIONS = implementations()


def sources(*patterns):
    """Files of the project, so that an edit of one runs again what was made with it. Tests make nothing."""
    return sorted(
        str(path)
        for pattern in patterns
        for path in Path().glob(pattern)
        if path.is_file() and not {"tests", "__pycache__"} & set(path.parts)
    )


def of_library(name, pattern):
    """Files in the folder of a reference library."""
    return sources(f"algorithms/references/{references()[name].folder.name}/{pattern}")


def of_implementation(wildcards):
    """What an implementation consists of: our algorithms; or the library's folder and its environment."""
    if wildcards.implementation not in references():
        return sources("algorithms/[!r]*/**/*.py", "experiments/harness/workers/*_adapter.py")
    environment = expand(rules.environment.output, library=wildcards.implementation)
    return [*of_library(wildcards.implementation, "*"), *environment]


wildcard_constraints:
    dataset="[a-z0-9_]+",
    library="[a-z0-9_]+",
