"""Which form of answer a question gets: the forms tried in their order, from the most exact to the plain words."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.answering.believing import believed
from bot.answering.counted_things import counts_other_things
from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.announced import answer_announced
from bot.answering.forms.comparisons import answer_comparison, offers_two
from bot.answering.forms.compound import answer_compound
from bot.answering.forms.documents import answer_documents, answer_overview
from bot.answering.forms.doers import answer_doer
from bot.answering.forms.excepted import without_excepted
from bot.answering.forms.lists_meant import CLEARLY_A_LIST, listed
from bot.answering.forms.objects import objects_only
from bot.answering.forms.offices import answer_office, answer_office_alone
from bot.answering.forms.partners_named import answer_partners
from bot.answering.forms.persons_narrowed import answer_narrowed, those_meant
from bot.answering.forms.reasons import answer_reason
from bot.answering.forms.sentences import answer_definition, answer_sentence
from bot.answering.forms.spans import answer_count, answer_span
from bot.answering.forms.yes_no import answer_yes_no
from bot.answering.parts import is_looked_up, kind_of_part, verdict_of_fact
from bot.answering.quoting_parts import words_of_part
from bot.answering.told_year import without_told_year
from bot.answers import AnswerKind, Status
from corpus.splitting import sentence_spans
from embeddings.quantities.quantities import quantities
from embeddings.question.answer_type import Kind, expect
from embeddings.question.compound import before_check
from embeddings.question.followup import content_words
from embeddings.question.question import LONGEST_ANSWERED, Question, Understanding
from embeddings.question.question_form import PLAIN, Form, QuestionForm, read_form
from embeddings.syllables import folded_words
from embeddings.verdicts.claim_words import one_denies

_DEPENDS_FROM = 0.5
_LONGEST_CLAIM = 600
"""Characters of a question that is answered with yes or no."""
_LIST_CERTAIN, _NEARLY_SURE = 0.7, 0.2
"""Of a list in the first passage, and of that passage, from which the list is shown though the passage alone is not."""
WORDS_FROM, STAYS_FROM = 0.45, 0.3
"""Probability of words being right from which they are shown as an answer, the latter where their passage is one that
answers by itself; see docs/decisions/forms.md."""
_GIVEN = frozenset(("reason", "purpose"))
"""What a sentence says of something in a clause of its own."""
_NO_NUMBER = re.compile(r"\b(?:vì sao|tại sao|làm sao|thế nào|ai)\b")
"""What is asked for besides (`vì sao mấy nơi ...`)."""
_DENIES = re.compile(r"\s*(?:không|chưa|chẳng)\b", re.IGNORECASE)
_PART = re.compile(r"[;.…](?=\s|$)|\n")
_APART = re.compile(r"\b(?:ngoài|bên cạnh|cùng với|khác với|không phải|trừ)\b")
_PAIRS = (("chủ quan", "khách quan"), ("ưu điểm", "khuyết điểm"), ("thuận lợi", "khó khăn"))
"""What reports tell of apart, in lists of their own."""
_MORE_THAN_ONE = re.compile(
    r"\b(?:những|các|mấy)\s+(?:(?!(?:để|cho|với|về|phải|cần|được|bị|đã|đang|sẽ|làm|là)\b)[^\W\d_]+,?\s+){0,5}?"
    r"(?:nào|gì|đâu)\b"
    r"|\bnhững ai\b|\b(?:gồm|liệt kê|kể tên|kể ra|lần lượt|cùng|với nhau)\b"
)

Judging = Callable[[Asked, Draft], Draft]


def form_of(understanding: Understanding) -> QuestionForm:
    """The form a question asks for; one that only names something new (`còn năm 2019?`) asks as the one before it.

    One that asks for something of its own and names nothing (`ở đâu`) does so in its own form.
    """
    if len(understanding.restored) > LONGEST_ANSWERED:
        return PLAIN
    form = read_form(understanding.restored, understanding.normalised)
    if understanding.inherited and understanding.dependence >= _DEPENDS_FROM:
        bare = form.form is Form.OVERVIEW and not form.outlined
        if bare or not (content_words(understanding.restored) or _asks_for_itself(understanding.restored, form)):
            return read_form(understanding.inherited)
    return form


def _asks_for_itself(question: str, form: QuestionForm) -> bool:
    """Whether a question has words that say what it wants to know: who, where, how much, why; `thì sao` has none."""
    own = form.aspect not in ("", "content") or form.form in (Form.LIST, Form.YES_NO)
    return own or expect(question).kind is not Kind.OTHER


def draft_for(asked: Asked, judge: Judging | None = None) -> Draft:
    """The answer in the form that the question asks for, as far as the documents have it; see docs/forms.md.

    Args:
        asked: the question, searched for.
        judge: says of words in a passage whether they are shown as an answer; None for `judged`.
    """
    judge = judge or judged
    if is_looked_up(asked.search):
        return _part(asked)
    form = asked.form.form
    if form is Form.DOCUMENTS:
        return answer_documents(asked)
    if asked.form is PLAIN:
        return without_words(asked, answer_span(asked))
    first = before_check(asked.search.understanding.restored)
    if first:  # whether one thing is among those that are asked for is seen in them
        return draft_for(asked.ask(Question(first, asked.question.previous)), judge)
    narrowed = answer_narrowed(asked, lambda whole: draft_for(whole, judge))
    if narrowed:
        return narrowed
    found = (
        answer_comparison(asked, lambda side: draft_for(side, judge), lambda: judge(asked, _found_words(asked)))
        or answer_compound(asked, lambda part: draft_for(part, judge))
        or answer_office_alone(asked)
        or (answer_overview(asked) if form is Form.OVERVIEW else None)
        or answer_partners(asked)
        or answer_doer(asked)
        or (answer_announced(asked) if form is not Form.YES_NO else None)
        or (answer_office(asked) if form is not Form.YES_NO else None)
        or (_judged_claim(asked, judge) if _claims(asked) else None)
    )
    if not found:
        found = without_told_year(
            asked, judge(asked, _found_words(asked)), lambda other: judge(other, _found_words(other))
        )
    return those_meant(asked, found)


def _claims(asked: Asked) -> bool:
    """Whether a question claims one thing; of a text of many lines nobody could say that it holds as a whole."""
    return asked.form.form is Form.YES_NO and not offers_two(asked) and len(asked.question.text) <= _LONGEST_CLAIM


def _judged_claim(asked: Asked, judge: Judging) -> Draft:
    """Yes or no; the question for a claim's value is answered as any other."""
    return answer_yes_no(asked, lambda other: draft_for(other, judge))


