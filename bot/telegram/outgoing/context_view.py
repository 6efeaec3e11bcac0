"""A passage in its place: the paragraphs around it, and where it stands."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.answering.links import Links
from bot.answers import where_is
from bot.telegram import texts
from bot.telegram.outgoing.text_html import clip, escape, render_source
from corpus.models import Document, Passage

AROUND_LIMIT = 700
PASSAGE_LIMIT = 2000


class Library(Protocol):
    """Where passages are looked up, such as `embeddings.Retriever`."""

    @property
    def documents(self) -> Mapping[str, Document]:
        """By id."""
        ...

    def passages_of(self, document_id: str) -> Sequence[Passage]:
        """In reading order."""
        ...


def render_in_place(library: Library, passage: Passage, links: Links, quote: str = "") -> str:
    """Telegram HTML: the paragraph before, the passage as a quotation, the paragraph after, the source."""
    document = library.documents[passage.document_id]
    around = {
        found.ordinal: found
        for found in library.passages_of(passage.document_id)
        if abs(found.ordinal - passage.ordinal) == 1
    }
    before, after = around.get(passage.ordinal - 1), around.get(passage.ordinal + 1)
    parts = [f"<b>{escape(clip(document.title, 200))}</b>"]
    if before is not None:
        parts.append(escape(_tail(before.text, AROUND_LIMIT)))
    parts.append(f"<blockquote>{escape(passage.text[:PASSAGE_LIMIT])}</blockquote>")
    if after is not None:
        parts.append(escape(_head(after.text, AROUND_LIMIT)))
    link = links.link(document, passage, quote or passage.text)
    parts.append(f"{texts.SOURCE} {render_source(document, link, where_is(passage))}")
    return "\n\n".join(parts)


def _head(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(None, 1)[0] + "…"


def _tail(text: str, limit: int) -> str:
    return text if len(text) <= limit else "…" + text[-(limit - 1) :].split(None, 1)[-1]
