"""What every analysis does with frames: lines to a frame, a frame to groups, and measures under their names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from kmedoids_bench.experiments.analysis.measure import Measure


def frame_of(lines: Iterable, columns: Sequence[str], numbers: Sequence[str] = ()) -> pd.DataFrame:
    """Make a frame with these columns, also of no lines at all; `numbers` become float64, None among them NaN.

    Lines are mappings, of which other keys are left out, or tuples in the order of `columns` and `numbers`.
    """
    new = [name for name in numbers if name not in columns]
    return pd.DataFrame(list(lines), columns=[*columns, *new]).astype(dict.fromkeys(numbers, "float64"))


def groups(frame: pd.DataFrame, keys: Sequence[str]) -> Iterator[tuple[dict, pd.DataFrame]]:
    """Yield the lines that agree in these columns, each time with the values that they share, as a dict."""
    for key, group in frame.groupby(list(keys)):
        yield dict(zip(keys, key, strict=True)), group


def by_name(named: Iterable[tuple[str, Measure | None]]) -> dict[str, list[Measure]]:
    """Gather measures under their names; None, which could not be measured, is left out."""
    measures: dict[str, list[Measure]] = {}
    for name, measure in named:
        if measure is not None:
            measures.setdefault(name, []).append(measure)
    return measures


def interval_columns(name: str, measure: Measure) -> Mapping[str, float | str | None]:
    """Return a value and its interval by the names of columns: the name alone, with _low, _high and _why_none."""
    ends = {f"{name}_low": measure.low, f"{name}_high": measure.high, f"{name}_why_none": measure.interval.why_none}
    return {name: measure.value, **ends}
