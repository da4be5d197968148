"""The tables and the findings of the study."""

from collections.abc import Iterator

from kmedoids_bench.experiments.analysis.where_measured import place, title_of
from kmedoids_bench.experiments.exhibits import columns as c
from kmedoids_bench.experiments.exhibits.exhibit import Table
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order
from kmedoids_bench.experiments.rows.keys import GPU
from kmedoids_bench.experiments.studies.gpu.analysis import GpuResult

WHERE = (c.DATA, c.N, c.DTYPE, c.START, c.K, c.ALGORITHM)
WORDS = {True: "yes", False: "no", None: "unknown"}


def tables(result: GpuResult) -> dict[str, Table]:
    """Make the tables: against the processor, against the card, certificates, from points, and what did not run."""
    against = in_reading_order(result.against)
    return {
        "against": Table.of(
            against.assign(identical_words=[WORDS[same] for same in against["identical"]]),
            (*WHERE, *c.milliseconds(seconds="on the card (ms)"), *c.texts("opponent", "threads")),
            (*c.milliseconds(opponent_seconds="opponent (ms)"), c.ratio("times as fast")),
            (*c.texts(identical_words="same medoids"), c.PAIRS),
        ),
        "bandwidth": Table.of(
            in_reading_order(result.bandwidth),
            (*WHERE, *c.milliseconds(seconds="time (ms)"), *c.ratios(gigabytes_per_second="reads (GB/s)")),
            (*c.ratios(of_card_percent="of the card's rate, %"), c.ratio("readings of the matrix"), c.PAIRS),
        ),
        "certificates": Table.of(
            in_reading_order(result.certificates),
            (*WHERE[:-1], c.IMPLEMENTATION, *c.texts("threads"), *c.milliseconds(seconds="time (ms)")),
            (*c.ratios("steps"), *c.milliseconds(step_seconds="a step (ms)")),
            c.ratios(readings="readings of the matrix", gap_percent="least loss above the bound, %"),
        ),
        "from_points": Table.of(
            in_reading_order(result.from_points), (*WHERE, *c.milliseconds(seconds="time (ms)"), *c.integers("runs"))
        ),
        "absent": Table.of(
            in_reading_order(result.absent), (c.DATA, c.N, c.START, *c.texts("k", "contender", "status", "reason"))
        ),
    }


def findings(result: GpuResult) -> Iterator[str]:
    """Say where the card's result is another one, and why calls have none."""
    compared = result.against.dropna(subset=["identical"])
    if len(compared):
        same = int((compared["identical"] == True).sum())  # noqa: E712
        yield f"In {same} of {len(compared)} comparisons the medoids on the card are those of the opponent."
    for line in compared[compared["identical"] == False].to_dict("records"):  # noqa: E712
        who = f"{title_of(line['algorithm'])} on the card"
        yield f"On {place(line)}, {who} ends with other medoids than {line['opponent']}."
    gaps = result.certificates.loc[result.certificates["implementation"] == GPU, "gap_percent"]
    if len(gaps):
        yield (
            f"On the card, lower bounds on the loss come within {significant(gaps.min())} % at best and "
            f"{significant(gaps.max())} % at worst of the least loss found."
        )
    for reason in result.absent["reason"].drop_duplicates():
        yield f"Calls on a card have no result: {reason}."
