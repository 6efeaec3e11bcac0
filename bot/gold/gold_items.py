"""What a gold question is, and how one is made from a row of whatever file it came in."""

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

EVIDENCE_SEPARATOR = "||"
COLUMNS = ("id", "question", "kind", "context", "answerable", "evidence", "answer", "document", "split", "twin", "note")
YES = frozenset({"true", "1", "yes", "y", "x", "có", "đúng"})
NO = frozenset({"false", "0", "no", "n", "không", "sai"})

_Choice = TypeVar("_Choice", bound=StrEnum)


class Kind(StrEnum):
    """What a gold question tries; the values are part of the contract of the command line."""

    DIRECT = "direct"
    PARAPHRASE = "paraphrase"
    UNMARKED = "unmarked"
    ABBREVIATION = "abbreviation"
    SLIP = "slip"
    FOLLOWUP = "followup"
    COMPARISON = "comparison"
    UNANSWERABLE = "unanswerable"
    OFFTOPIC = "offtopic"


UNANSWERED_KINDS = frozenset({Kind.UNANSWERABLE, Kind.OFFTOPIC})


class Split(StrEnum):
    """Which half of a set a question belongs to: tuning looks at dev only."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class GoldItem:
    """One question whose right answer is known.

    Attributes:
        context: the question asked before it in the same conversation, None if there was none.
        evidence: texts of which a passage must hold at least one to be right; empty when unanswerable or judged
            by document.
        answers: short answers that count as right; a gold file gives at most one, a BEIR folder may give several.
        document: id of the document the evidence stands in, as a hint for people.
        twin: id of the answerable question that a near miss was made from, as a hint for people.
        relevant: document id -> grade, for sets judged by document (BEIR); None for sets judged by evidence.
        row: line or row of its file, 1 for the first.
    """

    id: str
    question: str
    kind: Kind
    context: str | None = None
    answerable: bool = True
    evidence: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    document: str | None = None
    split: Split | None = None
    twin: str | None = None
    note: str | None = None
    relevant: Mapping[str, int] | None = None
    row: int = 0

    def as_json(self) -> dict[str, object]:
        """Return the item in the gold format of the contract, ready for `json.dumps`."""
        cells: dict[str, object] = {
            "id": self.id,
            "question": self.question,
            "kind": self.kind.value,
            "context": self.context,
            "answerable": self.answerable,
            "evidence": list(self.evidence),
            "answer": self.answers[0] if self.answers else None,
            "document": self.document,
        }
        if self.split:
            cells["split"] = self.split.value
        cells |= {name: value for name, value in (("twin", self.twin), ("note", self.note)) if value}
        return cells


@dataclass(frozen=True, slots=True)
class GoldProblem:
    """Something wrong with one row of a gold file.

    Attributes:
        row: line or row number in the file; 0 for the file as a whole.
        serious: the item cannot be relied on; otherwise it only deserves a look.
    """

    path: Path
    row: int
    sentence: str
    serious: bool = True

    def __str__(self) -> str:
        """Return `file, row 3: what is wrong`."""
        place = f"{self.path}, row {self.row}" if self.row else str(self.path)
        return f"{place}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A file or folder of gold questions as read; rows with serious problems are not among the items.

    Attributes:
        documents: folder of the documents the set brings along (BEIR), None if it relies on others.
        checksum: SHA-256 (hex) of the bytes read, so that a run can name exactly what it asked.
    """

    path: Path
    items: tuple[GoldItem, ...]
    problems: tuple[GoldProblem, ...] = ()
    documents: Path | None = None
    checksum: str = ""

    @property
    def name(self) -> str:
        """The file's stem or the folder's name."""
        return self.path.resolve().name if self.path.is_dir() else self.path.stem


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
            value = value.replace(EVIDENCE_SEPARATOR, "\n").splitlines()
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


def collapse(text: str) -> str:
    """Return text in NFC with every run of white space (non-breaking too) turned into one blank.

    Evidence is compared in this form only, so that a gold set survives another splitting of the documents.
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


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
    )
    if not reading.sentences:
        reading.sentences += _contradictions(item)
    return (None if reading.sentences else item), reading.sentences


def _contradictions(item: GoldItem) -> list[str]:
    """Return what cannot be true together in one item."""
    found = []
    if item.answerable and item.kind in UNANSWERED_KINDS:
        found.append(f"kind {item.kind} says that nothing answers it, answerable says the opposite")
    if item.answerable and not item.evidence:
        found.append("evidence is missing: an answerable question needs the words that answer it")
    if not item.answerable and item.evidence:
        found.append("evidence is given for a question that is not answerable")
    if not item.answerable and item.answers:
        found.append("an answer is given for a question that is not answerable")
    if item.kind is Kind.FOLLOWUP and not item.context:
        found.append("context is missing: a followup needs the question before it")
    return found


def _nearest(word: str, known: Sequence[str]) -> str:
    """Return a hint: the known word most like it, or all of them."""
    close = difflib.get_close_matches(word.lower(), known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(known)}"
