"""Everything that belongs to a list: its items, each an exact substring, persons with their offices beside them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answering.drafts import Asked, Draft, Piece, Span
from bot.answering.forms.marked_runs import Line, leads_to, runs_at
from bot.answering.forms.persons_named import addressed, beside_each_other, offices_in, with_names_before, words_around
from bot.answering.quoting import covered
from bot.answers import AnswerKind, Status
from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.extraction.enumerations import begins_with_verb, goes_on, leading_verb_end
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
_AMOUNT = re.compile(r"\d+(?:[.,]\d+)+(?![\d/])")
_MOST_ITEMS = 60
_COUNTED_FROM, _SAID_FROM = 0.9, 0.75
"""Of a list that has as many items as question and passage announce: how probable it is, and what share of the
question's words its passage and title say, from which nothing else need be judged."""
_LEADS = re.compile(r"\b(?:gồm|có|là|như)[ :]*$", re.IGNORECASE)
_WORD, _VERB = re.compile(r"\w+"), 24
"""The words, and the characters before a list, in which a verb stands."""
_WHAT_KIND = re.compile(
    r"(?:người (?:đã|từng|vừa|mới|luôn)|là|từng|vốn|quê (?:ở|tại)|sinh (?:năm|ngày|tại|ở))\s", re.IGNORECASE
)
"""Begins what is told of a person beside the name."""
_TERM = re.compile(
    r"(?<=\w)\s+(?:trong|trong thời hạn|trước|sau|chậm nhất|vào)\s+(?:ngày |tháng |năm )?\d[\d/]*"
    r"(?:\s+(?:ngày|giờ|tháng|năm|tuần|phút)(?: làm việc)?)?$",
    re.IGNORECASE,
)
"""When things are due, behind the last of them."""
_LED_TO = 0.8
"""How sure a list on marked lines is whose leading line says what is asked for."""


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
    marked = _on_marked_lines(asked)
    if marked:
        return marked
    best: tuple[float, Hit, FoundList] | None = None
    lacking = _without_a_number(asked)
    for hit in asked.search.hits[:_LOOKED_AT]:
        lead = asked.search.hits[0].score - hit.score
        if lead > (_FAR_OUT_OF_REACH if question.likelihood >= _CLEARLY else _OUT_OF_REACH):
            break
        if lead and asked.form.form is Form.SENTENCE:  # `phải thế nào` is told by the passage that answers
            break
        if hit.passage.id in lacking:
            continue
        found = find_list(hit.passage.text, question, hit.reading)
        if found and (best is None or found.preference - _HIT_WEIGHT * lead > best[0]):
            best = (found.preference - _HIT_WEIGHT * lead, hit, found)
    if best is None:
        return None
    _, hit, found = best
    pieces, more = _pieces(asked, hit, found.items)
    pieces = _without_repeats([*_without_term(pieces), *_continued(asked, hit, found.items)])[:_MOST_ITEMS]
    fewer = any(
        len(pieces) < told for told in (asked.form.count, announced(hit.passage.text, found.items[0][0])) if told
    )
    around = {hit.passage.id: words_around(hit.passage.text, found.items)}
    title = asked.retriever.documents[hit.passage.document_id].title
    said = covered(asked.search.understanding.worth, f"{hit.passage.text}\n{title}")
    return Draft(
        AnswerKind.LIST,
        Status.ANSWERED,
        found.probability,
        tuple(pieces),
        (hit, *(other for other in asked.search.hits if other.passage.id != hit.passage.id)),
        goes_on=more or fewer,
        around=around,
        certain=found.counted and found.probability >= _COUNTED_FROM and said >= _SAID_FROM,
    )


def _pieces(asked: Asked, hit: Hit, items: Sequence[Span]) -> tuple[list[Piece], bool]:
    """The items as pieces; where persons are asked for, their names, with the offices told beside them."""
    text = hit.passage.text
    open_end = goes_on(text, items[-1][1])
    if asked.search.expected.kind is not Kind.PERSON:
        return [Piece(hit, start, end) for start, end in items], open_end
    offices = offices_in(asked, hit)
    names = with_names_before(text, sorted({*persons(text), *offices}))
    pieces = []
    if len(items) != asked.form.count:
        items = _as_many_as_told(text, items, names) or _all_beside(items, beside_each_other(text, names, offices))
    for start, end in items:
        name = next(
            (name for name in names if start <= name[0] and name[1] <= end and name[0] - start < len("các đồng chí: ")),
            None,
        )
        pieces.append(Piece(hit, *addressed(text, name), office=offices.get(name)) if name else Piece(hit, start, end))
    return _without_deeds(pieces), open_end


