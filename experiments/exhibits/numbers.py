"""Numbers as a reader sees them: significant digits, and an interval or the reason why there is none."""

import math
from collections.abc import Iterable

from kmedoids_bench.experiments.analysis.measure import Measure


def significant(value: float, like: float | None = None) -> str:
    """Write a number with three significant digits, or with as many decimals as `like` gets: "0.0123", "1,230"."""
    size = abs(value if like is None else like)
    if not math.isfinite(size) or size == 0:
        return f"{value:.3g}"
    decimals = max(0, 2 - math.floor(math.log10(size)))
    return f"{value:,.{min(decimals, 9)}f}"


def with_interval(value: float, low: float | None, high: float | None, why_none: str = "") -> str:
    """Write "12.3 [11.9, 12.8]", the value alone where it is exact, or "12.3 (no interval: 2 series, 3 needed)".

    An end that is NaN or None means that there is no interval.
    """
    if low is None or high is None or math.isnan(low) or math.isnan(high):
        return f"{_number(value, value)} (no interval{why_none and f': {why_none}'})"
    if low == high == value:
        return _number(value, value)
    first, last = (_number(end, value, high - low) for end in (low, high))
    return f"{without_interval(value, low, high)} [{first}, {last}]"


def bracketed(value: float, low: float | None, high: float | None) -> str:
    """Write "12.3 [11.9, 12.8]", and the value alone where there is no interval."""
    missing = low is None or high is None or math.isnan(low) or math.isnan(high)
    return without_interval(value, low, high) if missing else with_interval(value, low, high)


def without_interval(value: float, low: float | None, high: float | None) -> str:
    """Write a value alone, with as many digits as `with_interval` gives it."""
    width = math.nan if low is None or high is None else high - low
    return _number(value, value, 0 if math.isnan(width) else width)


def written(measure: Measure) -> str:
    """Write a measure with its interval."""
    return with_interval(measure.value, measure.low, measure.high, measure.why_none)


def in_short(measures: Iterable[Measure]) -> str:
    """Write one measure with its interval, of several the lowest and the highest: "0.559 to 1.15"; none as ""."""
    ordered = sorted(measures, key=lambda one: one.value)
    if len(ordered) == 1:
        return bracketed(ordered[0].value, ordered[0].low, ordered[0].high)
    ends = ordered[:: max(1, len(ordered) - 1)]
    return " to ".join(dict.fromkeys(without_interval(one.value, one.low, one.high) for one in ends))


def counted(number: int, noun: str) -> str:
    """Write "1 pair", "2 pairs", "1,000 pairs"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _number(value: float, like: float, width: float = 0.0) -> str:
    """Write rounding errors with an exponent, and ratios near 1 with the digits that an interval of this width has."""
    if 0 < abs(like) < 1e-3:
        return f"{value:.2g}"
    if not 0.9 < abs(like) < 1.1:
        return significant(value, like)
    return f"{value:.{min(5, max(2, 1 - math.floor(math.log10(width))))}f}" if width else f"{value:.5g}"
