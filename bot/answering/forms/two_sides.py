"""Which of two things that are offered a passage tells of: by name in its clause, or by what stands above it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.answering.drafts import Asked, Draft, Piece, Span
from bot.answering.forms.asked_back import setting_of
from bot.answering.forms.side_names import side_named
from bot.answers import AnswerKind, Status
from bot.phrases import phrases, within_quotes
from corpus.dates import vietnamese_date
from corpus.models import Document
from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.hits import Hit
from embeddings.quantities.years import own_years, years_compared
from embeddings.question.comparison import Comparison
from embeddings.question.question import Question
from embeddings.syllables import CAPITALS
from embeddings.verdicts.claim_words import claim_words, negations, spoken_words

_LOOKED_AT = 4
"""Passages looked at for the whole question, for each side and for what is said alone."""
_TOLD_FROM, _LEAD = 0.5, 0.2
"""Share of what is said that a clause must tell, and its lead over the best clause of the other side."""
_NAME = re.compile(rf"[{CAPITALS}][^\s,]*(?:\s+[{CAPITALS}][^\s,]*)+")
_DEPUTY = re.compile(r"\bphó(?:\s+[^\W\d_]+){1,2}", re.IGNORECASE)
_DIFFERS = re.compile(
    r"\b(?:(?:tăng(?! trưởng)|giảm|vượt|thiếu|thừa|chênh)\b|(?:nhiều|ít|cao|thấp|kém|lớn|nhỏ) hơn\b)"
    r"[^,;.]*?\d(?:[^,;]|,(?=\d))*",
    re.IGNORECASE,
)
"""What a passage says of by how much something has changed."""
_PARTS = re.compile(r"(?:[^,;]|,(?=\d))+")
_WHEN = re.compile(r"\b(?:(?:trong|vào|đến|đầu|cuối) )*năm (?:19|20)\d\d\b|\bso (?:với|sánh)\b.*", re.IGNORECASE)
_UNIT = "(?:tỉnh|huyện|xã|thành phố|thị xã|thị trấn|phường|thôn)"
_WHERE = re.compile(rf"\b(?:(?:của|ở|tại)\b|(?:trong|toàn|cả) {_UNIT}\b|{_UNIT} (?-i:[{CAPITALS}])).*", re.IGNORECASE)
"""What is said of when and where, beside what has changed."""
_COUNTING = frozenset(("so", "ty", "ti", "le", "muc", "luong", "tong", "bao", "nhieu"))
"""Folded words that say of something that it is counted (`tỷ lệ`)."""
_NEAR = 4
"""Words behind a negation that it denies."""
_HALF = 0.5
_OF_SUBJECT = 0.75
"""Share of what has changed that the clause of a change must name."""
_OF_SETTING = 0.6
"""Share of a side's words that must stand above a passage for it to be of that side."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A clause that tells something of one side.

    Attributes:
        share: of what is asked that the clause tells, with what stands above its passage.
        alone: the same of the clause alone.
    """

    share: float
    alone: float
    hit: Hit
    clause: Span
    named: bool


def answer_by_sides(asked: Asked, comparison: Comparison) -> Draft | None:
    """The side of which a clause says most of what is asked; None where no side leads.

    Args:
        asked: the whole question.
        comparison: with what is said of the one that is asked for.
    """
    best: list[_Told | None] = [None, None]
    for hit in _hits(asked, comparison):
        for side, told in _tellings(asked, comparison, hit):
            known = best[side]
            if known is None or told.share + told.alone > known.share + known.alone:
                best[side] = told
    shares = [told.share if told else 0.0 for told in best]
    side = 0 if shares[0] > shares[1] else 1
    chosen = best[side]
    if chosen is None or shares[side] < _TOLD_FROM or shares[side] - shares[1 - side] < _LEAD:
        return None
    return _drafted(asked, comparison.sides[side], comparison.sides[1 - side], chosen)


def answer_by_difference(asked: Asked, meant: str) -> Draft | None:
    """By how much something has changed, in the words of a passage that says so; None where none does.

    Args:
        asked: the whole question (`tăng hay giảm`, `nhiều hay ít hơn`).
        meant: it without the words that ask which way.
    """
    spelt = _spelling(meant)
    subject = _subject(asked, meant, spelt)
    best: tuple[float, Hit, Span, Span] | None = None
    for hit in asked.search.hits[:_LOOKED_AT]:
        text, setting = hit.passage.text, setting_of(asked, hit)
        for start, end in sentence_spans(text):
            if not _is_of_its_years(
                meant, text[start:end], asked.retriever.documents[hit.passage.document_id], setting
            ):
                continue
            share, alone = _shares(asked, meant, text[start:end], _words(setting, spelt), spelt)
            for found in _DIFFERS.finditer(text, start, end):
                near = _words(text[_head_start(text, start, found.start()) : found.end()], spelt)
                if share < _HALF or not _tells_of(subject, near) or (best and share + alone <= best[0]):
                    continue
                words = found.start(), found.start() + len(found.group().rstrip(" ."))
                best = share + alone, hit, words, (start, end)
    if best is None:
        return None
    _, hit, words, sentence = best
    rest = (other for other in asked.search.hits if other.passage.id != hit.passage.id)
    around = {hit.passage.id: [sentence]}
    return Draft(AnswerKind.SPAN, Status.ANSWERED, asked.confidence, (Piece(hit, *words),), (hit, *rest), around=around)


def _is_of_its_years(question: str, sentence: str, document: Document, setting: str) -> bool:
    """Whether a sentence, or else what stands above it, is of the question's years and compares with no others.

    Years that a change is counted from (`so với năm 2021`) are none that it is of.
    """
    wanted, own = own_years(question), own_years(sentence)
    base, counted_from = years_compared(question), years_compared(sentence)
    if not own <= wanted or (base and counted_from and not base & counted_from):
        return False
    return wanted <= (own or own_years(document.title) or own_years(setting))


def _subject(asked: Asked, meant: str, spelt: Callable[[str], str]) -> dict[str, float]:
    """The words of what is asked about, without when and where, and what each counts."""
    words = {word for word in _words(_WHERE.sub(" ", _WHEN.sub(" ", meant)), spelt) if fold(word) not in _COUNTING}
    return _worth(asked.search.understanding.worth, {word for word in words if not word.isdecimal()})


def _tells_of(subject: Mapping[str, float], said: set[str]) -> bool:
    """Whether words have most of a subject, and the rarest of it."""
    told = sum(value for word, value in subject.items() if word in said)
    rarest = {word for word, value in subject.items() if value == max(subject.values())}
    return bool(subject) and rarest <= said and told >= _OF_SUBJECT * sum(subject.values())


def _head_start(text: str, start: int, change: int) -> int:
    """Where the clause of a change begins; the one before it where nothing else stands in it (`còn 5 tổ, giảm 2`)."""
    start = max(start, text.rfind(";", start, change) + 1)
    begun = [part.start() for part in _PARTS.finditer(text, start, change) if part.group().strip()]
    return begun[-1] if begun else start


def _hits(asked: Asked, comparison: Comparison) -> list[Hit]:
    """The first passages for the question, for what is said of either side, and for what is said alone."""
    searched = [asked, *(asked.ask(Question(question)) for question in (*comparison.questions, comparison.said))]
    found = {hit.passage.id: hit for one in searched for hit in one.search.hits[:_LOOKED_AT]}
    return list(found.values())


def _tellings(asked: Asked, comparison: Comparison, hit: Hit) -> Iterator[tuple[int, _Told]]:
    """The clauses of a passage that are of one side only."""
    text = hit.passage.text
    spelt = _spelling(" ".join(comparison.questions))
    sides = [_words(side, spelt) for side in comparison.sides]
    own = [one - other for one, other in zip(sides, reversed(sides), strict=True)]
    by_name = all(_NAME.fullmatch(side) for side in comparison.sides)
    setting = _words(setting_of(asked, hit), spelt)
    for clause in _clauses(text):
        share, alone = _shares(asked, comparison.said, text[slice(*clause)], setting, spelt)
        said = _words(text[slice(*clause)], spelt)
        named = [bool(words) and words <= said for words in own]
        if by_name:  # the whole name: `Bùi Minh Quang` is no `Bùi Tuấn Quang`
            named = [fold(side) in fold(text[slice(*clause)]) for side in comparison.sides]
        if any(named):
            if not all(named):
                yield named.index(True), _Told(share, alone, hit, clause, named=True)
            continue
        of = [len(words & setting) / len(words) if words else 0.0 for words in own]
        side = 0 if of[0] > of[1] else 1
        if not by_name and of[side] >= _OF_SETTING and of[side] > of[1 - side]:
            yield side, _Told(share, alone, hit, clause, named=False)


def _shares(
    asked: Asked, meant: str, clause: str, setting: set[str], spelt: Callable[[str], str]
) -> tuple[float, float]:
    """Share of words, by worth, that a clause tells, with what stands above it and alone.

    A deputy is no head, and a clause that denies tells nothing of what is not denied.
    """
    if "phó" not in meant.lower():
        clause = _DEPUTY.sub(" ", clause)
    wanted, said, spoken = _words(meant, spelt), _words(clause, spelt), spoken_words(clause)
    behind = {spelt(word) for place in negations(spoken) for word in spoken[place + 1 : place + 1 + _NEAR]}
    if wanted & behind and not negations(spoken_words(meant)):
        return 0.0, 0.0
    worth = _worth(asked.search.understanding.worth, wanted)
    total = sum(worth.values()) or 1.0
    alone = sum(worth[word] for word in wanted & said) / total
    return (sum(worth[word] for word in wanted & (said | setting)) / total if alone else 0.0), alone


def _spelling(question: str) -> Callable[[str], str]:
    """How words are compared: with their marks where the question has any."""
    return fold if question.isascii() else str


def _words(text: str, spelt: Callable[[str], str]) -> set[str]:
    return {spelt(word) for word in spoken_words(text) if word not in claim_words().particles}


def _worth(known: Mapping[str, float], words: set[str]) -> dict[str, float]:
    """What each word counts; one that is not known as much as the others do on average."""
    usual = sum(known.values()) / max(len(known), 1) or 1.0
    return {word: known.get(fold(word), usual) for word in words}


def _clauses(text: str) -> list[Span]:
    """The sentences of a passage, parted at semicolons."""
    found: list[Span] = []
    for start, end in sentence_spans(text):
        begin = start
        while (stop := text.find(";", begin, end)) >= 0:
            found.append((begin, stop))
            begin = stop + 1
        found.append((begin, end))
    return found


def _drafted(asked: Asked, side: str, other: str, told: _Told) -> Draft:
    """The side by its name in the passage; where that does not name it, the clause, and which document it is of."""
    hit, (start, end) = told.hit, told.clause
    text = hit.passage.text
    start += len(text[start:end]) - len(text[start:end].lstrip())
    name = side_named(text, (start, end), side, other) or side_named(text, (0, len(text)), side, other)
    document = asked.retriever.documents[hit.passage.document_id]
    said = phrases(asked.language)
    date = said.dated.format(date=vietnamese_date(document.published)) if document.published else ""
    return Draft(
        AnswerKind.SPAN if name else AnswerKind.SENTENCE,
        Status.ANSWERED,
        max(asked.confidence, told.share),
        (Piece(hit, *(name or (start, end))),),
        (hit, *(other for other in asked.search.hits if other.passage.id != hit.passage.id)),
        notes=() if told.named else (said.told_of.format(title=within_quotes(document.title), date=date),),
        around={hit.passage.id: [(start, end)]},
    )
