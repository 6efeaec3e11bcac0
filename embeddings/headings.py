"""The heading under which a document's passages are indexed and read: when and where, title, number."""

from corpus.models import Document
from embeddings.extraction.event_setting import BEGINNING, event_setting


def heading_of(document: Document) -> str:
    """Day and place of what the document tells of, its title, and its number where the title does not say that.

    A paragraph hardly ever repeats them, and those who ask name the event by them. They stand first, because of a very
    long heading a reader sees no more than the beginning.
    """
    setting = event_setting(document.title, document.text[:BEGINNING], document.published)
    number = document.official.number if document.official else None
    title = document.title if number is None or number in document.title else f"{document.title} (số {number})"
    return headed(setting, title)


def headed(setting: str, title: str) -> str:
    """A title behind day and place."""
    return f"{setting}: {title}" if setting and title else title or setting
