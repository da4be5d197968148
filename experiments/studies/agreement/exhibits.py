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
        words = "pairs of searches that promise the same result end with the same medoids"
        yield Headline(f"{_count(result.pairs)[0]:,} of {total:,}", words)
    if total := len(authors := _with_authors(result.pairs)):
        words = "searches of ELKI, the authors' own program, end with the medoids of our kernels"
        yield Headline(f"{_count(authors)[0]:,} of {total:,}", words)


def findings(result: AgreementResult) -> Iterator[str]:
    """Say how often promised results agree, those of the authors' own program first, are local optima, and repeated."""
    if len(authors := _with_authors(result.pairs)):
        yield _authors(authors)
    for name, group in result.pairs.groupby("result"):
        yield _promise(str(name), group)
    if len(result.optima):
        yield from (_optimality(result.optima), _stability(result.unstable))


def _with_authors(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of ELKI and our plain kernel of the same algorithm."""
    first, second = (pairs[side].str.split("/", expand=True).reindex(columns=[0, 1]) for side in ("first", "second"))
    return pairs[(first[0] == "elki") & (second[0] == OURS) & (first[1] == second[1])]


def _authors(pairs: pd.DataFrame) -> str:
    identical, tied, different = _count(pairs)
    both = pairs.dropna(subset=["same_n_swaps", "same_n_passes"])
    same = int((both["same_n_swaps"] * both["same_n_passes"]).sum())
    return (
        f"ELKI, the authors' own program, ends with the medoids of our kernels in {identical:,} of {len(pairs):,} "
        f"searches on {counted(pairs['dataset'].nunique(), 'dataset')}."
        f"{_rest(tied, different, _worst(pairs))} It makes as many swaps in as many passes in "
        f"{same:,} of the {len(both):,} searches in which it counts both."
    )


def _promise(name: str, pairs: pd.DataFrame) -> str:
    (identical, tied, different), total = _count(pairs), len(pairs)
    amount = f"All {total:,}" if identical == total > 1 else f"{identical:,} of {total:,}"
    logged = int(pairs["swaps_compared"].sum())
    swaps = f", by the same swaps where both log them ({counted(logged, 'pair')})" if logged else ""
    return (
        f"{amount} pairs of searches that promise the result of {title_of(name)} end with the same medoids{swaps}."
        f"{_rest(tied, different, _worst(pairs))}"
    )


def _worst(pairs: pd.DataFrame) -> float:
    """Return the largest relative difference of losses, of pairs that are no ties."""
    return float(pairs.loc[pairs["grade"] == DIFFERENT, "difference"].abs().max())


def _rest(tied: int, different: int, worst: float = 0) -> str:
    """Say what the other pairs have in common."""
    if not tied and not different:
        return ""
    by_up_to = f", by up to {significant(100 * worst)} %" if worst > 0 else ""  # NaN if all are ties
    return f" Of the others, {tied:,} have the same loss and {different:,} a different one{by_up_to}."


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
        return "Every contender gave the same result in all repeated runs of a block."
    counts = defects["contender"].value_counts().sort_index()
    names = ", ".join(f"{name} ({counted(count, 'block')})" for name, count in counts.items())
    return f"Defect: repeated runs of one block gave different answers for {names}."
