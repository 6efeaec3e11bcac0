"""A whole document, page by page, each within one message."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.links import Links
from bot.telegram import texts
from bot.telegram.outgoing.context_view import Library
from bot.telegram.outgoing.text_html import clip, escape, render_source
from corpus.models import Document, Passage

PAGE = 2800
"""Characters of a document in one message; title, source and tags come on top."""


def pages_of(passages: Sequence[Passage]) -> list[list[str]]:
    """The paragraphs of a document in pages, in reading order; one that is longer than a page is cut between words."""
    pages: list[list[str]] = []
    room = 0
    for passage in passages:
        for piece in _pieces(passage.text):
            if not pages or len(piece) > room:
                pages.append([])
                room = PAGE
            pages[-1].append(piece)
            room -= len(piece)
    return pages


def page_with(passages: Sequence[Passage], passage: Passage) -> int:
    """The number (0-based) of the page on which a passage begins."""
    before = [one for one in passages if one.ordinal < passage.ordinal]
    beginning = replace(passage, text=_pieces(passage.text)[0]) if passage.text.strip() else passage
    return max(0, len(pages_of([*before, beginning])) - 1)


def render_page(library: Library, document: Document, links: Links, page: int, heading: str = "") -> tuple[str, int]:
    """One page of a document as Telegram HTML, and the number of the last page.

    Args:
        library: holds the document.
        document: to show.
        links: lead to it.
        page: 0-based; the last one where there are fewer.
        heading: said above it.
    """
    passages = library.passages_of(document.id)
    pages = pages_of(passages) or [[]]
    shown = min(max(page, 0), len(pages) - 1)
    where = texts.PAGE_OF.format(number=shown + 1, count=len(pages)) if len(pages) > 1 else ""
    link = document.url or (links.link(document, passages[0], passages[0].text) if passages else None)
    parts = [escape(heading)] if heading else []
    parts.append(f"<b>{escape(clip(document.title, 200))}</b>")
    parts += [escape(paragraph) for paragraph in pages[shown]]
    parts.append(f"{texts.SOURCE} {render_source(document, link, where)}")
    return "\n\n".join(parts), len(pages) - 1


def _pieces(text: str) -> list[str]:
    pieces = []
    rest = text.strip()
    while len(rest) > PAGE:
        space = rest.rfind(" ", 1, PAGE)
        cut = space if space > 0 else PAGE
        pieces.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest else pieces
