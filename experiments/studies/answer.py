"""What a study answers to a set of rows: one analysis, and the views of its result."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Headline, Table
from kmedoids_bench.experiments.rows.reading import by_deciding_clock
from kmedoids_bench.experiments.studies.study import Study


@dataclass(frozen=True)
class Answer:
    """Everything a study has to say about a set of rows."""

    tables: Mapping[str, Table]
    figures: Mapping[str, Figure]
    findings: list[str]  # sentences with numbers, the most important first; none when nothing was measured
    headlines: list[Headline]
    measures: Mapping[str, list[Measure]]  # by quantity: one for each dataset, start and code base where it has a value


def answer(
    study: Study, rows: pd.DataFrame, *, draw: bool = True, shown: Callable[[Any], Any] = lambda result: result
) -> Answer:
    """Analyse rows once and make every view of the result; without `draw` not the figures, which are half of the work.

    `shown` takes from the result what is to be shown of it.

    `rows` are those of the study's algorithms, of any status, with a column ``result_class``: contenders with the same
    value promise the same result from the same start; missing without a promise. A study that measures what it does
    not declare raises ValueError.
    """
    analysis, exhibits = (importlib.import_module(f"{study.module}.{part}") for part in ("analysis", "exhibits"))
    result = shown(analysis.analyse(by_deciding_clock(rows)))
    words = study.words
    measures = result.measures if words.quantities else {}
    if undeclared := measures.keys() - words.quantities.keys():
        raise ValueError(f"the study {study.name} does not declare {', '.join(sorted(undeclared))}")
    tables = {
        name: replace(table, caption=above.caption.format_map(vars(analysis)), empty=above.empty or table.empty)
        for name, table in exhibits.tables(result).items()
        for above in [words.tables[name]]
    }
    figures = exhibits.figures(result) if draw and hasattr(exhibits, "figures") else {}
    headlines = exhibits.headlines(result) if hasattr(exhibits, "headlines") else ()
    return Answer(tables, figures, list(exhibits.findings(result)), list(headlines), measures)
