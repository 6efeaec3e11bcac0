"""The sentence of a passage that answers, cut to size, and the words in it that are the answer."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.answering.introducing import asks_what_was_done, only_introduces
from bot.answering.known_numbers import repeats_numbers
from bot.answering.quoting_parts import LONGEST_QUOTE, quotes_of_part, words_of_part
from bot.answering.receiving import asks_where_to_turn, receiving_body, stands_beside_the_named
from corpus.splitting import trim
from corpus.vietnamese import fold
from embeddings.extraction.body_names import abbreviations
from embeddings.hits import Hit
from embeddings.question.alternatives import chosen
from embeddings.question.answer_type import Expectation, Kind, Span, candidates, counts, fit
from embeddings.question.asked_noun import completions
from embeddings.reading.readings import Reading
from embeddings.reading.readings import Span as Found
from embeddings.remembered import remembered
from embeddings.syllables import token_spans

Worth = Mapping[str, float]

_MEANING_WEIGHT = 8.0
_WORDS_WEIGHT = 0.7
_FIT_WEIGHT = 0.5
_READ_WEIGHT = 1.5
_KEPT_WEIGHT = 2.0
_KIND_BONUS = 3.0
"""In the units of a reader's margins."""
_CLAUSE_END = re.compile(r"[;:,](?=\s)|\.\.\.|…|(?<=\s)[–-](?=\s)")
_CODE = re.compile(r"(?<![^\W_])\d[^\W_]*(?:[-./,][^\W_]+)+")
"""Digits and letters without a blank: a document's number, a date, a number of many digits."""
_BETWEEN = re.compile(r"[,;]|\bvà\b")
_CONTRAST = re.compile(r",\s(?:còn|nhưng|song|trong khi)\s")
_ONE_THING = frozenset((Kind.PERSON, Kind.NUMBER, Kind.TIME, Kind.PLACE))
_NAMED = frozenset((Kind.OTHER, Kind.NAME, Kind.ROLE))
_LOOSE = ",;:.…–-!?"
_PAIRS = ("()", "[]", "“”", "‘’", "«»")
_FAR = 400
_MONEY = re.compile(r"đồng|tỷ|triệu|nghìn|ngàn", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QuotedHit:
    """A hit, and where its quote stands in the passage.

    Attributes:
        further: where more of the passage is quoted, behind it.
    """

    hit: Hit
    start: int
    end: int
    further: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The quote."""
        return self.hit.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Quoter:
    """Finds quotes and answering words for one question.

    Attributes:
        expected: what the question waits for.
        worth: folded words of the question and how much each counts; see `Understanding`.
    """

    expected: Expectation
    worth: Worth

    def quote(self, hit: Hit) -> QuotedHit:
        """The sentence that answers best; of a long one the run of clauses that does.

        A sentence counts by its meaning (cosine), by the question's words in it, by holding words of the kind that is
        waited for and by what a reader found in it.
        """
        text = hit.passage.text
        if hit.looked_up:
            return QuotedHit(
                hit, *quotes_of_part(text, [hit.quote] if hit.quote else hit.looked_up, hit.looked_up[0])[0]
            )
        shares = _shares(hit.reading)

        def value(sentence: tuple[int, int, float]) -> float:
            start, end, cosine = sentence
            read = sum(share for span, share in shares if start <= span.start < end)
            return self._value(text[start:end], cosine) + _READ_WEIGHT * read

        start, end, _ = max(hit.sentences, key=value)
        start, end = trim(text, start, end)
        if end - start <= LONGEST_QUOTE:
            return QuotedHit(hit, start, end)
        kept = next((span for span, _ in shares if start <= span.start and span.end <= end), None)
        inside = (kept.start - start, kept.end - start) if kept else None
        first, last = self._cut(text[start:end], inside)
        return QuotedHit(hit, start + first, start + last)

    def answer(self, quoted: QuotedHit) -> Span | None:
        """Where the words that answer stand in the hit's passage, inside the quote.

        Of two things that the question offers the one that is named. Otherwise a reader's words there, those of the
        kind that is waited for before others; where no reader has read the passage, and for a person's office that it
        is not sure of, the candidate of the right kind that is nearest to the question's own words.
        """
        hit, place, said = quoted.hit, quoted.start, quoted.text
        if hit.looked_up:
            return next(
                (span for span in words_of_part(hit.passage.text, hit.looked_up) if span[1] <= quoted.end), None
            )
        one = chosen(self.expected.question, said)
        if one:
            return place + one[0], place + one[1]
        turning = asks_where_to_turn(self.expected.question)
        body = receiving_body(said) if turning else None
        if body:
            return place + body[0], place + body[1]
        done = asks_what_was_done(self.expected.question)
        unsure = self.expected.kind is Kind.ROLE and not done and (hit.reading is None or hit.reading.margin < 0)
        if not hit.reading or unsure:
            words = self._by_rules(said)
            if words or not hit.reading:
                return (place + words[0], place + words[1]) if words else None
        return self._by_reading(quoted, hit.reading, turning=turning, done=done)

    def _by_reading(self, quoted: QuotedHit, reading: Reading, *, turning: bool, done: bool) -> Span | None:
        """A reader's best words in a quote that may be the answer by what they are.

        Args:
            quoted: whose passage was read.
            reading: of the passage.
            turning: whether it is asked where one has to turn to.
            done: whether it is asked what somebody did or said.
        """
        text, place, said = quoted.hit.passage.text, quoted.start, quoted.text
        fitting = [(place + start, place + end) for start, end in candidates(self.expected, said)]

        def value(span: Found) -> float:
            return span.margin + _KIND_BONUS * any(start < span.end and span.start < end for start, end in fitting)

        inside = [span for span in reading.spans if quoted.start <= span.start and span.end <= quoted.end]
        repeated = False
        for best in sorted(inside, key=value, reverse=True):
            start, end = whole_title(text, bare_words(text, whole_numbers(text, (best.start, best.end))))
            end = self._before_contrast(text, (start, end))
            inner = (start - place, end - place)
            beside = turning and stands_beside_the_named(self.expected.question, said, inner)
            introduces = done and only_introduces(self.expected.question, said, inner)
            if start >= end or beside or introduces:
                continue
            if repeats_numbers(self.expected, text[start:end]):
                repeated = True
            elif not repeated or counts(self.expected, said, inner) or _is_money(self.expected, said, inner):
                return self._named(quoted, (start, end))
        return None

    def _before_contrast(self, text: str, span: Span) -> int:
        """The end of one thing that is asked for, before what is said of another (`chị Gạch làm Giám đốc, còn ...`)."""
        contrast = _CONTRAST.search(text, *span) if self.expected.kind in _ONE_THING else None
        return contrast.start() if contrast and contrast.start() > span[0] else span[1]

    def _named(self, quoted: QuotedHit, span: Span) -> Span:
        """Of several things that were read together the one whose noun is asked for (`đạo đức gì`)."""
        if self.expected.kind not in _NAMED:
            return span
        text = quoted.hit.passage.text
        for start, end in completions(self.expected.question, text[span[0] : span[1]]):
            first, last = span[0] + start, span[0] + end
            if _BETWEEN.search(text, span[0], first) or _BETWEEN.search(text, last, span[1]):
                return first, last
        return span

    def _by_rules(self, said: str) -> Span | None:
        expected = self.expected
        found = candidates(expected, said)
        if expected.kind is Kind.NUMBER and expected.counted:
            found = [span for span in found if counts(expected, said, span) or _is_money(expected, said, span)]
        if not found:
            return None
        anchors = _anchors(self.worth, said)
        return trim(said, *max(found, key=lambda span: _nearness(expected, anchors, said, span)))

    def _value(self, sentence: str, cosine: float) -> float:
        said = _WORDS_WEIGHT * covered(self.worth, sentence) + _FIT_WEIGHT * fit(self.expected, sentence)
        return _MEANING_WEIGHT * cosine + said

    def _cut(self, sentence: str, kept: Span | None) -> Span:
        """The run of whole clauses, at most `LONGEST_QUOTE` long, that says most of what is asked.

        Args:
            sentence: longer than a quote may be.
            kept: words that should stay in it, None if there are none.
        """
        starts = [0, *(match.end() for match in _CLAUSE_END.finditer(sentence))]
        pieces = _short_pieces(sentence, [*starts, len(sentence)])
        best, best_value = (0, 0), -1.0
        for first, (start, _) in enumerate(pieces):
            for last in range(first, len(pieces)):
                end = pieces[last][1]
                if len(sentence[start:end].strip()) > LONGEST_QUOTE:
                    break
                text = sentence[start:end]
                value = (
                    covered(self.worth, text) + _FIT_WEIGHT * fit(self.expected, text) + 0.1 * len(text) / LONGEST_QUOTE
                )
                if kept and start <= kept[0] and kept[1] <= end:
                    value += _KEPT_WEIGHT
                if value > best_value:
                    best, best_value = (start, end), value
        start, end = trim(sentence, *best)
        end -= len(sentence[start:end]) - len(sentence[start:end].rstrip(",;:–- "))
        return start, end


def bare_words(text: str, span: Span) -> Span:
    """The span without blanks, punctuation and halves of brackets or quotation marks at its ends."""
    start, end = span
    while start < end and (text[start].isspace() or text[start] in _LOOSE or _is_half(text[start:end], 0)):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _LOOSE or _is_half(text[start:end], -1)):
        end -= 1
    return start, end


def whole_title(text: str, span: Span) -> Span:
    """The span with the opening quotation mark right in front of it, where it holds only the closing one."""
    start, end = span
    inner = text[start:end]
    opens = text[start - 1 : start] == "“" and "”" in inner and "“" not in inner[: inner.index("”")]
    return start - opens, end


def whole_numbers(text: str, span: Span) -> Span:
    """The span with the rest of a number or code that it begins or ends inside of (`11-QĐi` -> `11-QĐi/TW`)."""
    for code in _CODE.finditer(text):
        start, end = code.span()
        if start < span[1] and span[0] < end:
            span = min(start, span[0]), max(end, span[1])
    return span


def _is_half(words: str, place: int) -> bool:
    """Whether the character there is one of a pair whose other one is missing."""
    return any(words[place] in pair and (pair[0] in words) != (pair[1] in words) for pair in _PAIRS)


def _shares(reading: Reading | None) -> list[tuple[Found, float]]:
    """A reader's candidates, best first, and how its belief is shared out among them (sum 1)."""
    if not reading or not reading.spans:
        return []
    weights = [math.exp(span.margin - reading.margin) for span in reading.spans]
    return [(span, weight / sum(weights)) for span, weight in zip(reading.spans, weights, strict=True)]


def _is_money(expected: Expectation, quote: str, span: Span) -> bool:
    return "tien" in expected.counted and _MONEY.search(quote[span[0] : span[1]]) is not None


@remembered(2048)
def said_in(text: str) -> frozenset[str]:
    """A text's words, folded, and those that its abbreviations in capitals stand for."""
    words = [text[start:end] for start, end in token_spans(text)]
    written_out = (abbreviations().get(word) for word in words if word.isupper())
    long = {fold(part) for words_of_one in written_out if words_of_one for part in words_of_one.split()}
    return frozenset(long.union(map(fold, words)))


def covered(worth: Worth, text: str) -> float:
    """Share of the question's words, by worth, that a text has, in abbreviations too; 0 if the question has none."""
    total = sum(worth.values())
    said = said_in(text)
    return sum(value for word, value in worth.items() if word in said) / total if total else 0.0


def _short_pieces(sentence: str, edges: list[int]) -> list[Span]:
    """Clauses between edges; one longer than a quote is cut at blanks."""
    pieces: list[Span] = []
    for start, end in pairwise(edges):
        position = start
        while end - position > LONGEST_QUOTE:
            cut = sentence.rfind(" ", position + 1, position + LONGEST_QUOTE)
            cut = cut if cut > position else position + LONGEST_QUOTE
            pieces.append((position, cut))
            position = cut
        if end > position:
            pieces.append((position, end))
    return pieces


def _anchors(worth: Worth, quote: str) -> list[tuple[int, float]]:
    """Where the question's words stand in the quote, and their worth."""
    places = ((start, fold(quote[start:end])) for start, end in token_spans(quote))
    return [(start, worth[word]) for start, word in places if word in worth]


def _nearness(expected: Expectation, anchors: list[tuple[int, float]], quote: str, span: Span) -> float:
    """Share of the question's words in the same part of the quote, closeness to them, and what the kind asks for."""
    total = sum(value for _, value in anchors) or 1.0
    middle = (span[0] + span[1]) / 2
    first = max(quote.rfind(mark, 0, span[0]) for mark in ";:")
    last = min((place for mark in ";:" if (place := quote.find(mark, span[1])) >= 0), default=len(quote))
    near = sum(value * max(0.0, 1 - abs(place - middle) / _FAR) for place, value in anchors) / total
    near += sum(value for place, value in anchors if first < place < last) / total
    if expected.kind is Kind.NUMBER:
        near += counts(expected, quote, span)
    if expected.kind is Kind.TIME:
        near += 0.02 * (span[1] - span[0])
    return near
