"""The tables, the figure and the findings of the study."""

from collections.abc import Iterator

import pandas as pd

from kmedoids_bench.experiments.analysis.where_measured import title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Figure, Headline, Table
from kmedoids_bench.experiments.exhibits.numbers import counted, significant
from kmedoids_bench.experiments.exhibits.reading_order import with_titles
from kmedoids_bench.experiments.exhibits.share_matrix import share_matrix
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.agreement import STUDY
from kmedoids_bench.experiments.studies.agreement.analysis import DIFFERENT, EQUAL_LOSS, IDENTICAL, AgreementResult

CONTENDER = c.texts("contender")
PROMISE = c.texts(result_title="promised result")
SIDES = c.texts("first", "second")
MATRIX = (c.DATA, c.N, c.METRIC, c.DTYPE)
BLOCK = (*MATRIX, c.START, c.SEED, c.K)
GRADES = (
    *c.integers("compared", IDENTICAL, EQUAL_LOSS, DIFFERENT, swaps_compared="swaps compared too"),
    *c.scientific(worst="largest difference"),
)


def tables(result: AgreementResult) -> dict[str, Table]:
    """Make the tables: grades, what is not identical, local optima, unstable contenders."""
    not_identical = result.pairs[result.pairs["grade"] != IDENTICAL].sort_values(["grade", "block"])
    return {
        "grades": Table(with_titles(result.grades), (*PROMISE, *SIDES, *GRADES)),
        "swap_by_swap": Table(
            with_titles(result.swap_by_swap),
            (*MATRIX, *c.texts("continuous"), c.START, c.IMPLEMENTATION, c.ALGORITHM, *GRADES),
        ),
        "by_data": Table(with_titles(result.by_data), (*PROMISE, *MATRIX, c.START, *GRADES)),
        "not_identical": Table(
            with_titles(not_identical),
            (*PROMISE, *BLOCK, *SIDES, *c.texts("grade"), *c.scientific("difference"), *c.texts("better")),
        ),
        "local_optima": Table.of(
            result.optima,
            (*CONTENDER, *c.integers(blocks="blocks finished", checked="checked")),
            c.integers(optimal="local optimum", not_optimal="not a local optimum"),
        ),
        "unstable": Table.of(
            with_titles(result.unstable),
            (*CONTENDER, *BLOCK, *c.integers("runs", medoid_sets="different medoid sets")),
            c.integers(swap_sequences="different swap sequences"),
            c.ratios(lowest="lowest loss", highest="highest loss"),
        ),
    }


def figures(result: AgreementResult) -> dict[str, Figure]:
    """Draw how many compared pairs are identical, one panel for each promised result."""
    counts = result.grades.rename(columns={IDENTICAL: "hits", "compared": "total"})
    if counts.empty:
        return {}
    panels = {f"promise the result of {title_of(name)}": group for name, group in counts.groupby("result")}
    hits, total = int(counts["hits"].sum()), int(counts["total"].sum())
    return {"identical": Figure(share_matrix(panels), *STUDY.words.figure("identical", hits=hits, total=total))}


def headlines(result: AgreementResult) -> Iterator[Headline]:
    """Count the results that are what they promise to be."""
    if total := len(result.pairs):
        identical = _count(result.pairs)[0]
        yield Headline(
            f"{identical:,} of {total:,}", "pairs of searches that promise the same result end with the same medoids"
        )


def findings(result: AgreementResult) -> Iterator[str]:
    """Say how often promised results agree, those of the authors' own program first, are local optima, and repeated."""
    sides = result.pairs["first"].str.startswith("elki/") & result.pairs["second"].str.startswith(f"{OURS}/")
    if (logged := sides & result.pairs["swaps_compared"]).any():
        yield _authors(result.pairs[logged])
    for name, group in result.pairs.groupby("result"):
        yield _promise(str(name), group)
    if len(result.optima):
        yield from (_optimality(result.optima), _stability(result.unstable))


def _authors(pairs: pd.DataFrame) -> str:
    identical, tied, different = _count(pairs)
    return (
        f"ELKI, the authors' own program, makes our kernels' swaps and ends with the same medoids in {identical:,} of "
        f"{len(pairs):,} searches on {counted(pairs['dataset'].nunique(), 'dataset')}.{_rest(tied, different)}"
    )


def _promise(name: str, pairs: pd.DataFrame) -> str:
    (identical, tied, different), total = _count(pairs), len(pairs)
    amount = f"All {total:,}" if identical == total > 1 else f"{identical:,} of {total:,}"
    logged = int(pairs["swaps_compared"].sum())
    swaps = f", by the same swaps where both log them ({counted(logged, 'pair')})" if logged else ""
    return (
        f"{amount} pairs of searches that promise the result of {title_of(name)} end with the same medoids{swaps}."
        f"{_rest(tied, different, pairs['difference'].abs().max())}"
    )


def _rest(tied: int, different: int, worst: float = 0) -> str:
    """Say what the other pairs have in common."""
    if not tied and not different:
        return ""
    by_up_to = f", by up to {significant(100 * worst)} %" if worst else ""
    return f" Of the others, {tied:,} have the same loss, and {different:,} another one{by_up_to}."


def _count(pairs: pd.DataFrame) -> list[int]:
    """Count the pairs of each grade."""
    return [int((pairs["grade"] == grade).sum()) for grade in (IDENTICAL, EQUAL_LOSS, DIFFERENT)]


def _optimality(optima: pd.DataFrame) -> str:
    checked, optimal = int(optima["checked"].sum()), int(optima["optimal"].sum())
    if not checked:
        return "No result that promises a local optimum was checked."
    if optimal == checked:
        return f"All {checked:,} results that promise a local optimum are single-swap local optima."
    failing = optima[optima["not_optimal"] > 0].to_dict("records")
    names = ", ".join(f"{line['contender']} ({line['not_optimal']} of {line['checked']})" for line in failing)
    missed = f"{checked - optimal:,} of {checked:,} results that promise a local optimum"
    return f"{missed} are not single-swap local optima: {names}."


def _stability(defects: pd.DataFrame) -> str:
    if defects.empty:
        return "No contender contradicted itself in repeated runs of one block."
    counts = defects["contender"].value_counts().sort_index()
    names = ", ".join(f"{name} ({counted(count, 'block')})" for name, count in counts.items())
    return f"Defect: repeated runs of one block gave different answers for {names}."
