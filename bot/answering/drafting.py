"""Which form of answer a question gets: the forms tried in their order, from the most exact to the plain words."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.answering.believing import believed
from bot.answering.drafts import Asked, Draft, Piece
from bot.answering.forms.announced import answer_announced
from bot.answering.forms.comparisons import answer_comparison, offers_two
from bot.answering.forms.compound import answer_compound
from bot.answering.forms.documents import answer_documents, answer_overview
from bot.answering.forms.doers import answer_doer
from bot.answering.forms.excepted import without_excepted
from bot.answering.forms.lists import answer_list
from bot.answering.forms.objects import objects_only
from bot.answering.forms.offices import answer_office
from bot.answering.forms.partners_named import answer_partners
from bot.answering.forms.persons_named import answer_persons, chair_elsewhere, who_chairs
from bot.answering.forms.persons_narrowed import answer_narrowed, those_meant
from bot.answering.forms.reasons import answer_reason
from bot.answering.forms.sentences import answer_definition, answer_sentence
from bot.answering.forms.spans import answer_count, answer_span
from bot.answering.forms.yes_no import answer_yes_no
from bot.answering.parts import is_looked_up, kind_of_part, verdict_of_fact
from bot.answering.quoting_parts import words_of_part
from bot.answering.receiving import asks_where_to_turn
from bot.answering.told_year import without_told_year
from bot.answers import AnswerKind, Status
from corpus.splitting import sentence_spans
from embeddings.extraction.enumerations import begins_with_verb
from embeddings.quantities.quantities import quantities
from embeddings.question.answer_type import Kind, candidates, expect
from embeddings.question.asked_noun import completions
from embeddings.question.compound import before_check
from embeddings.question.followup import content_words
from embeddings.question.question import Question, Understanding
from embeddings.question.question_form import Form, QuestionForm, read_form
from embeddings.syllables import CAPITALS
from embeddings.verdicts.claim_words import one_denies

_DEPENDS_FROM = 0.5
_LONGEST_CLAIM = 600
"""Characters of a question that is answered with yes or no."""
_PERHAPS_A_LIST, _COUNTED_PERHAPS = 0.05, 0.02
"""Likelihood of a list from which one is looked for; the latter where the question has a number that may be theirs."""
_LIST_FROM = 0.5
"""Likelihood of a list, from the question alone, from which one that is found is shown."""
_CLEARLY_A_LIST = 0.7
_PERSONS_FROM = 0.1
"""The same where persons are asked for: `ai chủ trì` may mean one or four."""
_LIST_SURE = 0.5
"""Probability of a list found where the question does not clearly ask for one, from which it is shown as one."""
_LIST_SHOWN = 0.3
"""The same where it does."""
_LIST_CERTAIN, _NEARLY_SURE = 0.7, 0.2
"""Of a list in the first passage, and of that passage, from which the list is shown though the passage alone is not."""
_LIST_COUNTED = 0.25
"""The same where it has as many items as the question asks for."""
WORDS_FROM, STAYS_FROM = 0.45, 0.3
"""Probability of words being right from which they are shown as an answer, the latter where their passage is one that
answers by itself; see docs/decisions/forms.md."""
_MARKED = frozenset((Kind.TIME, Kind.NUMBER))
"""Kinds of answers that are known by their shape."""
_GIVEN = frozenset(("reason", "purpose"))
"""What a sentence says of something in a clause of its own."""
_NO_NUMBER = re.compile(r"\b(?:vì sao|tại sao|làm sao|thế nào|ai)\b")
"""What is asked for besides (`vì sao mấy nơi ...`)."""
_DENIES = re.compile(r"\s*(?:không|chưa|chẳng)\b", re.IGNORECASE)
_NAME_OR_NUMBER = re.compile(rf"\b[{CAPITALS}][^\W\d_]*\s+[{CAPITALS}]|(?<=\s)[{CAPITALS}]|\d")
_NAME = re.compile(rf"\b[{CAPITALS}]")
_BY_NAME = re.compile(r"\b(?:chủ trì|chủ tọa|chủ toạ|điều hành|phát biểu|kết luận|đề dẫn|trình bày|ký)\b")
"""What somebody does who is told by name."""
_SEVERAL = re.compile(r"\b(?:những|các|mấy|bao nhiêu)\b")
_MORE_THAN_ONE = re.compile(
    r"\b(?:những|các|mấy)\s+(?:(?!(?:để|cho|với|về|phải|cần|được|bị|đã|đang|sẽ|làm|là)\b)[^\W\d_]+,?\s+){0,5}?"
    r"(?:nào|gì|đâu)\b"
    r"|\bnhững ai\b|\b(?:gồm|liệt kê|kể tên|kể ra|lần lượt|cùng|với nhau)\b"
)
_DEEDS_TOO = re.compile(r"\b(?:những|các)\s+(?:việc\s+|điều\s+)?gì\b")
"""What is asked for beside a person (`kiến nghị với ai những gì`)."""
_BETWEEN_ITEMS = re.compile(r"[^\w\s]|\n|\b(?:và|hoặc|hay|cùng|cũng|lẫn|thứ|là)\b", re.IGNORECASE)
"""Something without which no two items of a list stand beside each other; see `embeddings.extraction.enumerations`."""

Judging = Callable[[Asked, Draft], Draft]


def form_of(understanding: Understanding) -> QuestionForm:
    """The form a question asks for; one that only names something new (`còn năm 2019?`) asks as the one before it.

    One that asks for something of its own and names nothing (`ở đâu`) does so in its own form.
    """
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
    first = before_check(asked.search.understanding.restored)
    if first:  # whether one thing is among those that are asked for is seen in them
        return draft_for(asked.ask(Question(first, asked.question.previous)), judge)
    narrowed = answer_narrowed(asked, lambda whole: draft_for(whole, judge))
    if narrowed:
        return narrowed
    found = (
        answer_comparison(asked, lambda side: draft_for(side, judge), lambda: judge(asked, _found_words(asked)))
        or answer_compound(asked, lambda part: draft_for(part, judge))
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
    sure = believed(asked, draft)
    if sure is None:
        return _unread(asked, draft)
    shown = sure >= (STAYS_FROM if asked.status is Status.ANSWERED else WORDS_FROM)
    draft = replace(draft, confidence=asked.confidence)
    return replace(draft, status=Status.ANSWERED) if shown else without_words(asked, draft)


def _lacks_the_number(asked: Asked, draft: Draft) -> bool:
    """Whether a number is asked for, and the words hold none and do not deny that there is any."""
    expected = asked.search.expected
    if (
        expected.kind is not Kind.NUMBER
        or draft.kind is AnswerKind.LIST
        or _NO_NUMBER.search(expected.question.lower())
    ):
        return False
    return not any(
        any(sign.isdigit() for sign in piece.text) or quantities(piece.text) or _DENIES.match(piece.text)
        for piece in draft.pieces
    )


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
    listed = _listed(asked)
    if listed:
        opposite = _is_of_the_opposite(asked, listed)
        return (
            without_words(asked, listed) if opposite else without_excepted(listed, asked.search.understanding.restored)
        )
    if form.aspect in _GIVEN and form.form is Form.SENTENCE:
        return answer_reason(asked)
    several = form.count is not None or says_several(asked.search.expected.question)
    if several and form.likelihood[Form.LIST] >= _CLEARLY_A_LIST:  # one thing is no answer to a question for several
        return without_words(asked, answer_sentence(asked))
    return answer_sentence(asked) if form.form is Form.SENTENCE else answer_span(asked)


def _is_of_the_opposite(asked: Asked, listed: Draft) -> bool:
    """Whether what announces a list, before a colon, denies what the question does not, or the other way round."""
    if not listed.pieces:
        return False
    first = min(listed.pieces, key=lambda piece: (piece.hit.passage.ordinal, piece.start))
    text = first.hit.passage.text
    before = [text[start : min(end, first.start)] for start, end in sentence_spans(text) if start < first.start]
    own, above = before[-1:], before[-2:-1]
    heads = [sentence.rpartition(":")[0] for sentence in own] + [line for line in above if line.endswith(":")]
    return any(one_denies(head, asked.search.understanding.restored) for head in heads)


def says_several(question: str) -> bool:
    """Whether a question has words for more than one thing (`những ai`, `gồm`); `cho ai` may be one."""
    return _MORE_THAN_ONE.search(question.lower()) is not None


def _listed(asked: Asked) -> Draft | None:
    """Several things, where the question means several."""
    chairs = who_chairs(asked)
    if chairs:
        return chairs
    form = asked.form
    least = _COUNTED_PERHAPS if form.count else _PERHAPS_A_LIST
    if (form.likelihood[Form.LIST] >= least or form.named_too) and _may_be_meant(asked):
        draft = answer_list(asked)
        if draft and _is_meant(asked, draft):
            return draft
    may_be_persons = asked.search.expected.kind in (Kind.PERSON, Kind.NAME, Kind.OTHER)
    return answer_persons(asked) if may_be_persons else None


def _may_be_meant(asked: Asked) -> bool:
    """Whether `_is_meant` can say yes of any list at all: most questions need none to be looked for."""
    form, search = asked.form, asked.search
    likelihood = form.likelihood[Form.LIST]
    if likelihood >= _LIST_FROM or form.named_too or form.count:
        return True
    if search.expected.kind is Kind.PERSON:
        return likelihood >= _PERSONS_FROM
    if asks_where_to_turn(search.expected.question):  # one body, not all that it receives of
        return False
    best = ((hit.passage.text, hit.reading.spans[0]) for hit in search.hits if hit.reading and hit.reading.spans)
    return any(_BETWEEN_ITEMS.search(text, span.start, span.end) for text, span in best)


def _is_meant(asked: Asked, draft: Draft) -> bool:
    """Whether a list that was found is what the question asks for, by its words, their number and what a reader saw."""
    form, found = asked.form, draft.confidence
    expected = asked.search.expected
    likelihood = form.likelihood[Form.LIST]
    if _is_of_another_kind(asked, draft) or (likelihood < _CLEARLY_A_LIST and _is_one_named(asked, draft)):
        return False
    if likelihood >= _LIST_FROM or form.named_too:
        return found >= _LIST_SHOWN
    if form.count == len(draft.pieces):
        return found >= _LIST_COUNTED
    if found < _LIST_SURE:
        return False
    if expected.kind is Kind.PERSON:
        return likelihood >= _PERSONS_FROM
    return _is_read_together(asked, draft)


def _is_of_another_kind(asked: Asked, draft: Draft) -> bool:
    """Whether a list has no day where a day is asked for, no name where places are, only deeds where persons are."""
    expected = asked.search.expected
    if expected.kind is Kind.PERSON and not _DEEDS_TOO.search(expected.question.lower()):
        named = any(_NAME.search(piece.text) for piece in draft.pieces)
        if (_BY_NAME.search(expected.question.lower()) and not named) or chair_elsewhere(asked, draft.pieces):
            return True
        return all(begins_with_verb(piece.text, 0) for piece in draft.pieces)
    if expected.kind is Kind.PLACE and not any(_NAME_OR_NUMBER.search(piece.text) for piece in draft.pieces):
        return True
    named_too = expected.kind is Kind.NUMBER and asked.form.named_too  # `có mấy loại, là những loại nào`
    return (
        expected.kind in _MARKED
        and not named_too
        and not any(candidates(expected, piece.text) for piece in draft.pieces)
    )


def _is_one_named(asked: Asked, draft: Draft) -> bool:
    """Whether the question asks for one thing by its noun (`xây dựng văn hóa gì`) that the list's passage names."""
    question = asked.search.expected.question
    if asked.form.named_too or asked.form.count or _SEVERAL.search(question.lower()):
        return False
    return bool(completions(question, draft.pieces[0].hit.passage.text))


def _is_read_together(asked: Asked, draft: Draft) -> bool:
    """Whether a reader takes several items for the answer, and nothing in the first passage for a clearer one."""
    reading, first = draft.pieces[0].hit.reading, asked.search.hits[0].reading
    if reading is None or not reading.spans or (first and first.margin > reading.margin):
        return False
    best = reading.spans[0]
    return sum(best.start < one.end and one.start < best.end for one in draft.pieces) > 1


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
