"""Small SVG pictures: bars that stretch with the page, and plots with axes drawn at the size they are read."""

import math
from collections.abc import Sequence

from markupsafe import Markup, escape

from bot.evaluation.metrics import Bin, Figure
from bot.evaluation.report.report_texts import count, decimal, percent

WIDTH, HEIGHT = 380, 270
LEFT, RIGHT, TOP, BOTTOM = 50, 24, 14, 46
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
BAR_HEIGHT = 22


def bar(figure: Figure, twin: Figure) -> Markup:
    """A bar of a share with its interval as a whisker, and a diamond where the marks-free twin stands."""
    parts = [f'<rect class="track" width="100%" height="{BAR_HEIGHT}" rx="3"/>']
    if figure.value is not None:
        parts.append(f'<rect class="fill" width="{figure.value:.2%}" height="{BAR_HEIGHT}" rx="3"/>')
    if figure.interval:
        low, high, middle = f"{figure.interval[0]:.2%}", f"{figure.interval[1]:.2%}", BAR_HEIGHT / 2
        parts.append(f'<line class="whisker" x1="{low}" x2="{high}" y1="{middle}" y2="{middle}"/>')
        parts += [f'<line class="whisker" x1="{x}" x2="{x}" y1="6" y2="{BAR_HEIGHT - 6}"/>' for x in (low, high)]
    if twin.value is not None:
        parts.append(f'<svg x="{twin.value:.2%}" class="over"><path class="twin" d="M0 4L7 11L0 18L-7 11Z"/></svg>')
    label = f"{percent(figure.value)}; bỏ dấu {percent(twin.value)}"
    return _markup(f'<svg class="bar" height="{BAR_HEIGHT}" role="img" aria-label="{label}">{"".join(parts)}</svg>')


def reliability(curve: Sequence[Bin]) -> Markup:
    """Confidence against how often it was right; on the diagonal the assistant is as sure as it should be."""
    largest = max((bin_.n for bin_ in curve), default=1)
    parts = [
        *_vertical_axis(1.0, "tỷ lệ đúng thật", shares=True),
        *_confidence_axis(),
        f'<line class="ideal" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>',
    ]
    spots = [(_x(bin_.confidence), _y(bin_.right), bin_) for bin_ in curve]
    parts.append(f'<polyline class="line" points="{" ".join(f"{x},{y}" for x, y, _ in spots)}"/>')
    parts += [
        f'<circle class="spot" cx="{x}" cy="{y}" r="{3 + 6 * math.sqrt(bin_.n / largest):.1f}"><title>'
        f"độ tin cậy {percent(bin_.confidence)}, đúng {percent(bin_.right)}, {count(bin_.n)} câu</title></circle>"
        for x, y, bin_ in spots
    ]
    return _plot("Độ tin cậy so với tỷ lệ đúng thật", parts)


def confidences(groups: Sequence[tuple[str, Sequence[float]]], bins: int = 10) -> Markup:
    """How confident the answers of each group are: bars side by side, as a share of the group.

    Args:
        groups: CSS class and confidences of each group.
        bins: bins of equal width from 0 to 1.
    """
    shares = [_shares(values, bins) for _, values in groups]
    top = _round_up(max((max(share) for share in shares), default=0) or 1)
    parts = [*_vertical_axis(top, "tỷ lệ trong nhóm", shares=True), *_confidence_axis()]
    width = 0.84 / bins / max(len(groups), 1)
    for place, ((style, values), share) in enumerate(zip(groups, shares, strict=True)):
        for index, value in enumerate(share):
            x = (index + 0.08) / bins + place * width
            title = (
                f"{percent(index / bins, 0)}–{percent((index + 1) / bins, 0)}: {count(round(value * len(values)))} câu"
            )
            parts.append(_column(style, (_x(x), _x(x + width)), value / top, title))
    return _plot("Phân bố độ tin cậy", parts)


def latencies(values: Sequence[float], bins: int = 20) -> Markup:
    """How many questions took how long; the slowest 1% are gathered in the last column."""
    ordered = sorted(values)
    limit = _round_up(ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))] if ordered else 1)
    counts = [0] * bins
    for value in values:
        counts[min(int(value / limit * bins), bins - 1)] += 1
    top = _round_up(max(counts) or 1)
    parts = _vertical_axis(top, "số câu", shares=False)
    for tick in TICKS:
        parts.append(_text(_x(tick), HEIGHT - BOTTOM + 16, decimal(tick * limit, 0), "middle"))
    parts.append(_text(_x(0.5), HEIGHT - 8, "mili giây mỗi câu hỏi", "middle"))
    for index, n in enumerate(counts):
        title = f"{decimal(index * limit / bins, 0)}–{decimal((index + 1) * limit / bins, 0)} ms: {count(n)} câu"
        parts.append(_column("fill", (_x((index + 0.06) / bins), _x((index + 0.94) / bins)), n / top, title))
    return _plot("Thời gian trả lời", parts)


def _plot(label: str, parts: Sequence[str]) -> Markup:
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}"'
    return _markup(f'<svg class="plot" {box} role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>')


def _vertical_axis(top: float, label: str, *, shares: bool) -> list[str]:
    parts = []
    for tick in TICKS:
        y = _y(tick)
        value = tick * top
        text = percent(value, 0) if shares else decimal(value, 0 if float(value).is_integer() else 1)
        parts.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>')
        parts.append(_text(LEFT - 6, y + 4, text, "end"))
    turn = f'transform="rotate(-90 10 {_y(0.5)})"'
    return [*parts, f'<text x="10" y="{_y(0.5)}" text-anchor="middle" {turn}>{escape(label)}</text>']


def _confidence_axis() -> list[str]:
    ticks = [_text(_x(tick), HEIGHT - BOTTOM + 16, percent(tick, 0), "middle") for tick in TICKS]
    return [*ticks, _text(_x(0.5), HEIGHT - 8, "độ tin cậy trợ lý tự nêu", "middle")]


def _column(style: str, sides: tuple[float, float], height: float, title: str) -> str:
    left, right = sides
    y = _y(height)
    size = f'width="{right - left:.1f}" height="{_y(0) - y:.1f}"'
    return f'<rect class="{style}" x="{left}" y="{y}" {size}><title>{escape(title)}</title></rect>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _shares(values: Sequence[float], bins: int) -> list[float]:
    counts = [0] * bins
    for value in values:
        counts[min(int(value * bins), bins - 1)] += 1
    return [n / len(values) if values else 0.0 for n in counts]


def _round_up(value: float) -> float:
    """Return the next number of the form 1, 2, 4, 6, 8 or 10 times a power of ten, so that quarters read well."""
    power = 10 ** math.floor(math.log10(value)) if value > 0 else 1
    return float(next(step * power for step in (1, 2, 4, 6, 8, 10) if step * power >= value * (1 - 1e-9)))


def _x(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _y(share: float) -> float:
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _markup(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - made of numbers and of the constants above, texts are escaped
