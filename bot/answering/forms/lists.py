"""Everything that belongs to a list: its items, each an exact substring, persons with their offices beside them."""

import re
from collections.abc import Mapping, Sequence

from bot.answering.drafts import Asked, Draft, Piece, Span
from bot.answers import AnswerKind, Status
from corpus.splitting import sentence_spans, trim
from corpus.vietnamese import fold
from embeddings.extraction.enumerations import goes_on
from embeddings.extraction.persons import persons
from embeddings.hits import Hit
from embeddings.listing.list_features import ListQuestion, announced
from embeddings.listing.list_finder import FoundList, find_list
from embeddings.question.answer_type import Kind
from embeddings.question.question_form import Form

_LOOKED_AT = 4
_OUT_OF_REACH, _FAR_OUT_OF_REACH = 0.25, 0.4
"""Lead of the first hit from which another one's list is not looked at; the latter where a list is clearly meant."""
_CLEARLY = 0.7
_HIT_WEIGHT = 6.0
"""How much a hit's lead counts against how well a list fits, in log odds for one whole point of score."""
_MARK = re.compile(r"\s*(?:[-–•+*]|\(?\d{1,2}[.)]|\(?[a-zđ][)])\s+")
_MOST_ITEMS = 60
_CHAIRS = re.compile(r"\b(?:chủ trì|chủ tọa|chủ toạ|điều hành)\b", re.IGNORECASE)
_ONE_END = re.compile(r"\s*Tại (?:các )?điểm cầu (?:tỉnh |thành phố |huyện )?(?P<place>[^,;.]{2,40}),")
"""Begins a sentence on one end of a meeting by video link."""
_BETWEEN = re.compile(
    r"[\s,;–-]*(?:(?:và|cùng|cùng với)\s+)?"
    r"(?:(?:các\s+)?(?:đồng chí|đ/c|ông|bà|anh|chị|cô|thầy|TS|PGS|GS|ThS)[.:]?\s*)*"
    r"(?:(?:và|cùng|cùng với)\s+)?"
)


def list_question(asked: Asked) -> ListQuestion:
    """The question as what finds lists needs it."""
    form = asked.form
    return ListQuestion(
        worth=asked.search.understanding.worth,
        expected=asked.search.expected,
        count=form.count,
        noun=form.noun,
        likelihood=form.likelihood[Form.LIST],
    )


def answer_list(asked: Asked) -> Draft | None:
    """The best list among the first hits; None where nothing enumerates."""
    question = list_question(asked)
    best: tuple[float, Hit, FoundList] | None = None
    for hit in asked.search.hits[:_LOOKED_AT]:
        lead = asked.search.hits[0].score - hit.score
        if lead > (_FAR_OUT_OF_REACH if question.likelihood >= _CLEARLY else _OUT_OF_REACH):
            break
        if lead and asked.form.form is Form.SENTENCE:  # `phải thế nào` is told by the passage that answers
            break
        found = find_list(hit.passage.text, question, hit.reading)
        if found and (best is None or found.preference - _HIT_WEIGHT * lead > best[0]):
            best = (found.preference - _HIT_WEIGHT * lead, hit, found)
    if best is None:
        return None
    _, hit, found = best
    pieces, more = _pieces(asked, hit, found.items)
    continued, open_end = _continued(asked, hit, found.items)
    pieces = _without_repeats([*pieces, *continued])[:_MOST_ITEMS]
    fewer = any(
        len(pieces) < told for told in (asked.form.count, announced(hit.passage.text, found.items[0][0])) if told
    )
    around = {hit.passage.id: _announcing(hit.passage.text, found.items)}
    return Draft(
        AnswerKind.LIST,
        Status.ANSWERED,
        found.probability,
        tuple(pieces),
        (hit, *(other for other in asked.search.hits if other.passage.id != hit.passage.id)),
        goes_on=more or open_end or fewer,
        around=around,
    )


def answer_persons(asked: Asked) -> Draft | None:
    """Everybody who stands beside the person that answers (`A, office; B, office và C, office chủ trì`).

    Returns:
        None where no person answers, or one alone.
    """
    quoted = asked.quoter.quote(asked.search.hits[0])
    span = asked.quoter.answer(quoted)
    hit, text = quoted.hit, quoted.hit.passage.text
    if span is None:
        return None
    offices = _offices_in(asked, hit)
    chain = beside_each_other(text, sorted({*persons(text), *offices}), offices)
    mine = next((names for names in chain if any(_is_named(name, span) for name in names)), [])
    mine = chairs_of_the_whole(text, chain, mine, asked.search.understanding.restored)
    if len(mine) < 2:  # noqa: PLR2004 - a list
        return None
    pieces = tuple(Piece(hit, *name, office=offices.get(name)) for name in mine)
    around = {hit.passage.id: _announcing(text, [mine[0], mine[-1]])}
    return Draft(AnswerKind.LIST, asked.status, asked.confidence, pieces, asked.search.hits, around=around)


