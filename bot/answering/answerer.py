"""Hits into an answer: which sentence to quote, which words answer, and how sure to be."""

import time
from dataclasses import dataclass, replace

from bot.answering.answer_cache import AnswerCache
from bot.answering.cache_key import CacheKey
from bot.answering.composing import one_text, ordered_hits, quotes_of, texts_of, trimmed
from bot.answering.confidence import ConfidenceModel, confidence_for
from bot.answering.drafting import draft_for, form_of
from bot.answering.drafts import Asked, Draft, withheld
from bot.answering.evidence import Evidence, weigh
from bot.answering.judge import Judge
from bot.answering.links import Links
from bot.answering.notes import notes, unsearched
from bot.answering.parts import is_looked_up, part_notes, sureness_of_part
from bot.answering.quoting import QuotedHit, Quoter
from bot.answering.quoting_parts import quotes_of_part
from bot.answering.validity_notes import validity_notes
from bot.answers import Answer, AnswerKind, Citation, Language, Status
from bot.phrases import phrases
from corpus.groups import Groups
from corpus.official.citation_form import citation_form
from corpus.recognised_words import sureness
from embeddings.hits import Hit, Search
from embeddings.index.narrowing import Narrowing
from embeddings.part_lookup import MissingPart
from embeddings.question.question import LONGEST_QUESTION, Question
from embeddings.question.topic import topic_after
from embeddings.reranking.reranking import Reranking
from embeddings.retriever import Retriever
from embeddings.sides import on_the_side_asked
from embeddings.syllables import normalise

ANSWERED_FROM = 0.5
"""Confidence from which an answer is shown as one; see docs/decisions/confidence.md."""

