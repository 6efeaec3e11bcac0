"""Hits into an answer: which sentence to quote, which words answer, and how sure to be."""

import time

from bot.links import Links
from bot.models import Answer, Citation, Status
from bot.quoting import find_answer, find_quote
from embeddings.models import Hit, Question, Search
from embeddings.retriever import Retriever
from embeddings.vietnamese import normalise

LONGEST_QUESTION = 4096
"""Characters; what Telegram lets a person send in one message."""

_LEAST_HITS = 3


class Answerer:
    """Answers questions from one generation; safe to use from several threads."""

    def __init__(self, retriever: Retriever, links: Links) -> None:
        self.retriever = retriever
        self._links = links

    def answer(self, question: Question, top: int = 3) -> Answer:
        """Answer any text; what cannot be asked gives the status `invalid`.

        Args:
            top: citations wanted, at least 1.
        """
        return self.explain(question, top)[0]

    def explain(self, question: Question, top: int = 3) -> tuple[Answer, Search | None]:
        """The answer, and how it was found; None for a question that cannot be asked."""
        started = time.perf_counter()
        reason = why_invalid(question.text)
        if reason:
            return self._invalid(question, reason, started), None
        search = self.retriever.look_up(question, max(top, _LEAST_HITS))
        citations = tuple(self._cite(search, hit) for hit in search.hits[:top])
        status, confidence = self._judge(search)
        words = find_answer(search.understanding.restored, citations[0].quote) if status is Status.ANSWERED else None
        return (
            Answer(
                question=question.text,
                status=status,
                text=words,
                citations=citations,
                confidence=confidence,
                notes=search.understanding.notes,
                generation=self.retriever.generation_id,
                elapsed_ms=(time.perf_counter() - started) * 1000,
            ),
            search,
        )

    def _cite(self, search: Search, hit: Hit) -> Citation:
        document = self.retriever.documents[hit.passage.document_id]
        quote = find_quote(search.understanding.restored, hit)
        return Citation(
            document=document,
            passage=hit.passage,
            quote=quote,
            link=self._links.link(document, hit.passage, quote),
            score=hit.score,
            rank=hit.rank,
        )

    def _judge(self, search: Search) -> tuple[Status, float]:
        best = search.hits[0]
        confidence = max(0.0, min(1.0, (best.dense - 0.80) / 0.12))
        if confidence >= 0.5:
            return Status.ANSWERED, confidence
        return (Status.RELATED if confidence >= 0.2 else Status.NOT_FOUND), confidence

    def _invalid(self, question: Question, reason: str, started: float) -> Answer:
        return Answer(
            question=question.text,
            status=Status.INVALID,
            text=None,
            citations=(),
            confidence=0.0,
            notes=(reason,),
            generation=self.retriever.generation_id,
            elapsed_ms=(time.perf_counter() - started) * 1000,
        )


def why_invalid(text: str) -> str | None:
    """Why a text cannot be asked, in Vietnamese for the person who typed it; None if it can."""
    if len(text) > LONGEST_QUESTION:
        return f"Câu hỏi dài {len(text)} ký tự; xin rút gọn còn tối đa {LONGEST_QUESTION} ký tự."
    normalised = normalise(text)
    if not normalised:
        return "Câu hỏi đang để trống; xin nhập nội dung cần hỏi."
    if not any(c.isalnum() for c in normalised):
        return "Câu hỏi không có chữ hoặc số nào; xin nhập câu hỏi bằng chữ."
    return None
