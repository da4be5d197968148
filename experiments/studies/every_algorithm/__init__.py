"""All algorithms side by side on the same data: what each costs and how good its result is."""

from kmedoids_bench.algorithms.core.registry import names
from kmedoids_bench.experiments.studies.study import Study

STUDY = Study(
    name="every_algorithm",
    title="Every algorithm side by side",
    question=(
        "The papers describe a family: starts, swap algorithms that differ in how much they evaluate before "
        "they swap, and sampling algorithms that never see the whole matrix. What does each cost on the same "
        "problem, in time and in numbers that do not depend on the machine, and how good is its result?"
    ),
    algorithms=names(),
    timed=True,
)