_RELATED_FROM = 0.08
_SUBJECT_FROM = 0.3
_WORDS_FROM = 0.1
_UNSURE = 0.3
"""The model has hardly seen questions of which a passage has no word at all; such a passage is no answer to it."""
_NOT_ANSWERED = 0.49
"""The most that is said of a passage that is shown, but not as an answer."""
_LEAST_HITS = 30
"""Looked at whatever number is asked for, so that order and confidence do not depend on it."""
_WEIGHED = 10
"""Of these, the first, which confidence was fitted on."""


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

    def __init__(  # noqa: PLR0913, PLR0917 - the parts that have a say in an answer
        self,
        retriever: Retriever,
        links: Links,
        reranking: Reranking | None = None,
        confidence: ConfidenceModel | None = None,
        cache: AnswerCache | None = None,
        judge: Judge | None = None,
    ) -> None:
        """Answer from one generation.

        Args:
            retriever: over the documents that may be seen.
            links: lead to them.
            reranking: of the reader and the reranker, None where there is neither.
            confidence: the model fitted with them, unless another is given.
            cache: of answers given before, for a program that many ask; None to work every answer out.
            judge: asked of the first quotes whether they answer, where there is one.
        """
        self.retriever = retriever
        self.judge = judge
        self._cache = cache
        self.reranking = reranking
        self._links = links
        self._confidence = confidence or confidence_for(reranking.fitted_with if reranking else None)

    def visible_to(self, groups: Groups | None) -> "Answerer":
        """The same for members of these groups, who learn nothing of other documents (see `Retriever.visible_to`)."""
        view = self.retriever.visible_to(groups)
        if view is self.retriever:
            return self
        return Answerer(view, self._links, self.reranking, self._confidence, self._cache, self.judge)

    def with_links(self, links: Links) -> "Answerer":
        """The same, with links that lead elsewhere; nothing is loaded again."""
        return Answerer(self.retriever, links, self.reranking, self._confidence, self._cache, self.judge)

    def answer(self, question: Question, top: int = 3) -> Answer:
        """Answer any text; what cannot be asked gives the status `invalid`.

        Args:
            question: with the one before it, if there was one.
            top: citations wanted, at least 1.
        """
        return self._explained(question, top, explaining=False)[0]

    def stands_alone(self, question: Question) -> bool:
        """Whether a question is answered as if nothing had been asked before it."""
        return bool(why_invalid(question.text)) or self.retriever.stands_alone(question)

    def explain(self, question: Question, top: int = 3) -> tuple[Answer, Search | None]:
        """The answer, and how it was found; None for a question that cannot be asked."""
        return self._explained(question, top, explaining=True)

    def _explained(self, question: Question, top: int, *, explaining: bool) -> tuple[Answer, Search | None]:
        started = time.perf_counter()
        reason = why_invalid(question.text)
        if reason:
            return self._invalid(question, reason, started), None
        if self._cache is None:
            return self._work_out(question, top, started)
        key = CacheKey.of(question, self.retriever.generation_id, self.retriever.seen_by, self._links, top)
        sources = None if explaining else self.retriever
        answer, search = self._cache.answer(key, lambda: self._work_out(question, top, started), sources)
        elapsed = (time.perf_counter() - started) * 1000
        return replace(answer, question=question.text, elapsed_ms=elapsed), search

    def _work_out(self, question: Question, top: int, started: float) -> tuple[Answer, Search | None]:
        """The answer to a question that can be asked, whether it was given before or not."""
        if not self.retriever.passages:
            return self._nothing(question, started)
        asked = self.ask(question, top)
        return self.put_together(asked, draft_for(asked), top, started), asked.search

    def put_together(self, asked: Asked, draft: Draft, top: int, started: float) -> Answer:
        """A draft as an answer, with its citations.

        Args:
            asked: what was searched for.
            draft: of the answer to it.
            top: citations wanted, at least 1.
            started: when, by `time.perf_counter`.
        """
        search, draft = asked.search, trimmed(draft)
        quoted = [self._quoted(draft, hit, asked.quoter) for hit in ordered_hits(draft, search.hits, top)]
        draft = _as_far_as_legible(draft, self._sureness_of_print(quoted[0]))
        if draft.status is Status.ANSWERED and self._is_of_before(search, draft):
            draft = replace(withheld(draft), verdict=None, notes=(*draft.notes, phrases(asked.language).of_before))
        citations = self._links.together([self.cite(one) for one in quoted])
        texts = texts_of(draft, citations)
        return Answer(
            question=asked.question.text,
            status=draft.status,
            text=one_text(draft.pieces, quoted[0]) if texts else None,
            citations=citations,
            confidence=_in_keeping(draft.confidence, draft.status),
            notes=(
                *unsearched(search, asked.language),
                *part_notes(search, self.retriever.documents),
                *draft.notes,
                *validity_notes(self.retriever.validity, citations, draft.status),
                *notes(search, citations, draft, asked.language, self.retriever.validity.in_one_line),
            ),
            generation=self.retriever.generation_id,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            kind=draft.kind,
            answers=texts,
            verdict=draft.verdict,
            parts=draft.parts,
            goes_on=draft.goes_on or len(texts) < len(draft.pieces),
            language=asked.language,
            follows=search.understanding.previous,
            topic=topic_after(asked.question.previous, search.understanding),
        )

    def _is_of_before(self, search: Search, draft: Draft) -> bool:
        """Whether a draft's words may be of a place as it was before another one that is asked for went into it."""
        since = search.understanding.merged_on
        documents = {piece.hit.passage.document_id for piece in draft.pieces}
        return bool(since) and any((self.retriever.documents[one].published or "") < since for one in documents)

    def ask_in(self, question: Question, document_id: str) -> Asked:
        """Search one document for a question that can be asked."""
        return self.ask(question, narrowing=Narrowing(documents=frozenset((document_id,))))

    def ask(self, question: Question, top: int = 3, narrowing: Narrowing | None = None) -> Asked:
        """Search for a question that can be asked; what form of answer it wants, and how sure one can be.

        Args:
            question: with the one before it, if there was one.
            top: citations wanted, at least 1.
            narrowing: which documents are searched, None for all. One of them must have a passage.
        """
        found = self.find(question, top, narrowing)
        evidence, search = found.evidence, found.search
        confidence = self._confidence_in(search).probability(evidence)
        if evidence.on_subject < _WORDS_FROM:
            confidence = min(confidence, _UNSURE)
        if is_looked_up(search):
            confidence = sureness_of_part(search)
        elif isinstance(search.part, MissingPart) or search.side < 0:
            confidence = min(confidence, _UNSURE)
        confidence *= self._sureness_of_print(found.quoted[0])
        if self.judge and not is_looked_up(search):
            quotes = [quoted.text for quoted in found.quoted]
            place, answers = self.judge.first_that_answers(search.understanding.restored, quotes)
            search = replace(search, hits=_brought_first(search.hits, place))
            confidence = self.judge.believed(confidence, answers=answers)
        return Asked(
            question=question,
            search=search,
            quoter=found.quoter,
            form=form_of(search.understanding),
            confidence=confidence,
            status=_judge(search, evidence, confidence),
            retriever=self.retriever,
            ask=self.ask,
            ask_in=self.ask_in,
            language=_language(search),
        )

    def _sureness_of_print(self, quoted: QuotedHit) -> float:
        """By how much a quote may be trusted that was recognised on a picture; 1 for other text."""
        passage = quoted.hit.passage
        document = self.retriever.documents[passage.document_id]
        return sureness(document, passage.start + quoted.start, passage.start + quoted.end)

    def _confidence_in(self, search: Search) -> ConfidenceModel:
        """The model for what was found; one that was fitted with a reader says nothing of hits that nobody read."""
        unread = self._confidence.reader is not None and all(hit.reading is None for hit in search.hits)
        return confidence_for(None) if unread else self._confidence

    def find(self, question: Question, top: int = 3, narrowing: Narrowing | None = None) -> Found:
        """Search for a question that can be asked; the first hits quoted, and what speaks for the very first."""
        search = self.retriever.look_up(question, max(top, _LEAST_HITS), narrowing)
        if self.reranking and not is_looked_up(search):
            search = self.retriever.validity.in_order(self.reranking.apply(search, self.retriever.documents))
        search = on_the_side_asked(search)
        quoter = Quoter(search.expected, search.understanding.worth)
        quoted = tuple(quoter.quote(hit) for hit in search.hits[:top])
        document = self.retriever.documents[quoted[0].hit.passage.document_id]
        first = replace(search, hits=search.hits[:_WEIGHED])
        evidence = weigh(first, quoted[0], document, self.retriever.passages_of(document.id))
        return Found(search, quoter, quoted, evidence)

    def _quoted(self, draft: Draft, hit: Hit, quoter: Quoter) -> QuotedHit:
        spans = [] if hit.looked_up else quotes_of(draft, hit)
        if not spans:
            return quoter.quote(hit)
        return QuotedHit(hit, *spans[0], further=tuple(spans[1:]))

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
        draft = Draft(AnswerKind.SPAN, Status.NOT_FOUND, 0.0)
        language = _language(search)
        answer = Answer(
            question=question.text,
            status=Status.NOT_FOUND,
            text=None,
            citations=(),
            confidence=0.0,
            notes=(*unsearched(search, language), *notes(search, (), draft, language)),
            generation=self.retriever.generation_id,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            language=language,
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


def _brought_first(hits: tuple[Hit, ...], place: int) -> tuple[Hit, ...]:
    ordered = (hits[place], *hits[:place], *hits[place + 1 :])
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1))


