"""What documents and dates are called in the sentences beside an answer."""

from corpus.models import Document

_LONGEST = 90


def name(document: Document) -> str:
    """What officials call a document: kind and number, else its title in quotation marks, cut where it is long."""
    official = document.official
    if official is not None and official.number:
        return f"{official.kind or 'Văn bản'} số {official.number}"
    title = document.title
    shown = title if len(title) <= _LONGEST else title[:_LONGEST].rsplit(" ", 1)[0] + "…"
    return f"“{shown}”"


def day_first(iso: str | None) -> str:
    """`2024-01-01` -> `01/01/2024`; a year or a month alone likewise."""
    return "/".join(reversed((iso or "").split("-")))
