"""Hits into an answer: which sentence to quote, which words answer, and how sure to be."""

import time
from dataclasses import dataclass

from bot.answering.confidence import ConfidenceModel, confidence_for
from bot.answering.evidence import Evidence, weigh
from bot.answering.links import Links
from bot.answering.notes import notes
from bot.answering.parts import answers_of_part, is_looked_up, kind_of_part, part_notes, sureness_of_part
from bot.answering.quoting import QuotedHit, Quoter
from bot.answering.quoting_parts import quotes_of_part
from bot.answers import Answer, AnswerKind, AnswerText, Citation, Status
from corpus.groups import Groups
from corpus.official.citation_form import citation_form
from corpus.recognised_words import sureness
from embeddings.hits import Search
from embeddings.part_lookup import MissingPart
from embeddings.question.question import LONGEST_QUESTION, Question
from embeddings.reranking.reranking import Reranking
from embeddings.retriever import Retriever
from embeddings.syllables import normalise

ANSWERED_FROM = 0.4
"""Confidence from which an answer is shown as one; see docs/decisions/confidence.md."""

_RELATED_FROM = 0.08
_SUBJECT_FROM = 0.3
_WORDS_FROM = 0.1
_UNSURE = 0.3
"""The model has hardly seen questions of which a passage has no word at all; such a passage is no answer to it."""
_LEAST_HITS = 10
"""Looked at whatever number is asked for, so that order and confidence do not depend on it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question, before it is judged.

    Attributes:
        quoted: the hits to be cited, best first, at least one.
        evidence: what speaks for the first of them.
    """

    search: Search
    quoter: Quoter
    quoted: tuple[QuotedHit, ...]
    evidence: Evidence

    def words(self) -> str | None:
        """The words that answer in the first quote, None where none are seen."""
        best = self.quoted[0]
        span = self.quoter.answer(best)
        return best.hit.passage.text[span[0] : span[1]] if span else None


class Answerer:
    """Answers questions from one generation; safe to use from several threads."""

    def __init__(
        self,
        retriever: Retriever,
        links: Links,
        reranking: Reranking | None = None,
        confidence: ConfidenceModel | None = None,
    ) -> None:
        self.retriever = retriever
        self.reranking = reranking
        self._links = links
        self._confidence = confidence or confidence_for(reranking.fitted_with if reranking else None)

    def visible_to(self, groups: Groups | None) -> "Answerer":
        """The same for members of these groups, who learn nothing of other documents (see `Retriever.visible_to`)."""
        view = self.retriever.visible_to(groups)
        return self if view is self.retriever else Answerer(view, self._links, self.reranking, self._confidence)

    def with_links(self, links: Links) -> "Answerer":
        """The same, with links that lead elsewhere; nothing is loaded again."""
        return Answerer(self.retriever, links, self.reranking, self._confidence)

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
        if not self.retriever.passages:
            return self._nothing(question, started)
        found = self.find(question, top)
        evidence = found.evidence
        confidence = self._confidence.probability(evidence)
        if evidence.words < _WORDS_FROM:
            confidence = min(confidence, _UNSURE)
        looked_up = is_looked_up(found.search)
        if looked_up:
            confidence = sureness_of_part(found.search)
        elif isinstance(found.search.part, MissingPart):
            confidence = min(confidence, _UNSURE)
        confidence *= self._sureness_of_print(found.quoted[0])
        status = _judge(found.search, evidence, confidence)
        citations = self._links.together([self.cite(quoted) for quoted in found.quoted[:top]])
        words = found.words() if status is Status.ANSWERED else None
        answers: tuple[AnswerText, ...] = (AnswerText(words, 1),) if words else ()
        kind = AnswerKind.SPAN
        if looked_up and words:
            answers = answers_of_part(found.quoted[:top])
            kind = kind_of_part(answers)
        return (
            Answer(
                question=question.text,
                status=status,
                text=words,
                citations=citations,
                confidence=confidence,
                notes=(
                    *part_notes(found.search, self.retriever.documents),
                    *notes(found.search, citations, status),
                ),
                generation=self.retriever.generation_id,
                elapsed_ms=(time.perf_counter() - started) * 1000,
                answers=answers,
                kind=kind,
            ),
            found.search,
        )

    def _sureness_of_print(self, quoted: QuotedHit) -> float:
        """By how much a quote may be trusted that was recognised on a picture; 1 for other text."""
        passage = quoted.hit.passage
        document = self.retriever.documents[passage.document_id]
        return sureness(document, passage.start + quoted.start, passage.start + quoted.end)

    def find(self, question: Question, top: int = 3) -> Found:
        """Search for a question that can be asked; the first hits quoted, and what speaks for the very first."""
        search = self.retriever.look_up(question, max(top, _LEAST_HITS))
        if self.reranking and not is_looked_up(search):
            search = self.reranking.apply(search, self.retriever.documents)
        quoter = Quoter(search.expected, search.understanding.worth)
        quoted = tuple(quoter.quote(hit) for hit in search.hits[:top])
        document = self.retriever.documents[quoted[0].hit.passage.document_id]
        evidence = weigh(search, quoted[0], document, self.retriever.passages_of(document.id))
        return Found(search, quoter, quoted, evidence)

    def cite(self, quoted: QuotedHit) -> Citation:
        """What a person is shown of a quoted hit."""
        hit = quoted.hit
        document = self.retriever.documents[hit.passage.document_id]
        return Citation(
            document=document,
            passage=hit.passage,
            quote=quoted.text,
            link=self._links.link(document, hit.passage, quoted.text),
            score=hit.score,
            rank=hit.rank,
            further_quotes=_further_quotes(quoted),
            place=citation_form(self.retriever.structure.path_at(document.id, hit.passage.start + quoted.start)),
        )

    def _nothing(self, question: Question, started: float) -> tuple[Answer, Search]:
        """What is said to somebody who may see no document."""
        search = self.retriever.look_up(question)
        answer = Answer(
            question=question.text,
            status=Status.NOT_FOUND,
            text=None,
            citations=(),
            confidence=0.0,
            notes=tuple(notes(search, (), Status.NOT_FOUND)),
            generation=self.retriever.generation_id,
            elapsed_ms=(time.perf_counter() - started) * 1000,
        )
        return answer, search

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


def _further_quotes(quoted: QuotedHit) -> tuple[str, ...]:
    """The rest of a part that was looked up, as far as it may be quoted."""
    if not quoted.hit.looked_up:
        return ()
    text = quoted.hit.passage.text
    return tuple(text[start:end] for start, end in quotes_of_part(text, quoted.hit.looked_up)[1:])


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
