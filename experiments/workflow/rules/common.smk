# What the rules share: names taken from the profile, and the sources each result depends on. No rules here.

from functools import cache
from pathlib import Path

from kmedoids_bench.algorithms.references.reference import references
from kmedoids_bench.experiments.audit.subject import implementations
from kmedoids_bench.experiments.planning.jobs import jobs
from kmedoids_bench.experiments.planning.profile import BadProfile, profile_of, read_profile

PROFILE = config.get("profile")
PROFILE_FILE = f"experiments/profiles/{PROFILE}.yaml"
COMMAND = "python -m kmedoids_bench.experiments"

checked = profile_of(config, PROFILE_FILE)
if read_profile(Path(PROFILE_FILE)).raw != config:
    raise BadProfile("what is run", [f"profile: names {PROFILE_FILE}, which says something else"])
DATASETS = checked.datasets
LIBRARIES = sorted(references() if checked.libraries is None else checked.libraries)
IMPLEMENTATIONS = implementations()

# What each result is made with: files, and folders with all that is in them. An edit of one makes the result again.
MADE_WITH = {
    "matrices": ["datasets", "experiments/workflow/prepare.py"],
    "rows": [
        "algorithms",
        "experiments/rows",
        "experiments/harness",
        "experiments/planning",
        "experiments/studies/study.py",
        "experiments/studies/*/__init__.py",
        "experiments/workflow/measure.py",
    ],
    "report": [
        "experiments/rows",
        "experiments/analysis",
        "experiments/exhibits",
        "experiments/studies",
        "experiments/claims",
        "experiments/report",
        "experiments/workflow/summary.py",
    ],
    # Not page.py, which only shows the answers.
    "answers": ["experiments/audit/[!p]*.py", "experiments/harness/verify.py", "experiments/harness/workers"],
    "audit": [
        "experiments/audit/page.py",
        "experiments/exhibits",
        "experiments/report/outputs.py",
        "experiments/report/templates/audit.*",
        "experiments/report/templates/page.css",
    ],
}


def sources(*places):
    """Files of the project by pattern, and all files in folders; tests make nothing."""
    found = [path for place in places for path in Path().glob(place)]
    found += [path for folder in found if folder.is_dir() for path in folder.rglob("*")]
    return sorted(
        {str(path) for path in found if path.is_file() and not {"tests", "__pycache__"} & set(path.parts)}
    )


def of_library(name, pattern):
    """Files in the folder of a reference library."""
    return sources(f"algorithms/references/{references()[name].folder.name}/{pattern}")


def of_implementation(wildcards):
    """What an implementation consists of: our algorithms; or the library's folder and its environment."""
    if wildcards.implementation not in references():
        return sources("algorithms/[!r]*")
    environment = expand(rules.environment.output, library=wildcards.implementation)
    return [*of_library(wildcards.implementation, "*"), *environment]


@cache
def planned():
    """What the jobs of each dataset ask a cluster for. On one machine nothing looks at it."""
    return {job.dataset: job for job in jobs(checked)}


wildcard_constraints:
    dataset="[a-z0-9_]+",
    library="[a-z0-9_]+",
