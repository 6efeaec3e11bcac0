"""A Markdown file -> what it says: its marks read as CommonMark means them, its headings kept as headings."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.article.furniture.vocabulary import Role
from corpus.article.page import Dropped, Page, read_page
from corpus.cleaning import clean, decode
from corpus.dates import is_date
from corpus.mending import mend_text
from corpus.readers.lines import Line, marked_lines, repaired
from corpus.readers.plain_text import read_text, repair_warnings
from corpus.readers.table_rows import Grid, cell_text

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|author|publisher)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE | re.IGNORECASE)
_KEYED = re.compile(r"(?:[A-Za-z_][A-Za-z0-9_.-]*\s*:.*|\s*-\s.*|\s*#.*|[ \u2502].*|\s*)")
_LETTERHEAD = re.compile(r"\A(---[ \t]*\n(?:[^\n]+\n){1,12}?)(---[ \t]*(?:\n|\Z))")
"""Lines between rules at the top, which Markdown would take for a heading underlined with dashes."""
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STOP = re.compile(r"[.!?…:;][”’\"'»)\]]*$")
_WRAPPED = range(60, 131)
"""Widths at which editors break lines; a longer line is a paragraph, a shorter one was meant."""
_LARGEST = 2_000_000
"""Characters; a longer file is read as plain text."""


def read_markdown(raw: bytes) -> Page:
    """Read a Markdown file; what its front matter says of title, date and names completes what the text says.

    Raises:
        UnreadableError: if it is empty or binary.
    """
    decoded = decode(raw)
    mended = mend_text(decoded)
    text = clean(_keep_indents(mended))
    if len(text) > _LARGEST:
        return read_text(raw)
    front = _front_matter(text)
    fields = {key.lower(): clean(value) for key, value in _FIELD.findall(front[1])} if front else {}
    body = text[front.end() :] if front else _LETTERHEAD.sub(r"\1\n\n\2", text)
    lines, _ = repaired([piece for line in _lines(_restore_indents(body)) for piece in _cut(line)])
    first = [line.text for line in lines if line.style == "heading 1"]
    headline = first[0] if len(first) == 1 and first[0] in [line.text for line in lines[:3]] else ""
    said, marks = marked_lines(lines, headline)
    page = read_page("\n".join(said), marks, headline, web=False)
    date = fields.get("date", "")[: len("2020-01-31")]
    unknown = [line for line in (front[1] if front else "").split("\n") if line and not _FIELD.match(line)]
    return replace(
        page,
        title=page.title if headline else fields.get("title") or page.title,
        published=page.published or (date if is_date(date) else None),
        author=page.author or fields.get("author") or None,
        publisher=page.publisher or fields.get("publisher") or None,
        dropped=(*page.dropped, *(Dropped(line, Role.LAYOUT) for line in map(clean, unknown) if line)),
        warnings=(*page.warnings, *repair_warnings(decoded, mended)),
    )


def _front_matter(text: str) -> re.Match[str] | None:
    """What stands between lines of dashes at the top, if each line of it says `key: value`, as no letterhead does."""
    front = _FRONT_MATTER.match(text)
    return front if front and all(_KEYED.fullmatch(line) for line in front[1].split("\n")) else None


def _cut(line: Line) -> Iterator[Line]:
    """A line for each of its lines."""
    if line.grid is not None:
        yield line
    else:
        yield from (replace(line, text=piece) for piece in clean(line.text).split("\n") if piece)


def _keep_indents(text: str) -> str:
    """Indents as signs that cleaning does not take: they mean something here."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"^[ \t]+(?=\S)", lambda match: "\u2502" * len(match[0].expandtabs(4)), text, flags=re.MULTILINE)


def _restore_indents(text: str) -> str:
    return re.sub("^\u2502+", lambda match: " " * len(match[0]), text, flags=re.MULTILINE)


def _lines(text: str) -> Iterator[Line]:
    labels: list[str] = []
    heading = 0
    rows: list[list[str]] | None = None
    for token in _PARSER.parse(text):
        if token.type in ("table_open", "tr_open", "table_close") or (rows is not None and token.type == "inline"):
            rows = _in_table(token, rows)
            if token.type == "table_close" and rows is not None:
                yield Line("", grid=Grid(rows, heads=1))
                rows = None
        elif token.type == "list_item_open":
            labels.append(f"{token.info}{token.markup}" if token.info else "-")
        elif token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "inline":
            label = f"{labels.pop()} " if labels else ""
            said = " ".join(_inline(token).split()) if heading else _joined(_inline(token))
            yield Line(label + said, f"heading {heading}" if heading else "", heading=heading > 0)
            heading = 0
        elif token.type in ("fence", "code_block"):
            yield from (Line(line) for line in token.content.split("\n"))
        elif token.type == "html_block":
            yield from (Line(line) for line in _TAG.sub("", _LINE_BREAK.sub("\n", token.content)).split("\n"))


def _in_table(token: Token, rows: list[list[str]] | None) -> list[list[str]]:
    """The rows of a table so far, with what a token adds to them."""
    rows = rows or []
    if token.type == "tr_open":
        rows.append([])
    elif token.type == "inline":
        rows[-1].append(cell_text(_inline(token)))
    return rows


def _inline(token: Token) -> str:
    parts = []
    struck = 0
    for child in token.children or ():
        struck += (child.type == "s_open") - (child.type == "s_close")
        if struck:
            continue
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "html_inline":
            parts.append("\n" if _LINE_BREAK.fullmatch(child.content) else "")
        elif child.type != "image":
            parts.append(child.content)
    return "".join(parts)


def _joined(text: str) -> str:
    """Lines that an editor has broken joined again; a line that ends early was meant to."""
    lines = [line for line in text.split("\n") if line.strip()]
    width = max(map(len, lines), default=0)
    joined = lines[:1]
    for above, below in pairwise(lines):
        ended = _STOP.search(above) is not None
        full = width in _WRAPPED and len(above) + len(below.split(maxsplit=1)[0]) >= width
        if (below[0].islower() or full) and not (ended and not below[0].islower()):
            joined[-1] += f" {below}"
        else:
            joined.append(below)
    return "\n".join(joined)
