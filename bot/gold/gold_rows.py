"""How a gold question is made from a row of whatever file it came in."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from bot.answers import Verdict
from bot.gold.gold_items import BY_DOCUMENT, UNANSWERED_KINDS, AnswerType, GoldItem, GoldPart, Kind, Split

SEPARATOR = "||"
COLUMNS = (
    "id",
    "question",
    "kind",
    "context",
    "answerable",
    "evidence",
    "answer",
    "document",
    "split",
    "twin",
    "note",
    "type",
    "items",
    "verdict",
    "parts",
    "documents",
    "language",
    "count",
)
PART_COLUMNS = ("question", "evidence", "answer", "answerable")
LANGUAGES = ("vi", "en")
YES = frozenset({"true", "1", "yes", "y", "x", "có", "đúng"})
NO = frozenset({"false", "0", "no", "n", "không", "sai"})

_Choice = TypeVar("_Choice", bound=StrEnum)


@dataclass(slots=True)
class _Row:
    """The cells of one row while they are being read; collects what is wrong instead of stopping at the first."""

    cells: Mapping[str, object]
    sentences: list[str] = field(default_factory=list)

    def text(self, column: str) -> str | None:
        value = self.cells.get(column)
        if value is None:
            return None
        if isinstance(value, bool | Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
            self.sentences.append(f"{column} must be text, not {value!r}")
            return None
        return str(value).strip() or None

    def required(self, column: str) -> str:
        before = len(self.sentences)
        value = self.text(column)
        if value is None and len(self.sentences) == before:
            self.sentences.append(f"{column} is missing")
        return value or ""

    def truth(self, column: str, *, default: bool) -> bool:
        value = self.cells.get(column)
        if isinstance(value, bool):
            return value
        word = "" if value is None else str(value).strip().lower()
        if not word:
            return default
        if word not in YES | NO:
            self.sentences.append(f"{column} must be true or false, not {value!r}")
        return word in YES

    def texts(self, column: str) -> tuple[str, ...]:
        value = self.cells.get(column)
        if value is None:
            return ()
        if isinstance(value, str):
            value = value.replace(SEPARATOR, "\n").splitlines()
        if not isinstance(value, Sequence) or not all(isinstance(part, str) for part in value):
            self.sentences.append(f"{column} must be a list of texts, not {value!r}")
            return ()
        return tuple(part.strip() for part in value if part.strip())

    def choice(self, column: str, choices: type[_Choice]) -> _Choice | None:
        value = self.text(column)
        if value is None:
            return None
        try:
            return choices(value.lower())
        except ValueError:
            known = [choice.value for choice in choices]
            self.sentences.append(f"{column} {value!r} is unknown; {_nearest(value, known)}")
            return None

    def number(self, column: str) -> int | None:
        value = self.text(column)
        if value is None or (value.isascii() and value.isdigit()):
            return None if value is None else int(value)
        self.sentences.append(f"{column} must be a whole number, not {value!r}")
        return None

    def parts(self) -> tuple[GoldPart, ...]:
        value = self.cells.get("parts")
        if value is None or value == "":
            return ()
        if not isinstance(value, Sequence) or not all(isinstance(part, Mapping) for part in value):
            self.sentences.append("parts must be a list of objects; only JSON lines can hold them")
            return ()
        found = []
        for number, cells in enumerate(value, 1):
            reading = _Row(cells)
            reading.sentences += [f"unknown column {name!r}" for name in cells if name not in PART_COLUMNS]
            found.append(
                GoldPart(
                    question=reading.required("question"),
                    evidence=reading.texts("evidence"),
                    answer=reading.text("answer"),
                    answerable=reading.truth("answerable", default=True),
                )
            )
            self.sentences += [f"part {number}: {sentence}" for sentence in reading.sentences]
        return tuple(found)


def item_from(cells: Mapping[str, object], row: int) -> tuple[GoldItem | None, list[str]]:
    """Make an item of one row; the cells of a spreadsheet (text) and of JSON (typed) are both understood.

    Args:
        cells: column -> value, as read.
        row: the number to report.

    Returns:
        The item, or None when something is wrong with the row, and one sentence for each thing that is wrong.
    """
    reading = _Row(cells)
    reading.sentences += [
        f"unknown column {name!r}; {_nearest(name, COLUMNS)}" for name in cells if name not in COLUMNS
    ]
    identity, question = reading.required("id"), reading.required("question")
    kind = reading.choice("kind", Kind)
    if kind is None and not reading.text("kind"):
        reading.sentences.append("kind is missing")
    answerable = reading.truth("answerable", default=kind not in UNANSWERED_KINDS)
    answer = reading.text("answer")
    item = GoldItem(
        id=identity,
        question=question,
        kind=kind or Kind.DIRECT,
        context=reading.text("context"),
        answerable=answerable,
        evidence=reading.texts("evidence"),
        answers=(answer,) if answer else (),
        document=reading.text("document"),
        split=reading.choice("split", Split),
        twin=reading.text("twin"),
        note=reading.text("note"),
        row=row,
        type=reading.choice("type", AnswerType),
        items=reading.texts("items"),
        verdict=reading.choice("verdict", Verdict),
        parts=reading.parts(),
        documents=reading.texts("documents"),
        language=reading.text("language"),
        count=reading.number("count"),
    )
    if item.type in BY_DOCUMENT and item.answerable:
        documents = item.documents or ((item.document,) if item.document else ())
        item = replace(item, documents=documents, relevant=dict.fromkeys(documents, 1))
    if not reading.sentences:
        reading.sentences += _contradictions(item)
    return (None if reading.sentences else item), reading.sentences


def _contradictions(item: GoldItem) -> list[str]:
    """Return what cannot be true together in one item."""
    found = []
    if item.answerable and item.kind in UNANSWERED_KINDS:
        found.append(f"kind {item.kind} says that nothing answers it, answerable says the opposite")
    by_document = item.type in BY_DOCUMENT
    if item.answerable and by_document and not item.documents:
        found.append(f"documents are missing: a question of type {item.type} is judged by the documents it should show")
    if item.answerable and not item.evidence and not by_document:
        found.append("evidence is missing: an answerable question needs the words that answer it")
    if not item.answerable and item.evidence:
        found.append("evidence is given for a question that is not answerable")
    if not item.answerable and item.answers:
        found.append("an answer is given for a question that is not answerable")
    if item.kind is Kind.FOLLOWUP and not item.context:
        found.append("context is missing: a followup needs the question before it")
    return found + _form_contradictions(item)


def _form_contradictions(item: GoldItem) -> list[str]:
    """Return what cannot be true together in the form of the answer."""
    found = []
    if item.type is AnswerType.LIST and item.answerable and not item.items:
        found.append("items are missing: a list needs everything that belongs to it")
    if len(set(item.items)) < len(item.items):
        found.append("items holds the same text twice")
    if item.type is AnswerType.YES_NO and item.answerable != (item.verdict is not None):
        found.append("verdict must be given for a yes_no question that is answerable, and only for one")
    if item.type is AnswerType.COMPOUND and item.answerable and len(item.parts) < 2:  # noqa: PLR2004 - several
        found.append("parts are missing: a compound question asks two things or more")
    if item.language and item.language not in LANGUAGES:
        found.append(f"language {item.language!r} is unknown; known are {', '.join(LANGUAGES)}")
    found += [
        f"part {number}: evidence must be given if it is answerable, and only then"
        for number, part in enumerate(item.parts, 1)
        if part.answerable != bool(part.evidence)
    ]
    return found


def _nearest(word: str, known: Sequence[str]) -> str:
    """Return a hint: the known word most like it, or all of them."""
    close = difflib.get_close_matches(word.lower(), known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(known)}"