def _without_term(pieces: list[Piece]) -> list[Piece]:
    """Things whose last one is followed by the time for all of them (`sổ sách, con dấu, tài sản trong 07 ngày`)."""
    terms = [_TERM.search(piece.text) for piece in pieces]
    last = terms[-1] if len(pieces) > 1 and not any(terms[:-1]) else None
    text = pieces[-1].hit.passage.text
    if last is None or begins_with_verb(text, pieces[-1].start) or not _done_to(text, pieces[0].start):
        return pieces
    return [*pieces[:-1], replace(pieces[-1], end=pieces[-1].start + last.start())]


def _done_to(text: str, start: int) -> bool:
    """Whether a verb stands right in front of a place, whose objects are listed there (`bàn giao sổ sách, con dấu`)."""
    if _LEADS.search(text, max(start - _VERB, 0), start):
        return False
    words = [word.start() for word in _WORD.finditer(text, max(start - _VERB, 0), start)]
    return any(leading_verb_end(text, place) in (start, start - 1) for place in words)


def _without_deeds(pieces: list[Piece]) -> list[Piece]:
    """Persons without what one of them does, where both were taken for items (`A, giới thiệu cách làm ...`)."""
    named = any(next(persons(piece.text), None) for piece in pieces)
    kept = [
        piece
        for piece in pieces
        if not (begins_with_verb(piece.hit.passage.text, piece.start) or _WHAT_KIND.match(piece.text))
    ]
    return kept if named and kept else pieces


def _as_many_as_told(text: str, items: Sequence[Span], names: Sequence[Span]) -> Sequence[Span]:
    """The names from the first item to the end of its sentence where as many are announced (`gồm năm người: ông A`)."""
    end = next((stop for start, stop in sentence_spans(text) if start <= items[0][0] < stop), len(text))
    behind = [name for name in names if items[0][0] <= name[0] < end]
    told = max(announced(text, start) or 0 for start in (items[0][0], *(start for start, _ in behind[:1])))
    return behind if len(behind) == told != len(items) else ()


def _all_beside(items: Sequence[Span], groups: Sequence[Sequence[Span]]) -> Sequence[Span]:
    """The persons who stand beside each other of whom the items are the last or the first; else the items."""
    for names in groups:
        inside = [any(start <= name[0] and name[1] <= end for name in names) for start, end in items]
        if all(inside) and len(names) > len(items):
            return names
    return items


def _without_a_number(asked: Asked) -> set[str]:
    """Passages that lack an amount of the question (`15.000 m2`, `1,5 tỷ`) which another of the first ones tells."""
    amounts = {fold(found.group()) for found in _AMOUNT.finditer(asked.search.understanding.restored)}
    hits = asked.search.hits[:_LOOKED_AT]
    lacking = {hit.passage.id for hit in hits if any(amount not in fold(hit.passage.text) for amount in amounts)}
    return lacking if len(lacking) < len(hits) else set()


def _continued(asked: Asked, hit: Hit, items: Sequence[Span]) -> list[Piece]:
    """Items of the passages behind, where the items found are marked lines whose marks run on there."""
    passages = asked.retriever.passages_of(hit.passage.document_id)
    for run in runs_at(passages, hit.passage.ordinal):
        here = [line for line in run.items if line.passage.id == hit.passage.id]
        if [line.start for line in here[-2:]] == [start for start, _ in items[-2:]]:
            behind = run.items[run.items.index(here[-1]) + 1 :]
            return [_piece_of(asked, line) for line in behind]
    return []


def _on_marked_lines(asked: Asked) -> Draft | None:
    """The marked lines behind a line that says what is asked for, where the first passage holds one of them."""
    form, search = asked.form, asked.search
    if form.likelihood[Form.LIST] < _CLEARLY and not form.named_too and form.aspect != "purpose":
        return None
    hit = search.hits[0]
    document = asked.retriever.documents[hit.passage.document_id]
    for run in runs_at(asked.retriever.passages_of(document.id), hit.passage.ordinal):
        if leads_to(run, search.understanding.worth, document.title):
            pieces = _without_repeats([_piece_of(asked, line) for line in run.items])[:_MOST_ITEMS]
            return Draft(
                AnswerKind.LIST,
                Status.ANSWERED,
                _LED_TO,
                tuple(pieces),
                search.hits,
                goes_on=form.count is not None and len(pieces) < form.count,
                around={run.lead.passage.id: [(run.lead.start, run.lead.end)]},
                certain=True,
            )
    return None


def _piece_of(asked: Asked, line: Line) -> Piece:
    """A line as an item, without the sign that ends it."""
    return Piece(asked.hit_of(line.passage), line.start, line.start + len(line.text.rstrip(" ;:.,")))


def _without_repeats(pieces: Sequence[Piece]) -> list[Piece]:
    """An item that stands twice is shown once."""
    kept: dict[str, Piece] = {}
    for piece in pieces:
        kept.setdefault(" ".join(fold(piece.text).split()), piece)
    return list(kept.values())
