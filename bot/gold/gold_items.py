"""What a gold question is."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.answers import Verdict


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


class AnswerType(StrEnum):
    """The form that a right answer to a gold question has; the values are part of the contract of the command line."""

    SPAN = "span"
    NUMBER = "number"
    COUNT = "count"
    OFFICE = "office"
    LIST = "list"
    YES_NO = "yes_no"
    SENTENCE = "sentence"
    COMPARISON = "comparison"
    COMPOUND = "compound"
    OVERVIEW = "overview"
    DOCUMENTS = "documents"


BY_DOCUMENT = frozenset({AnswerType.OVERVIEW, AnswerType.DOCUMENTS})
"""Types whose right answer is documents, not words in them."""


class Split(StrEnum):
    """Which half of a set a question belongs to: tuning looks at dev only."""

    DEV = "dev"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class GoldPart:
    """One of the several things a gold question asks; see `GoldItem` for the names."""

    question: str
    evidence: tuple[str, ...] = ()
    answer: str | None = None
    answerable: bool = True


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
        type: the form of the right answer, None where the set does not say.
        items: of a list (or of things to be counted), everything that belongs to it, in the order of the text.
        verdict: of a yes-or-no question that is answerable.
        parts: of a question that asks several things, each of them.
        documents: ids of all documents that an overview or a search for documents should show; these types are judged
            by them.
        language: what the question is asked in, `vi` or `en`.
        count: the number that is asked for, where it has to be counted out of a text that names the things only.
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
    type: AnswerType | None = None
    items: tuple[str, ...] = ()
    verdict: Verdict | None = None
    parts: tuple[GoldPart, ...] = ()
    documents: tuple[str, ...] = ()
    language: str | None = None
    count: int | None = None

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
        forms: dict[str, object] = {
            "type": self.type.value if self.type else None,
            "items": list(self.items),
            "verdict": self.verdict.value if self.verdict else None,
            "parts": [
                {"question": p.question, "evidence": list(p.evidence), "answer": p.answer, "answerable": p.answerable}
                for p in self.parts
            ],
            "documents": list(self.documents),
            "language": self.language,
            "count": self.count,
            "twin": self.twin,
            "note": self.note,
        }
        return cells | {name: value for name, value in forms.items() if value not in (None, [])}


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


def collapse(text: str) -> str:
    """Return text in NFC with every run of white space (non-breaking too) turned into one blank.

    Evidence is compared in this form only, so that a gold set survives another splitting of the documents.
    """
    return " ".join(unicodedata.normalize("NFC", text).split())
