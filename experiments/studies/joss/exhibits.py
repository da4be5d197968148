"""The companion paper's table, measured again: MNIST 10 000, k = 10, all implementations that take part."""

import numpy as np
import pandas as pd

from kmedoids_bench.experiments.exhibits.exhibit import Column, Figure, Table
from kmedoids_bench.experiments.exhibits.measures_table import numbers_table, sentences
from kmedoids_bench.experiments.exhibits.numbers import significant
from kmedoids_bench.experiments.exhibits.reading_order import in_reading_order, with_titles
from kmedoids_bench.experiments.exhibits.style import algorithm_title, start_title
from kmedoids_bench.experiments.rows.keys import OURS
from kmedoids_bench.experiments.studies.joss.analysis import CALLS, call_of, measures, table

PRINTED_DATA = ("mnist", 10_000, "euclidean", 10)
# (implementations here, name there, algorithm, ns per n², mean loss, best loss, iterations) of the companion's table
# and its log; PAM of kmedoids is from BUILD, all others from starts of the implementation's own.
PRINTED = (
    (("kmedoids_055", "kmedoids_043"), "kmedoids", "fasterpam", 5.53, 18755648.63, 18725141.42, 3.36),
    (("elki",), "ELKI", "fasterpam", 17.81, 18744453.18, 18736425.67, None),
    (("kmedoids_055", "kmedoids_043"), "kmedoids", "alternating", 8.91, 19238742.93, 18864511.46, 4.00),
    (("elki",), "ELKI", "alternating", 12.80, 19238868.0, None, None),
    (("sklearn_extra",), "sklearn_extra 0.2.0", "alternating", 13.44, 19238742.93, 18864511.46, None),
    (("biopython",), "biopython 1.79", "alternating", 13.68, 19702804.19, 19365177.75, None),
    (("kmedoids_055", "kmedoids_043"), "kmedoids", "pam", 212.34, 18780639.54, 18780639.54, 7.0),
    (("elki",), "ELKI", "pam", 787.55, 18764896.0, None, None),
    (("sklearn_extra",), "sklearn_extra", "pam", 1506.52, 18755237.84, 18725141.42, None),
    (("pyclustering",), "PyClustering 0.10.1.2", "kmedoids_pyclustering", 76957.64, 18753892.10, 18736575.93, 14.64),
)
WORDS = {
    "matrix_share": "Share of the matrix in the time of the matrix, a random start and FasterPAM together",
    "pam_over_alternating": "Time of PAM from BUILD over that of Alternating from random starts",
    "alternating_over_fasterpam": "Time of Alternating over that of FasterPAM, both from the same random starts",
    "java_over_rust": "Time of ELKI's FasterPAM over that of kmedoids 0.5.5",
}
CALL_TITLES: dict[str, str] = dict(zip(CALLS, ("swaps", "whole call", "whole call, own start"), strict=True))


def printed() -> pd.DataFrame:
    """Return the companion's table, one line for each implementation here that it names."""
    columns = ["there", "algorithm", "printed_ns", "printed_mean", "printed_best", "printed_passes"]
    lines = [
        dict(zip(columns, rest, strict=True)) | {"implementation": name} for names, *rest in PRINTED for name in names
    ]
    return pd.DataFrame(lines).astype(dict.fromkeys(columns[2:], "float64"))


def beside_printed(rows: pd.DataFrame) -> pd.DataFrame:
    """Join what was measured with what is printed, for the data that the companion measured.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    DataFrame
        `companion.table` with ``ns`` (over n²), ``call``, and what is printed; behind it what is printed of
        implementations that were not measured here.
    """
    found = table(rows)
    found = found.assign(
        ns=1e9 * found["per_n2"], call=[CALL_TITLES[call_of(line)] for line in found.to_dict("records")]
    )
    same = pd.MultiIndex.from_frame(found[["dataset", "n", "metric", "k"]]).isin([PRINTED_DATA])
    theirs = printed()
    joined = found.assign(printed_for=np.where(same, found["implementation"], "")).merge(
        theirs.rename(columns={"implementation": "printed_for"}), on=["printed_for", "algorithm"], how="left"
    )
    lines = in_reading_order(joined)
    if not same.any():
        return lines
    missing = theirs.merge(joined[["there", "algorithm"]].drop_duplicates(), how="left", indicator=True)
    missing = missing[missing["_merge"] == "left_only"].drop_duplicates(["there", "algorithm"])
    return pd.concat(
        [lines, with_titles(missing.drop(columns="_merge").assign(note="not measured"))], ignore_index=True
    )


def tables(rows: pd.DataFrame) -> dict[str, Table]:
    """Make the tables.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    dict of str to Table
    """
    return {
        "companion": Table(
            beside_printed(rows),
            "Time over n², losses over the starts and passes, beside what the companion paper and its log print for "
            "the first 10,000 of MNIST and k = 10, on another machine; libraries at their faster memory order. PAM is "
            "from BUILD here, in the companion only that of kmedoids is. The swaps alone were timed where that is "
            "possible.",
            (
                Column("data", "dataset"),
                Column("n", "n", "integer"),
                Column("k", "k", "integer"),
                Column("implementation", "implementation"),
                Column("algorithm", "algorithm_title"),
                Column("start", "start_title"),
                Column("call", "call"),
                Column("ns / n²", "ns", "ratio", instead="note"),
                Column("printed ns / n²", "printed_ns", "ratio"),
                Column("mean loss", "mean_loss", "integer"),
                Column("printed mean loss", "printed_mean", "integer"),
                Column("best loss", "best_loss", "integer"),
                Column("printed best loss", "printed_best", "integer"),
                Column("passes", "n_passes", "ratio"),
                Column("printed passes", "printed_passes", "ratio"),
                Column("starts", "seeds", "integer"),
                Column("printed for", "there"),
            ),
            "Nothing was measured.",
        ),
        "answers": numbers_table(measures(rows), WORDS, "What the companion says of its table, with 95 % intervals."),
    }


def figures(rows: pd.DataFrame) -> dict[str, Figure]:
    """Draw nothing: the companion has a table.

    Parameters
    ----------
    rows : DataFrame

    Returns
    -------
    dict
        Empty.
    """
    return {}


def findings(rows: pd.DataFrame) -> list[str]:
    """Say how the measured numbers compare with the printed ones.

    Parameters
    ----------
    rows : DataFrame
        Rows of any status.

    Returns
    -------
    list of str
    """
    said = sentences(measures(rows), WORDS)
    found = beside_printed(rows)
    both = found[found["ns"].notna() & found["printed_ns"].notna()]
    for line in both.to_dict("records"):
        text = (
            f"{algorithm_title(line['algorithm'])} of {line['implementation']}: {significant(line['ns'])} ns per n² "
            f"(printed {significant(line['printed_ns'])})"
        )
        if pd.notna(line["mean_loss"]) and pd.notna(line["printed_mean"]):
            apart = 100 * (line["mean_loss"] / line["printed_mean"] - 1)
            text += f", mean loss {line['mean_loss']:,.0f}, {apart:+z.2f} % from the printed one"
        said.append(text + ".")
    others = found[found["printed_ns"].isna() & found["ns"].notna() & (found["implementation"] == OURS)]
    said += [
        f"{algorithm_title(line['algorithm'])} of {line['implementation']} on {line['dataset']} "
        f"(n = {int(line['n']):,}), k = {line['k']}, start {start_title(line['start'])}: "
        f"{significant(line['ns'])} ns per n²."
        for line in others.to_dict("records")
    ]
    return said