def chairs_of_the_whole(text: str, groups: Sequence[list[Span]], found: list[Span], question: str) -> list[Span]:
    """Who chairs all of a meeting, where `found` chair one end of it that the question does not name.

    Args:
        text: of the passage.
        groups: persons who stand beside each other, in order.
        found: one of the groups, empty where nobody was found.
        question: with its marks restored.

    Returns:
        The group of another sentence that chairs, with no place told of its own; else `found`.
    """
    if not found or not _CHAIRS.search(question):
        return found
    sentences = list(sentence_spans(text))

    def own_end(names: Sequence[Span]) -> bool:
        start, end = next(span for span in sentences if span[0] <= names[0][0] < span[1])
        told = _ONE_END.match(text, start, end)
        return told is not None and fold(told["place"]) not in fold(question)

    def chairs(names: Sequence[Span]) -> bool:
        start, end = next(span for span in sentences if span[0] <= names[0][0] < span[1])
        return (
            _CHAIRS.search(text, names[-1][1], end) is not None or _CHAIRS.search(text, start, names[0][0]) is not None
        )

    if not own_end(found):
        return found
    return next((names for names in groups if names != found and chairs(names) and not own_end(names)), found)


def _is_named(name: Span, words: Span) -> bool:
    """Whether words are somebody's name, with a form of address or a part of the office at most."""
    overlap = min(name[1], words[1]) - max(name[0], words[0])
    return 2 * overlap >= words[1] - words[0]


def beside_each_other(text: str, names: Sequence[Span], offices: Mapping[Span, Span]) -> list[list[Span]]:
    """Persons grouped by what stands between them: names and their offices, commas and `và` alone.

    Args:
        text: where they stand.
        names: spans, in order.
        offices: spans of the offices beside a name, by the name's span.
    """
    groups: list[list[Span]] = []
    for name in names:
        if groups:
            before = groups[-1][-1]
            between = _without(text, before[1], name[0], [offices[one] for one in (before, name) if one in offices])
            if _BETWEEN.fullmatch(between):
                groups[-1].append(name)
                continue
        groups.append([name])
    return groups


def _without(text: str, start: int, end: int, hidden: Sequence[Span]) -> str:
    return "".join(text[place] for place in range(start, end) if not any(a <= place < b for a, b in hidden))


def _offices_in(asked: Asked, hit: Hit) -> dict[Span, Span]:
    """The offices beside each name in a passage."""
    number = asked.retriever.number_of(hit.passage)
    return {one.name_span: one.stretch_span for one in asked.retriever.offices.of_passage(number)}


def _pieces(asked: Asked, hit: Hit, items: Sequence[Span]) -> tuple[list[Piece], bool]:
    """The items as pieces; where persons are asked for, their names, with the offices told beside them."""
    text = hit.passage.text
    open_end = goes_on(text, items[-1][1])
    if asked.search.expected.kind is not Kind.PERSON:
        return [Piece(hit, start, end) for start, end in items], open_end
    offices = _offices_in(asked, hit)
    names = list(persons(text))
    names = sorted({*names, *offices})
    pieces = []
    for start, end in items:
        name = next(
            (name for name in names if start <= name[0] and name[1] <= end and name[0] - start < len("các đồng chí: ")),
            None,
        )
        pieces.append(Piece(hit, *name, office=offices.get(name)) if name else Piece(hit, start, end))
    return pieces, open_end


def _continued(asked: Asked, hit: Hit, items: Sequence[Span]) -> tuple[list[Piece], bool]:
    """Items of the passages behind, where the list stands on lines of its own and its passage ends with it."""
    text = hit.passage.text
    if text[items[-1][1] :].strip(" \n.;,…") or not _MARK.match(text, _line_start(text, items[-1][0])):
        return [], False
    pieces: list[Piece] = []
    passages = asked.retriever.passages_of(hit.passage.document_id)
    for passage in passages[hit.passage.ordinal + 1 :]:
        mark = _MARK.match(passage.text)
        if not mark:
            break
        start, end = trim(passage.text, mark.end(), sentence_spans(passage.text)[0][1])
        end -= len(passage.text[start:end]) - len(passage.text[start:end].rstrip(" ;.,"))
        pieces.append(Piece(asked.hit_of(passage), start, end))
    return pieces, False


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _without_repeats(pieces: Sequence[Piece]) -> list[Piece]:
    """An item that stands twice is shown once."""
    kept: dict[str, Piece] = {}
    for piece in pieces:
        kept.setdefault(" ".join(fold(piece.text).split()), piece)
    return list(kept.values())


def _announcing(text: str, items: Sequence[Span]) -> list[Span]:
    """What a quote should hold beside the items: the words that lead to them, and what is said of them behind."""
    start, end = items[0][0], items[-1][1]
    sentence = next((span for span in sentence_spans(text) if span[0] <= start < span[1]), (start, end))
    spans = []
    if start > sentence[0]:
        spans.append((max(sentence[0], start - 1), start))
    if end < sentence[1]:
        spans.append((end, min(sentence[1], end + 1)))
    return spans
