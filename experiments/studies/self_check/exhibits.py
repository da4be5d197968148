"""The tables and the findings of the study."""

from collections.abc import Iterator

from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Headline, Table
from kmedoids_bench.experiments.exhibits.numbers import counted, significant
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.rows.keys import CLOCKS
from kmedoids_bench.experiments.studies.self_check.analysis import SelfCheckResult

DECIDING = CLOCKS["processor_seconds"]


def tables(result: SelfCheckResult) -> dict[str, Table]:
    """Make the tables: the noise floor by implementation, and every pair of equal contenders."""
    return {
        "noise_floor": Table.of(
            result.summary,
            c.texts("clock", "implementation"),
            c.integers("pairs", different="false alarms"),
            c.ratios(reach="reach, median", reach_95="reach, 95 % of the pairs", farthest="farthest ratio"),
        ),
        "equal_contenders": Table.of(
            in_reading_order(result.pairs),
            (*c.texts("clock"), *c.PROBLEM, c.IMPLEMENTATION, c.ORDER, c.ALGORITHM),
            (*c.milliseconds(seconds="time (ms)"), c.ratio("copy / original"), c.PAIRS, c.SERIES),
        ),
    }


def headlines(result: SelfCheckResult) -> Iterator[Headline]:
    """Give the noise floor, by the clock that decides where a call has one thread."""
    overall = result.summary[(result.summary["implementation"] == "all") & (result.summary["clock"] == DECIDING)]
    for line in overall.to_dict("records"):
        yield Headline(
            f"{significant(100 * (line['reach'] - 1))} %",
            f"noise floor: smaller differences are usually not seen; {line['different']} of "
            f"{counted(line['pairs'], 'pair')} of equal programs were called different",
        )


def findings(result: SelfCheckResult) -> Iterator[str]:
    """Say how often equal contenders were called different, and how small a difference could be seen."""
    overall = result.summary[result.summary["implementation"] == "all"]
    for clock in CLOCKS.values():
        for line in overall[overall["clock"] == clock].to_dict("records"):
            yield (
                f"By {clock}, {line['different']} of {counted(line['pairs'], 'pair')} of equal contenders were called "
                f"different. Half of the intervals reach less than {significant(100 * (line['reach'] - 1))} % from 1, "
                f"95 % of them less than {significant(100 * (line['reach_95'] - 1))} %."
            )
