"""Small documents and an assistant that answers as it is told, for the tests of the evaluation."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from bot.answers import Answer, Citation, Status
from bot.gold.gold_items import GoldItem, Kind
from corpus.models import Document, Passage
from embeddings.hits import Hit, Search
from embeddings.question.question import Question, Understanding

TEXTS = {
    "khéo": "Năm 2020 được chọn là “Năm dân vận khéo”. Hội nghị diễn ra ngày 9/1.",
    "chính quyền": "Năm 2019 là “Năm dân vận chính quyền”. Cả nước có 3.300 mô hình.",
    "diễn đàn": "Diễn đàn diễn ra tại Hải Phòng sáng 13/10.",
}
DOCUMENTS = {
    "a": Document("a", "Tổng kết <năm> 2019", "2020-01-10", None, None, None, "\n\n".join(TEXTS.values()), "0" * 64)
}
PASSAGES = {
    name: Passage(f"{place:016d}", "a", place, 0, len(text), text) for place, (name, text) in enumerate(TEXTS.items())
}


@dataclass
class Told:
    """What to answer to one question."""

    names: Sequence[str]
    confidence: float = 0.9
    status: Status = Status.ANSWERED
    quote: str | None = None
    text: str | None = None


def made(kind: type[Any], **shown: object) -> Any:
    """An object of the retriever's with what the evaluation looks at; whatever else it must have is left empty."""
    needed = [known.name for known in fields(kind) if known.default is MISSING and known.default_factory is MISSING]
    return kind(**(dict.fromkeys(needed) | shown))


def hit(passage: Passage, rank: int) -> Hit:
    found: Hit = made(Hit, passage=passage, score=1 / rank, rank=rank, dense=0.87, lexical=12.5)
    return found


@dataclass
class FakeRetriever:
    documents: Mapping[str, Document] = field(default_factory=lambda: DOCUMENTS)
    passages: Sequence[Passage] = field(default_factory=lambda: list(PASSAGES.values()))
    generation_id: str = "g1"

    def search(self, question: Question, top_k: int = 5) -> list[Hit]:
        """Every passage, those that share a word with the question first."""
        words = set(question.text.split())
        ordered = sorted(self.passages, key=lambda passage: not words & set(passage.text.split()))
        return [hit(passage, rank) for rank, passage in enumerate(ordered[:top_k], 1)]


@dataclass
class FakeAsker:
    """Answers by the exact question; anything else (a twin without marks, say) gets `otherwise`."""

    told: Mapping[str, Told]
    otherwise: Told = field(default_factory=lambda: Told(["diễn đàn"], 0.1, Status.NOT_FOUND))
    asked: list[tuple[Question, int]] = field(default_factory=list)
    taken: frozenset[str] = frozenset()
    retriever: FakeRetriever = field(default_factory=FakeRetriever)

    def stands_alone(self, question: Question) -> bool:
        return question.text not in self.taken

    def explain(self, question: Question, top: int = 3) -> tuple[Answer, Search | None]:
        self.asked.append((question, top))
        told = self.told.get(question.text, self.otherwise)
        passages = [PASSAGES[name] for name in told.names][:top]
        citations = tuple(
            Citation(
                document=DOCUMENTS[passage.document_id],
                passage=passage,
                quote=told.quote if rank == 1 and told.quote else passage.text[:30],
                link=None,
                score=1 / rank,
                rank=rank,
            )
            for rank, passage in enumerate(passages, 1)
        )
        hits = tuple(hit(passage, rank) for rank, passage in enumerate(passages, 1))
        read = dict.fromkeys(("normalised", "restored", "typed"), question.text)
        understanding = made(Understanding, **read, expanded={"TƯ": "Trung ương"})
        search = made(Search, question=question, understanding=understanding, hits=hits)
        answer = Answer(question.text, told.status, told.text, citations, told.confidence, ("lời nhắn",), "g1", 20.0)
        return answer, None if told.status is Status.INVALID else search


def item(identity: str, question: str, evidence: str | None, **rest: object) -> GoldItem:
    """A gold item judged by evidence; without evidence it is unanswerable."""
    kind = Kind.DIRECT if evidence else Kind.UNANSWERABLE
    defaults = {"kind": kind, "answerable": evidence is not None, "evidence": (evidence,) if evidence else ()}
    return GoldItem(identity, question, **{**defaults, **rest})  # type: ignore[arg-type]