def _further_quotes(quoted: QuotedHit) -> tuple[str, ...]:
    """What else is quoted of the passage: more of the answer, the rest of a part that was looked up."""
    if quoted.hit.quote:
        return ()
    text = quoted.hit.passage.text
    if not quoted.hit.looked_up:
        return tuple(text[start:end] for start, end in quoted.further)
    return tuple(text[start:end] for start, end in quotes_of_part(text, quoted.hit.looked_up)[1:])


def _as_far_as_legible(draft: Draft, sure: float) -> Draft:
    """A draft no surer than the words that were recognised on a picture; no answer where those cannot be trusted."""
    if draft.status is Status.ANSWERED and sure < ANSWERED_FROM:
        return replace(draft, status=Status.RELATED, confidence=sure, pieces=(), verdict=None)
    return replace(draft, confidence=min(draft.confidence, sure))


def _in_keeping(confidence: float, status: Status) -> float:
    """A confidence that says the same as a status: `answered` from `ANSWERED_FROM` on, nothing else does."""
    return max(confidence, ANSWERED_FROM) if status is Status.ANSWERED else min(confidence, _NOT_ANSWERED)


def _language(search: Search) -> Language:
    return Language.ENGLISH if search.understanding.english else Language.VIETNAMESE


def _judge(search: Search, evidence: Evidence, confidence: float) -> Status:
    """Answered when that is probable enough; related when at least the subject is there."""
    if confidence >= ANSWERED_FROM:
        return Status.ANSWERED
    says_what_is_asked = search.side > 0  # whom a rule exempts, say; the figures do not know that
    on_subject = evidence.on_subject >= _SUBJECT_FROM and confidence >= _RELATED_FROM
    if search.understanding.missing or not (on_subject or says_what_is_asked):
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
