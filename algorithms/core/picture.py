"""A small picture of a clustering for notebooks: its medoids and how many objects each one has, as SVG."""

import numpy as np

MOST = 12  # bars
LINE, LEFT, WIDTH = 18, 90, 240  # pixels: height of a line, where bars begin, the longest bar


def picture(medoids: np.ndarray, sizes: np.ndarray, title: str) -> str:
    """Return an SVG element with a bar for each of the largest clusters, the largest first; ties: lowest slot."""
    shown = np.argsort(-sizes, kind="stable")[:MOST]
    lines = [text(0, 0, title)]
    for line, slot in enumerate(shown, start=1):
        width = WIDTH * sizes[slot] / sizes.max()
        lines.append(text(line, 0, f"medoid {medoids[slot]}"))
        lines.append(f'<rect x="{LEFT}" y="{LINE * line + 3}" width="{width:.1f}" height="{LINE - 6}" opacity="0.6"/>')
        lines.append(text(line, LEFT + width + 5, str(sizes[slot])))
    left_out = len(sizes) - len(shown)
    if left_out:
        lines.append(text(MOST + 1, 0, f"and {left_out} more cluster{'s' * (left_out > 1)}"))
    height = LINE * (len(shown) + 1 + bool(left_out))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 60}" height="{height}" role="img" '
        f'aria-label="{title}" fill="currentColor" font-family="sans-serif" font-size="12">{"".join(lines)}</svg>'
    )


def text(line: int, x: float, words: str) -> str:
    """Return an SVG text element on the given line."""
    return f'<text x="{x:.1f}" y="{LINE * line + 13}">{words}</text>'