def judged(asked: Asked, draft: Draft) -> Draft:
    """A draft shown as an answer where its words are probably right; else its passages alone.

    Words in a passage that nobody has read are as sure as the passage.
    """
    if not draft.pieces or draft.certain:
        return draft
    if _lacks_the_number(asked, draft) or any(_is_in_other_column(asked, piece) for piece in draft.pieces):
        return without_words(asked, draft)
    if _names_nobody(asked, draft):
        return without_words(asked, draft)
    sure = believed(asked, draft)
    if sure is None:
        return _unread(asked, draft)
    shown = sure >= (STAYS_FROM if asked.status is Status.ANSWERED else WORDS_FROM)
    draft = replace(draft, confidence=asked.confidence)
    return replace(draft, status=Status.ANSWERED) if shown else without_words(asked, draft)


def _lacks_the_number(asked: Asked, draft: Draft) -> bool:
    """Whether a number is asked for, and the words hold none of what is counted and do not deny that there is any."""
    expected = asked.search.expected
    if (
        expected.kind is not Kind.NUMBER
        or draft.kind is AnswerKind.LIST
        or _NO_NUMBER.search(expected.question.lower())
    ):
        return False
    return not any(
        (any(sign.isdigit() for sign in piece.text) or quantities(piece.text) or _DENIES.match(piece.text))
        and not counts_other_things(expected, piece.hit.passage.text, piece.start, piece.end)
        for piece in draft.pieces
    )


def _names_nobody(asked: Asked, draft: Draft) -> bool:
    """Whether a person is asked for, and the words only repeat what the question says (`đại hội bầu ai`: `Đại hội`)."""
    expected = asked.search.expected
    if expected.kind is not Kind.PERSON or offers_two(asked):
        return False
    return all(expected.known.issuperset(folded_words(piece.text)) for piece in draft.pieces)


def _is_in_other_column(asked: Asked, piece: Piece) -> bool:
    """Whether words stand in a table beside the cell that is asked for."""
    understanding, passage = asked.search.understanding, piece.hit.passage
    return asked.retriever.lookups.asks_for_other_cell(understanding, passage, (piece.start, piece.end))


