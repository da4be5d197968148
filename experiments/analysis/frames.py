"""What every analysis does with frames: lines to a frame, a frame to groups, and values under their keys."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

import pandas as pd

from kmedoids_bench.experiments.analysis.intervals import Interval

Key = TypeVar("Key")
Value = TypeVar("Value")


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


def gathered(named: Iterable[tuple[Key, Value | None]]) -> dict[Key, list[Value]]:
    """Gather values under their keys, in the order in which they come; None, for what is not known, is left out."""
    values: dict[Key, list[Value]] = {}
    for key, value in named:
        if value is not None:
            values.setdefault(key, []).append(value)
    return values


def interval_columns(name: str, value: float, interval: Interval) -> dict[str, float | str | None]:
    """Return a value and its interval by the names of columns: the name alone, with _low, _high and _why_none."""
    ends = {f"{name}_low": interval.low, f"{name}_high": interval.high}
    return {name: value, **ends, f"{name}_why_none": interval.why_none}


def values_of(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give such columns the names ``value``, ``low`` and ``high``, to be drawn beside those of other names."""
    return frame.rename(columns={name: "value", f"{name}_low": "low", f"{name}_high": "high"})
