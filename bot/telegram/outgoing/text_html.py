"""Pieces of Telegram HTML: text made safe and cut to size, dates, a document named as the source."""

import html

from bot.telegram import texts
from corpus.dates import vietnamese_date
from corpus.models import Document

TITLE_LIMIT = 160


def render_source(document: Document, link: str | None, place: str = "") -> str:
    """Title (linked where there is an address), publisher, date and where in the document, on one line."""
    title = escape(clip(document.title, TITLE_LIMIT))
    named = f'<a href="{html.escape(link)}">{title}</a>' if link else title
    publisher = escape(clip(document.publisher, 80)) if document.publisher else ""
    return " · ".join(part for part in (named, publisher, published_on(document.published), escape(place)) if part)


def published_on(published: str | None) -> str:
    """When something was published, as people write it here, of an ISO date; "" where there is none."""
    parts = published[:10].split("-") if published else []
    return texts.PUBLISHED[len(parts)].format(date=vietnamese_date(published)) if parts else ""


def clip(text: str, limit: int) -> str:
    """`text` on one line, cut between words to at most `limit` characters, … where something is left out."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    whole_words = kept if line[limit - 1] == " " or " " not in kept else kept.rsplit(" ", 1)[0]
    return whole_words.rstrip(" ,;:.-") + "…"


def escape(text: str, *, quote: bool = False) -> str:
    """Make `text` safe inside Telegram HTML; with `quote` inside an attribute too."""
    return html.escape(text, quote=quote)
