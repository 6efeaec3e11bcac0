"""Two plots as SVG files for pages that are read on GitHub: bars, and curves over orders of magnitude."""

import math
from collections.abc import Mapping, Sequence
from html import escape

_WIDTH, _ROW, _LEFT, _RIGHT = 640, 26, 170, 90
_COLOURS = ("#c2410c", "#f59e0b", "#64748b", "#94a3b8", "#475569", "#0f766e")
_HEIGHT, _TOP, _BOTTOM = 300, 30, 40


def bars(title: str, values: Mapping[str, float], unit: str) -> str:
    """One bar for each name, from 0 to the largest value.

    Args:
        title: above the bars.
        values: 0 or more, by name.
        unit: behind each value.
    """
    room = _WIDTH - _LEFT - _RIGHT
    most = max(values.values()) or 1.0
    parts = [_text(8, 20, title, "bold")]
    for number, (name, value) in enumerate(values.items()):
        y = _TOP + number * _ROW
        size = f'width="{room * value / most:.1f}" height="{_ROW - 8}"'
        parts += [
            _text(8, y + 16, name),
            f'<rect x="{_LEFT}" y="{y + 4}" {size} rx="2" fill="{_COLOURS[number % len(_COLOURS)]}"/>',
            _text(_LEFT + room * value / most + 6, y + 16, f"{value:.3g} {unit}".strip()),
        ]
    return _svg(title, _TOP + len(values) * _ROW + 8, parts)


def curves(title: str, across: Sequence[float], series: Mapping[str, Sequence[float]], unit: str) -> str:
    """Curves over the same places, both axes logarithmic.

    Args:
        title: above the plot.
        across: places on the horizontal axis, ascending, above 0.
        series: name -> a value above 0 for every place.
        unit: of the values.
    """
    values = [value for each in series.values() for value in each]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    first, last = math.log10(across[0]), max(math.log10(across[-1]), math.log10(across[0]) + 1e-9)
    right, bottom = _WIDTH - _RIGHT - 70, _HEIGHT - _BOTTOM

    def x(place: float) -> float:
        return 60 + (math.log10(place) - first) / (last - first) * (right - 60)

    def y(value: float) -> float:
        return bottom - (math.log10(value) - low) / (high - low) * (bottom - _TOP)

    parts = [_text(8, 20, f"{title} ({unit})", "bold")]
    for power in range(low, high + 1):
        here = y(10.0**power)
        parts += [
            f'<line x1="60" x2="{right}" y1="{here:.1f}" y2="{here:.1f}" stroke="#cbd5e1"/>',
            _text(8, here + 4, f"{10.0**power:g}"),
        ]
    parts += [_text(x(place) - 16, bottom + 18, f"{place:,.0f}") for place in across]
    for number, (name, points) in enumerate(series.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = " ".join(f"{x(place):.1f},{y(value):.1f}" for place, value in zip(across, points, strict=True))
        parts.append(f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x(place):.1f}" cy="{y(value):.1f}" r="3" fill="{colour}"/>'
            for place, value in zip(across, points, strict=True)
        ]
        parts.append(_text(right + 8, y(points[-1]) + 4, name))
    return _svg(title, _HEIGHT, parts)


def _text(x: float, y: float, text: str, weight: str = "normal") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-weight="{weight}" fill="#334155">{escape(text)}</text>'


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    """A picture on white, so that it can be read on a dark page too."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height:g}" role="img" '
        f'aria-label="{escape(title)}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )
