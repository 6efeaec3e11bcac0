"""All that an answer depends on: under which it may be given again."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

from bot.answering.links import Links
from corpus.groups import Groups
from embeddings.question.question import LONGEST_QUESTION, Question
from embeddings.syllables import normalise


@dataclass(frozen=True, slots=True)
class CacheKey:
    """All that an answer depends on, but for the models and the settings, which one answerer keeps for life.

    Attributes:
        generation: id of the index generation that is searched.
        seen_by: whose documents are searched; see `embeddings.retriever.Retriever.seen_by`.
        links: where citations lead.
        question, previous: as the interpreter sees them: how white space and invisible characters were typed makes no
            difference, marks and capitals do.
        top: citations wanted.
        today: what `năm ngoái` is read against.
    """

    generation: str
    seen_by: tuple[Groups, ...]
    links: Links
    question: str
    previous: str | None
    top: int
    today: date = field(default_factory=date.today)

    @classmethod
    def of(cls, question: Question, generation: str, seen_by: tuple[Groups, ...], links: Links, top: int) -> "CacheKey":
        """What a question that can be asked is kept under, today."""
        previous = None if question.previous is None else reduced(question.previous)
        return cls(generation, seen_by, links, reduced(question.text), previous, top)

    def digest(self, answerer: str) -> str:
        """SHA-256 (hex) of it, so that what people ask is not told; `answerer` says which models and settings."""
        seen_by = [sorted(groups) for groups in self.seen_by]
        links = [self.links.public_url, self.links.bot_name]
        question = [self.question, self.previous, self.top, self.today.isoformat()]
        told = json.dumps([answerer, self.generation, seen_by, links, question])
        return hashlib.sha256(told.encode("ascii")).hexdigest()


def reduced(text: str) -> str:
    """A text in the spelling that all its typings share which cannot be told apart by what reads questions."""
    return "\n".join(filter(None, map(normalise, text[:LONGEST_QUESTION].splitlines())))
