"""Questions for parts of documents by number, and how many of them are looked up right."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.models import Document, Passage
from corpus.splitting import split
from embeddings.index.structure import Structure
from embeddings.part_lookup import FoundPart, PartFinder
from embeddings.part_passages import passages_of_part

WORDINGS = (
    "{part} {name} quy định gì?",
    "{part} của {name} nói gì",
    "theo {name} thì {part} quy định về gì",
    "cho hỏi {part} {name}",
    "nội dung {part} {name}",
    "{name}, {part} ghi thế nào?",
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a document, and its text as whoever wrote the document knows it.

    Attributes:
        document_id: of the document.
        name: what people call the document.
        part: `khoản 2 Điều 7`.
        text: of the part, without its label, white space collapsed.
    """

    document_id: str
    name: str
    part: str
    text: str


def share_right(documents: Sequence[Document], clauses: Sequence[Clause], seed: int = 0) -> tuple[float, list[str]]:
    """The share of clauses that are looked up as they are when asked for, and the questions where they were not."""
    chance = random.Random(seed)
    passages: dict[str, Sequence[Passage]] = {document.id: split(document) for document in documents}
    structure = Structure.build(documents)
    finder = PartFinder({one.id: one for one in documents}, structure, _rarity(passages))
    wrong = []
    for clause in clauses:
        question = chance.choice(WORDINGS).format(part=clause.part, name=clause.name)
        if _found(finder, structure, passages, question) != (clause.document_id, clause.text):
            wrong.append(question)
    return 1 - len(wrong) / len(clauses), wrong


def _found(
    finder: PartFinder, structure: Structure, passages: dict[str, Sequence[Passage]], question: str
) -> tuple[str, str] | None:
    part = finder.find(question, "")
    if not isinstance(part, FoundPart):
        return None
    units = structure.units[part.document_id]
    shown = passages_of_part(part.unit, units, passages[part.document_id])
    said = " ".join(each.passage.text[start:end] for each in shown for start, end in each.spans)
    return part.document_id, " ".join(said.split()).removeprefix(part.unit.label).lstrip(" .)")


def _rarity(passages: Mapping[str, Sequence[Passage]]) -> Callable[[str], float]:
    from embeddings.index.lexical import FOLDED, LexicalIndex  # noqa: PLC0415 - few tests need it

    index = LexicalIndex.build([passage.text for each in passages.values() for passage in each])
    return lambda word: index.rarity(FOLDED + word)


def of_articles(document_id: str, name: str, articles: Sequence[tuple[str, Sequence[str]]]) -> Iterator[Clause]:
    """The clauses of a law given as the number of each Điều and the texts of its khoản."""
    for article, clauses in articles:
        for number, text in enumerate(clauses, start=1):
            yield Clause(document_id, name, f"khoản {number} Điều {article}", " ".join(text.split()))
