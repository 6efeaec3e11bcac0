"""A Markdown file -> what it says: its marks read as CommonMark means them, its headings kept as headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.article.page import Mark, Page, read_page
from corpus.cleaning import clean, decode
from corpus.dates import is_date
from corpus.mending import mend_text
from corpus.readers.plain_text import read_text, repair_warnings

_PARSER = MarkdownIt("commonmark").enable("table")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_YAML = re.compile(r"[\w-]+\s*:(?:\s|$)|\s|-\s|#|$")
"""What a line of front matter begins with."""
_FIELD = re.compile(r"^(title|date|author|publisher)\s*:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE | re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_STOP = re.compile(r"[.!?…:;][”’\"'»)\]]*$")
_WRAPPED = range(60, 131)
"""Widths at which editors break lines; a longer line is a paragraph, a shorter one was meant."""
_LARGEST = 2_000_000
"""Characters; a longer file is read as plain text."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    heading: int = 0


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
    front = _FRONT_MATTER.match(text)
    if front and not all(map(_YAML.match, front[1].split("\n"))):  # text between two rules, such as a letterhead
        text, front = f"{front[1]}\n\n{text[front.end() :]}", None
    fields = {key.lower(): clean(value) for key, value in _FIELD.findall(front[1])} if front else {}
    lines = [
        replace(line, text=piece)
        for line in _lines(_restore_indents(text[front.end() :] if front else text))
        for piece in clean(line.text).split("\n")
        if piece
    ]
    first = [line.text for line in lines if line.heading == 1]
    headline = first[0] if len(first) == 1 and first[0] in [line.text for line in lines[:3]] else ""
    page = read_page(
        "\n".join(line.text for line in lines),
        [Mark(heading=line.heading > 0 and line.text != headline) for line in lines],
        headline,
    )
    date = fields.get("date", "")[: len("2020-01-31")]
    return replace(
        page,
        title=page.title if headline else fields.get("title") or page.title,
        published=page.published or (date if is_date(date) else None),
        author=page.author or fields.get("author") or None,
        publisher=page.publisher or fields.get("publisher") or None,
        warnings=(*page.warnings, *repair_warnings(decoded, mended)),
    )


def _keep_indents(text: str) -> str:
    """Indents as signs that cleaning does not take: they mean something here."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"^[ \t]+(?=\S)", lambda match: "\u2502" * len(match[0].expandtabs(4)), text, flags=re.MULTILINE)


def _restore_indents(text: str) -> str:
    return re.sub("^\u2502+", lambda match: " " * len(match[0]), text, flags=re.MULTILINE)


def _lines(text: str) -> Iterator[_Line]:
    tokens = _PARSER.parse(text)
    labels: list[str] = []
    heading = 0
    row: list[str] | None = None
    for token in tokens:
        if token.type == "list_item_open":
            labels.append(f"{token.info}{token.markup}" if token.info else "-")
        elif token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            yield _Line(" | ".join(cell for cell in row or () if cell))
            row = None
        elif token.type == "inline" and row is not None:
            row.append(" ".join(_inline(token).split()))
        elif token.type == "inline":
            label = f"{labels.pop()} " if labels else ""
            yield _Line(label + (" ".join(_inline(token).split()) if heading else _joined(_inline(token))), heading)
            heading = 0
        elif token.type in ("fence", "code_block"):
            yield from (_Line(line) for line in token.content.split("\n"))
        elif token.type == "html_block":
            yield from (_Line(line) for line in _TAG.sub("", _LINE_BREAK.sub("\n", token.content)).split("\n"))


def _inline(token: Token) -> str:
    parts = []
    for child in token.children or ():
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
