"""Texts with questions written for this project: what training learns from above all (layout in README.md)."""

import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
ANSWERED_KINDS = frozenset(("span", "office", "list", "yes", "no", "sentence"))
"""What a question that its paragraph answers may ask for."""
NEAR_MISSES = frozenset(
    ("year", "number", "place", "name", "body", "document", "role", "subject", "person", "neighbour", "polarity")
)
"""What makes a question one that its paragraph does not answer, though it nearly does."""
STYLES = frozenset(("para", "bare", "abbr", "slip", "en", "follow"))
OWN = "own"
"""Name of this set."""
_VALIDATION_SHARE = 5
"""One family of ours in so many is kept for validation."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a paragraph.

    Attributes:
        question: as typed.
        kind: one of `ANSWERED_KINDS`, or of `NEAR_MISSES` where the paragraph does not answer.
        answers: where the answer stands in the paragraph (characters), the items of a list in order; empty for a near
            miss.
        previous: the question asked before it, where it makes sense only after that one.
        tempting: for a near miss the words that a careless reader would give.
        styles: how it is asked.
    """

    question: str
    kind: str
    answers: tuple[Span, ...] = ()
    previous: str | None = None
    tempting: Span | None = None
    styles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and what is asked of it."""

    text: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs under one headline.

    Attributes:
        family: what must not be divided between training and validation.
        language: ISO 639-1.
        source: name of the set it belongs to; "own" for what was written for this project.
        published: when, as dd/mm/yyyy, where that is known.
    """

    family: str
    language: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    validation: bool
    source: str = OWN
    published: str = ""


def read_texts(folder: Path = TEXTS) -> Iterator[Text]:
    """The texts written for this project.

    Raises:
        ValueError: naming file and line, if one cannot be read.
    """
    for path in sorted(folder.rglob("*.txt")):
        try:
            yield from parse_texts(path.read_text("utf-8"))
        except ValueError as error:
            raise ValueError(f"{path.name}: {error}") from error


def parse_texts(raw: str) -> Iterator[Text]:
    """Texts of one file.

    Raises:
        ValueError: naming the line, if one cannot be read or an answer does not stand in its paragraph.
    """
    title = family = published = ""
    paragraphs: list[tuple[list[str], list[str]]] = []
    for line in [*unicodedata.normalize("NFC", raw).splitlines(), "# "]:
        mark, _, rest = line.partition(" ")
        if mark == "#":
            if paragraphs:
                validation = zlib.crc32(family.encode()) % _VALIDATION_SHARE == 0
                made = tuple(_paragraph(*lines) for lines in paragraphs)
                yield Text(family, "vi", title, made, validation, published=published)
            title = family = rest.strip()
            published = ""
            paragraphs = []
        elif mark == "family:":
            family = rest.strip()
        elif mark == "date:":
            published = _date(rest.strip(), line)
        elif mark == "P:":
            paragraphs.append(([rest.strip()], []))
        elif line.startswith("  ") and line.strip() and paragraphs and not paragraphs[-1][1]:
            paragraphs[-1][0].append(line.strip())
        elif mark in ("+", "-") and paragraphs:
            paragraphs[-1][1].append(line)
        elif line.strip() and mark != "genre:":
            raise ValueError(f"this line cannot be read: {line[:80]!r}")


def _date(written: str, line: str) -> str:
    try:
        return datetime.strptime(written, "%d/%m/%Y").strftime("%d/%m/%Y")
    except ValueError as error:
        raise ValueError(f"a date is written dd/mm/yyyy: {line[:80]!r}") from error


def _paragraph(lines: list[str], questions: list[str]) -> Paragraph:
    text = "\n".join(lines)
    return Paragraph(text, tuple(_asked(line, text) for line in questions))


def _asked(line: str, paragraph: str) -> Asked:
    head, bar, rest = line[2:].partition(" | ")
    kind, *styles = head.strip().split(".")
    known = ANSWERED_KINDS if line[0] == "+" else NEAR_MISSES
    if not bar or kind not in known or not STYLES.issuperset(styles):
        raise ValueError(f"this line cannot be read: {line[:80]!r}")
    question, *fields = (field.strip() for field in rest.split("||"))
    previous = None
    if "follow" in styles:
        previous, arrow, question = (part.strip() for part in question.partition(">>"))
        if not arrow:
            raise ValueError(f"a follow-up needs the question before it: {line[:80]!r}")
    answers: tuple[Span, ...] = ()
    tempting = None
    if line[0] == "+":
        answers = _items(fields[0], paragraph) if kind == "list" else (_answer(fields, paragraph),)
    elif fields and fields[0]:
        start = paragraph.find(fields[0])
        if start < 0:
            raise ValueError(f"the tempting words {fields[0][:60]!r} do not stand in their paragraph")
        tempting = (start, start + len(fields[0]))
    return Asked(question, kind, answers, previous, tempting, frozenset(styles))


def _answer(fields: list[str], paragraph: str) -> Span:
    words, around = fields[0], fields[1] if len(fields) > 1 else fields[0]
    if paragraph.count(around) != 1 or around.count(words) != 1:
        raise ValueError(f"the answer {words[:60]!r} must stand exactly once in its paragraph or its surroundings")
    start = paragraph.index(around) + around.index(words)
    return start, start + len(words)


def _items(field: str, paragraph: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    position = 0
    for item in (part.strip() for part in field.split(";;")):
        start = paragraph.find(item, position)
        if start < 0:
            raise ValueError(f"the item {item[:60]!r} does not stand in its paragraph, in the order given")
        position = start + len(item)
        spans.append((start, position))
    return tuple(spans)
