"""What a study answers to a set of rows: one analysis, and the views of its result."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Table
from kmedoids_bench.experiments.studies.study import Study


@dataclass(frozen=True)
class Answer:
    """Everything a study has to say about a set of rows.

    Attributes
    ----------
    tables : mapping of str to Table
    figures : mapping of str to Figure
    findings : list of str
        Sentences with numbers, the most important first. Empty when nothing was measured.
    measures : mapping of str to list of Measure
        One list for each of the study's quantities that could be computed: a measure for each dataset, start and code
        base.
    """

    tables: Mapping[str, Table]
    figures: Mapping[str, Figure]
    findings: list[str]
    measures: Mapping[str, list[Measure]]


def answer(study: Study, rows: pd.DataFrame, *, draw: bool = True) -> Answer:
    """Analyse rows once and make every view of the result.

    Parameters
    ----------
    study : Study
    rows : DataFrame
        Rows of the study's algorithms, of any status, with a column ``result_class``: contenders with the same value
        promise the same result from the same start; missing without a promise.
    draw : bool
        Whether to make the figures, which is half of the work.

    Returns
    -------
    Answer

    Raises
    ------
    ValueError
        If the study measures something that it does not declare.
    """
    analysis, exhibits = (
        importlib.import_module(f"kmedoids_bench.experiments.studies.{study.name}.{part}")
        for part in ("analysis", "exhibits")
    )
    result = analysis.analyse(rows)
    measures = analysis.measures(result) if study.quantities else {}
    if undeclared := measures.keys() - {quantity.name for quantity in study.quantities}:
        raise ValueError(f"the study {study.name} does not declare {', '.join(sorted(undeclared))}")
    figures = exhibits.figures(result) if draw else {}
    return Answer(exhibits.tables(result), figures, exhibits.findings(result), measures)
