"""Tables of an HTML page as grids, if they hold data and do not lay out the page."""

import re

from lxml.html import HtmlElement

from corpus.cleaning import clean
from corpus.readers.table_rows import Grid, cell_text, is_data

_UNSEEN = frozenset(("script", "style", "template", "noscript", "s", "strike", "del"))
_BREAKS = frozenset(("br", "p", "div", "li", "tr"))
_LONGEST_CELL = 300
"""Characters; a longer cell in a table without rules or heads is a part of the page."""
_DRAWN = re.compile(r"\b(?:table(?:-\w+)?|grid|msotable\w*|border\w*|datatable|wikitable)\b", re.IGNORECASE)
_MOST_ROWS, _MOST_COLUMNS, _MOST_CELLS = 20_000, 200, 400_000


def data_grid(table: HtmlElement) -> Grid | None:
    """The texts of a table of data; None for one that holds links or other tables, or lays out the page."""
    own = list(table.iter("tr"))
    if table.find(".//table") is not None or len(table.findall(".//a[@href]")) > max(len(own) // 2, 1):
        return None
    grid = _grid(own[:_MOST_ROWS])
    if grid is None or not is_data(grid):
        return None
    longest = max(len(text) for row in grid.rows for text in row)
    return grid if longest <= _LONGEST_CELL or grid.heads or _is_drawn(table) else None


def _grid(own: list[HtmlElement]) -> Grid | None:
    """The cells of these rows, each in every place it covers."""
    rows: list[list[str]] = []
    repeated: set[tuple[int, int]] = set()
    below: dict[tuple[int, int], str] = {}
    heads = 0
    for at, row in enumerate(own):
        texts: list[str] = []
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        for cell in cells:
            _fill(texts, below, at)
            text = cell_text(clean(_text_of(cell)))
            down = _span(cell, "rowspan", len(own) - at)
            for further in range(_span(cell, "colspan", _MOST_COLUMNS)):
                covered = {(at + step, len(texts)) for step in range(down)}
                repeated |= covered if further else covered - {(at, len(texts))}
                below.update(dict.fromkeys(covered - {(at, len(texts))}, text))
                texts.append(text)
        _fill(texts, below, at)
        rows.append(texts)
        heads += at == heads and _is_head(row, cells)
        if len(below) > _MOST_CELLS or len(texts) > _MOST_COLUMNS:
            return None
    most = max(map(len, rows), default=0)
    filled = [[*row, *[""] * (most - len(row))] for row in rows]
    return Grid(filled, heads if 0 < heads < len(filled) else None, repeated) if most else None


def _fill(texts: list[str], below: dict[tuple[int, int], str], at: int) -> None:
    """Add what cells of rows above say in the next places of a row."""
    while (at, len(texts)) in below:
        texts.append(below[at, len(texts)])


def _is_head(row: HtmlElement, cells: list[HtmlElement]) -> bool:
    return bool(cells) and (row.getparent().tag == "thead" or all(cell.tag == "th" for cell in cells))


def _is_drawn(table: HtmlElement) -> bool:
    border = (table.get("border") or "0").strip()
    style = table.get("style") or ""
    return border not in ("", "0") or _DRAWN.search(table.get("class") or "") is not None or "border" in style


def _span(cell: HtmlElement, name: str, most: int) -> int:
    value = (cell.get(name) or "").strip()
    return min(max(int(value), 1), most) if value.isdigit() and len(value) < 6 else 1  # noqa: PLR2004


def _text_of(cell: HtmlElement) -> str:
    parts = []
    waiting: list[tuple[HtmlElement, bool]] = [(cell, True)]
    while waiting:
        element, opening = waiting.pop()
        if not opening:
            parts.append(element.tail or "")
            continue
        tag = element.tag if isinstance(element.tag, str) else ""
        if element is not cell:
            waiting.append((element, False))
        if not tag or tag in _UNSEEN:
            continue
        parts.append(" " if tag in _BREAKS else "")
        parts.append(element.text or "")
        waiting.extend((child, True) for child in reversed(element))
    return "".join(parts)
