"""Hits into an answer: which sentence to quote, which words answer, and how sure to be."""

import time

from bot.answering.confidence import ConfidenceModel, confidence_for
from bot.answering.evidence import Evidence, weigh
from bot.answering.links import Links
from bot.answering.notes import notes
from bot.answering.quoting import find_answer, find_quote
from bot.answers import Answer, Citation, Status
from embeddings.hits import Hit, Question, Search
from embeddings.reranking.second_look import SecondLook
from embeddings.retriever import Retriever
from embeddings.syllables import normalise

LONGEST_QUESTION = 4096
"""Characters; what Telegram lets a person send in one message."""

ANSWERED_FROM = 0.4
"""Confidence from which an answer is shown as one; see docs/decisions/confidence.md."""

_RELATED_FROM = 0.08
_SUBJECT_FROM = 0.3
_WORDS_FROM = 0.1
_UNSURE = 0.3
"""The model has hardly seen questions of which a passage has no word at all; such a passage is no answer to it."""
_LEAST_HITS = 10
"""Looked at whatever number is asked for, so that order and confidence do not depend on it."""


class Answerer:
    """Answers questions from one generation; safe to use from several threads."""

    def __init__(
        self,
        retriever: Retriever,
        links: Links,
        second_look: SecondLook | None = None,
        confidence: ConfidenceModel | None = None,
    ) -> None:
        self.retriever = retriever
        self.second_look = second_look
        self._links = links
        self._confidence = confidence or confidence_for(second_look.fitted_with if second_look else None)

    def answer(self, question: Question, top: int = 3) -> Answer:
        """Answer any text; what cannot be asked gives the status `invalid`.

        Args:
            question: with the one before it, if there was one.
            top: citations wanted, at least 1.
        """
        return self.explain(question, top)[0]

    def explain(self, question: Question, top: int = 3) -> tuple[Answer, Search | None]:
        """The answer, and how it was found; None for a question that cannot be asked."""
        started = time.perf_counter()
        reason = why_invalid(question.text)
        if reason:
            return self._invalid(question, reason, started), None
        search, evidence = self.weigh(question, top)
        citations = tuple(self._cite(search, hit) for hit in search.hits[:top])
        confidence = self._confidence.probability(evidence)
        if evidence.words < _WORDS_FROM:
            confidence = min(confidence, _UNSURE)
        status = _judge(search, evidence, confidence)
        words = None
        if status is Status.ANSWERED:
            words = self._words(search)
        return (
            Answer(
                question=question.text,
                status=status,
                text=words,
                citations=citations,
                confidence=confidence,
                notes=tuple(notes(search, citations, status)),
                generation=self.retriever.generation_id,
                elapsed_ms=(time.perf_counter() - started) * 1000,
            ),
            search,
        )

    def weigh(self, question: Question, top: int = 3) -> tuple[Search, Evidence]:
        """Search for a question that can be asked, and what speaks for the first hit."""
        search = self.retriever.look_up(question, max(top, _LEAST_HITS))
        if self.second_look:
            search = self.second_look.apply(search, self.retriever.documents)
        best = search.hits[0]
        quote = find_quote(search.expected, search.understanding.worth, best)
        document = self.retriever.documents[best.passage.document_id]
        return search, weigh(search, quote, document, self.retriever.passages_of(document.id))

    def best(self, question: Question) -> tuple[Citation, Evidence]:
        """The first citation for a question that can be asked, and what speaks for it."""
        search, evidence = self.weigh(question)
        return self._cite(search, search.hits[0]), evidence

    def _words(self, search: Search) -> str | None:
        best = search.hits[0]
        worth = search.understanding.worth
        words = find_answer(search.expected, worth, best, find_quote(search.expected, worth, best))
        return best.passage.text[words[0] : words[1]] if words else None

    def _cite(self, search: Search, hit: Hit) -> Citation:
        document = self.retriever.documents[hit.passage.document_id]
        start, end = find_quote(search.expected, search.understanding.worth, hit)
        quote = hit.passage.text[start:end]
        return Citation(
            document=document,
            passage=hit.passage,
            quote=quote,
            link=self._links.link(document, hit.passage, quote),
            score=hit.score,
            rank=hit.rank,
        )

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


def _judge(search: Search, evidence: Evidence, confidence: float) -> Status:
    """Answered when that is probable enough; related when at least the subject is there."""
    if confidence >= ANSWERED_FROM:
        return Status.ANSWERED
    if search.understanding.missing or confidence < _RELATED_FROM or evidence.words < _SUBJECT_FROM:
        return Status.NOT_FOUND
    return Status.RELATED


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