def without_words(asked: Asked, draft: Draft) -> Draft:
    """The passages that were found, in their order, without words that answer."""
    status = Status.RELATED if asked.status is Status.ANSWERED else asked.status
    return replace(draft, status=status, pieces=(), hits=asked.search.hits, goes_on=False)


def _found_words(asked: Asked) -> Draft:
    """The words found, those that a verb governs without what other verbs do."""
    return objects_only(asked, _words(asked))


def _words(asked: Asked) -> Draft:
    """One span, a list or a sentence."""
    form = asked.form
    if form.aspect == "definition" and form.form is Form.SENTENCE:
        return answer_definition(asked)
    if form.counts and not form.named_too:
        return answer_count(asked, draft_for)
    several_found = listed(asked)
    if several_found:
        opposite = _is_of_the_opposite(asked, several_found)
        return (
            without_words(asked, several_found)
            if opposite
            else without_excepted(several_found, asked.search.understanding.restored)
        )
    if form.aspect in _GIVEN and form.form is Form.SENTENCE:
        return answer_reason(asked)
    several = form.count is not None or says_several(asked.search.expected.question)
    if several and form.likelihood[Form.LIST] >= CLEARLY_A_LIST:  # one thing is no answer to a question for several
        return without_words(asked, answer_sentence(asked))
    return answer_sentence(asked) if form.form is Form.SENTENCE else answer_span(asked)


def _is_of_the_opposite(asked: Asked, listed: Draft) -> bool:
    """Whether what announces a list, before a colon, denies what the question does not, or the other way round.

    What stands before a list in its clause may also name the other one of a pair (`khách quan` for `chủ quan`).
    """
    if not listed.pieces:
        return False
    first = min(listed.pieces, key=lambda piece: (piece.hit.passage.ordinal, piece.start))
    text = first.hit.passage.text
    if _names_the_other(asked.search.understanding.restored, _PART.split(text[: first.start])[-1]):
        return True
    before = [text[start : min(end, first.start)] for start, end in sentence_spans(text) if start < first.start]
    own, above = before[-1:], before[-2:-1]
    heads = [sentence.rpartition(":")[0] for sentence in own] + [line for line in above if line.endswith(":")]
    return any(one_denies(head, asked.search.understanding.restored) for head in heads)


def _names_the_other(question: str, before: str) -> bool:
    said, question = before.lower(), question.lower()
    return any(
        one in question and other not in question and other in said and one not in said and not _APART.search(said)
        for pair in _PAIRS
        for one, other in (pair, pair[::-1])
    )


def says_several(question: str) -> bool:
    """Whether a question has words for more than one thing (`những ai`, `gồm`); `cho ai` may be one."""
    return _MORE_THAN_ONE.search(question.lower()) is not None


def _unread(asked: Asked, draft: Draft) -> Draft:
    """A draft as sure as its passage is the right one, a list also as its items are; not shown as an answer below."""
    if draft.kind is not AnswerKind.LIST:
        return draft if asked.status is Status.ANSWERED else without_words(asked, draft)
    search = asked.search
    is_first = draft.pieces[0].hit.passage.id == search.hits[0].passage.id and not search.understanding.missing
    if is_first and draft.confidence >= _LIST_CERTAIN and asked.confidence >= _NEARLY_SURE:
        return replace(draft, status=Status.ANSWERED, confidence=(asked.confidence + draft.confidence) / 2)
    if asked.status is not Status.ANSWERED:
        return without_words(asked, replace(draft, confidence=min(asked.confidence, draft.confidence)))
    return replace(draft, confidence=min(1.0, (asked.confidence + draft.confidence) / 2))


def _part(asked: Asked) -> Draft:
    """A part of a document that was looked up by its number, piece by piece."""
    pieces = tuple(
        Piece(hit, start, end)
        for hit in asked.search.hits
        if hit.looked_up
        for start, end in words_of_part(hit.passage.text, hit.looked_up)
    )
    validity = asked.retriever.validity
    verdict = verdict_of_fact(asked.search, validity.standings, validity.today().isoformat())
    kind = kind_of_part(asked.search, len(pieces))
    return Draft(kind, asked.status, asked.confidence, pieces, asked.search.hits, verdict)
