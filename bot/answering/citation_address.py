"""Addresses of reader pages: which passages an answer cites, what is quoted of each, and which of them is shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote as percent_encode

from bot.answers import Citation
from corpus.models import Passage

MOST_CITED = 20
MOST_QUOTES = 20
_ONE = re.compile(r"([a-z2-7]{16})\.(\d{1,7})((?:\.\d{1,6}-\d{1,6})*)", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d?", re.ASCII)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cited:
    """A passage as an address names it.

    Attributes:
        passage: its id.
        ordinal: 0-based place in its document when it was cited; it may have moved since.
        spans: what is quoted, as offsets into the passage's text, ascending; empty for all of it.
    """

    passage: str
    ordinal: int
    spans: tuple[Span, ...] = ()


def cited(passage: Passage, quotes: Sequence[str]) -> Cited:
    """A passage with the places of its quotes; a quote that is not in it is passed over."""
    spans = []
    for text in quotes[:MOST_QUOTES]:
        start = passage.text.find(text)
        if text and start >= 0 and len(text) < len(passage.text):
            spans.append((start, start + len(text)))
    return Cited(passage.id, passage.ordinal, tuple(sorted(spans)))


@dataclass(frozen=True, slots=True)
class Trail:
    """What an answer cites, best first, and which of it is looked at.

    Attributes:
        cited: at least one passage.
        shown: 0-based.
    """

    cited: tuple[Cited, ...]
    shown: int = 0

    @property
    def one(self) -> Cited:
        """The citation that is looked at."""
        return self.cited[self.shown]

    def at(self, shown: int) -> "Trail | None":
        """The same with another citation looked at, None if there is none of this number."""
        return replace(self, shown=shown) if 0 <= shown < len(self.cited) else None

    def alone(self) -> "Trail":
        """Only the citation that is looked at."""
        return Trail((self.one,))

    def placed(self, one: Cited) -> "Trail":
        """The same with the citation that is looked at described otherwise."""
        return replace(self, cited=(*self.cited[: self.shown], one, *self.cited[self.shown + 1 :]))

    def reader_path(self, document_id: str) -> str:
        """Path, query and fragment of the reader page of the document that the citation stands in."""
        return f"/documents/{path_part(document_id)}?{self.query()}#p{self.one.ordinal + 1}"

    def passage_path(self) -> str:
        """Path and query that lead to that page wherever the passage stands by then."""
        return f"/p/{self.one.passage}?{self.query()}"

    def query(self) -> str:
        """`c=PASSAGE.ORDINAL.START-END.START-END~PASSAGE.ORDINAL...&i=2`; `i` counts from 1, which is left out."""
        parts = (
            ".".join([one.passage, str(one.ordinal), *(f"{start}-{end}" for start, end in one.spans)])
            for one in self.cited
        )
        return f"c={'~'.join(parts)}" + (f"&i={self.shown + 1}" if self.shown else "")


def trail_of(citations: Sequence[Citation], shown: int = 0) -> Trail:
    """The trail of an answer that cites something."""
    return Trail(tuple(cited(one.passage, one.quotes) for one in citations[:MOST_CITED]), min(shown, MOST_CITED - 1))


def read_trail(query: Mapping[str, str]) -> Trail | None:
    """What the query of an address says; None where it says nothing that `Trail` would write."""
    found = []
    for part in query.get("c", "").split("~")[:MOST_CITED]:
        match = _ONE.fullmatch(part)
        if match is None:
            return None
        spans = tuple(_span(span) for span in match[3].split(".")[1:][:MOST_QUOTES])
        found.append(Cited(match[1], int(match[2]), tuple(span for span in spans if span[0] < span[1])))
    number = query.get("i", "1")
    shown = int(number) - 1 if _NUMBER.fullmatch(number) else 0
    return Trail(tuple(found), shown if 0 <= shown < len(found) else 0)


def trail_to(passage_id: str) -> Trail | None:
    """The trail to one whole passage; None for what is no passage's id."""
    return read_trail({"c": f"{passage_id}.0"})


def path_part(text: str) -> str:
    """A text as one part of a path."""
    return percent_encode(text, safe="")


def _span(text: str) -> Span:
    start, _, end = text.partition("-")
    return int(start), int(end)
