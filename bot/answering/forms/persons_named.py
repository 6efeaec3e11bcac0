"""Persons who are named beside each other: everybody who chairs, attends or signs, with the offices told of them."""

import re
from collections.abc import Mapping, Sequence

from bot.answering.drafts import Asked, Draft, Piece, Span
from bot.answers import AnswerKind, Status
from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.extraction.persons import persons
from embeddings.extraction.place_names import places
from embeddings.hits import Hit
from embeddings.question.answer_type import Kind
from embeddings.syllables import CAPITALS

_CHAIRS = re.compile(r"\b(?:chủ trì|chủ tọa|chủ toạ|điều hành)\b", re.IGNORECASE)
_ONE_END = re.compile(r"\s*Tại (?:các )?điểm cầu (?:tỉnh |thành phố |huyện )?(?P<place>[^,;.]{2,40}),")
"""Begins a sentence on one end of a meeting by video link."""
_RANKS = r"(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy|uý)|Bác sĩ|Kỹ sư|Luật sư|Tiến sĩ|Thạc sĩ|Giáo sư"
_ADDRESSED = rf"(?:(?:các\s+)?(?:đồng chí|đ/c|ông|bà|anh|chị|cô|cụ|chú|bác|thầy|TS|PGS|GS|ThS|{_RANKS})[.:]?\s+)"
_ADDRESS_BEFORE = re.compile(
    rf"(?<!\w)(?:ông|bà|anh|chị|cụ|thầy|cô|già làng|(?:Thượng|Hòa|Hoà) (?:tọa|toạ|thượng)|Đại đức|TS|PGS|GS|ThS"
    rf"|{_RANKS})\.?\s+$"
)
_NEAR = 16
_AND = r"(?:(?:và|cùng|cùng với)\s+)?"
_BETWEEN = re.compile(rf"[\s,;–-]*{_AND}{_ADDRESSED}*{_AND}")
_NAME_AND = re.compile(
    rf"(?:^|[;:,.]\s+|\b{_ADDRESSED})(?P<name>[{CAPITALS}][^\W\d_]*(?:\s+[{CAPITALS}][^\W\d_]*){{1,3}})"
    rf"\s+(?:và|cùng)\s+{_ADDRESSED}?"
)
_BODY = re.compile(
    r"(?:Sở|Ban|Bộ|Cục|Vụ|Viện|Hội|Đoàn|Đảng|Ủy|Uỷ|Mặt Trận|Liên (?:Đoàn|Minh|Hiệp)|Tổng (?:Cục|Công)|Phòng|Văn Phòng"
    r"|Công (?:Ty|Đoàn|An)|Chi (?:Bộ|Cục|Hội|Đoàn)|Trung (?:Tâm|Ương)|Trường|Quốc Hội|Chính Phủ|Nhà (?:Nước|Trường|Máy)"
    r"|Quân (?:Đội|Khu)|Tòa Án|Toà Án|Ngân Hàng|Báo|Đài|Tỉnh|Thành (?:Phố|Ủy)|Thị (?:Xã|Trấn|Ủy)|Huyện|Quận|Xã|Phường"
    r"|Thôn|Bản|Khối)\b"
)
"""Begins the name of a body or place that is written with capitals throughout."""
_AFTER_AN_OFFICE = re.compile(
    rf"\s*[,(–-][^;.\n]{{0,200}}(?:;\s*{_AND}{_ADDRESSED}*|,?\s+{_AND}{_ADDRESSED}+)", re.IGNORECASE
)
"""From a name over what is told of its bearer, where that is no office that is known, to the name beside it."""
_DOES = re.compile(
    r"\b(?:phát biểu|chủ trì|chủ tọa|chủ toạ|điều hành|cho biết|trao|tặng|nhấn mạnh|đề nghị|yêu cầu|khẳng định|báo cáo"
    r"|kết luận|đề dẫn|dự|tham dự|cho rằng|trình bày|đã|được|thay mặt|ký)\b",
    re.IGNORECASE,
)


def addressed(text: str, name: Span) -> Span:
    """A name with the form of address in front of it (`ông`, `bà`, `Thượng tọa`), as one would say it."""
    before = _ADDRESS_BEFORE.search(text, max(0, name[0] - _NEAR), name[0])
    return (before.start(), name[1]) if before else name


def answer_persons(asked: Asked) -> Draft | None:
    """Everybody who stands beside the person that answers (`A, office; B, office và C, office chủ trì`).

    Returns:
        None where no person answers, or one alone.
    """
    chairs = who_chairs(asked)
    if chairs:
        return chairs
    quoted = asked.quoter.quote(asked.search.hits[0])
    span = asked.quoter.answer(quoted)
    hit, text = quoted.hit, quoted.hit.passage.text
    if span is None:
        return None
    offices = offices_in(asked, hit)
    span = name_alone(span, offices)
    chain = beside_each_other(text, with_names_before(text, sorted({*persons(text), *offices})), offices)
    mine = next((names for names in chain if _are_named(names, span)), [])
    mine = chairs_of_the_whole(text, chain, mine, asked.search.understanding.restored)
    if len(mine) < 2:  # noqa: PLR2004 - a list
        return None
    pieces = tuple(Piece(hit, *addressed(hit.passage.text, name), office=offices.get(name)) for name in mine)
    around = {hit.passage.id: words_around(text, [mine[0], mine[-1]])}
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
    if not found or not _CHAIRS.search(question) or not _of_one_end(text, found, question):
        return found
    return next((names for names in groups if names != found and _chair_all(text, names, question)), found)


def _of_one_end(text: str, names: Sequence[Span], question: str) -> bool:
    """Whether a sentence tells of persons at one end of a meeting which the question does not name."""
    start, end = next(span for span in sentence_spans(text) if span[0] <= names[0][0] < span[1])
    told = _ONE_END.match(text, start, end)
    return told is not None and fold(told["place"]) not in fold(question)


def _chair_all(text: str, names: Sequence[Span], question: str) -> bool:
    """Whether a sentence says that persons chair, and no single end of the meeting only."""
    start, end = next(span for span in sentence_spans(text) if span[0] <= names[0][0] < span[1])
    chairs = _CHAIRS.search(text, names[-1][1], end) or _CHAIRS.search(text, start, names[0][0])
    return chairs is not None and not _of_one_end(text, names, question)


def chair_elsewhere(asked: Asked, pieces: Sequence[Piece]) -> bool:
    """Whether it is asked who chairs, and another sentence of the passage tells that than the one of the pieces."""
    if not pieces or not _CHAIRS.search(asked.search.understanding.restored):
        return False
    text = pieces[0].hit.passage.text
    sentence = next(((a, b) for a, b in sentence_spans(text) if a <= pieces[0].start < b), (0, len(text)))
    return _CHAIRS.search(text) is not None and _CHAIRS.search(text, *sentence) is None


def who_chairs(asked: Asked) -> Draft | None:
    """Who chairs, told in another passage of the document found first, where that one names nobody who does.

    Returns:
        None where the question asks for nobody who chairs, or the document names none, or those of several meetings.
    """
    question, first = asked.search.understanding.restored, asked.search.hits[0].passage
    if asked.search.expected.kind is not Kind.PERSON or not _CHAIRS.search(question) or _CHAIRS.search(first.text):
        return None
    found: list[tuple[Hit, list[Span], dict[Span, Span]]] = []
    for passage in asked.retriever.passages_of(first.document_id):
        if _CHAIRS.search(passage.text):
            hit = asked.hit_of(passage)
            offices = offices_in(asked, hit)
            groups = beside_each_other(passage.text, sorted({*persons(passage.text), *offices}), offices)
            found += [(hit, names, offices) for names in groups if _chair_all(passage.text, names, question)]
    if len(found) != 1:
        return None
    hit, names, offices = found[0]
    pieces = tuple(Piece(hit, *addressed(hit.passage.text, name), office=offices.get(name)) for name in names)
    rest = (hit, *(one for one in asked.search.hits if one.passage.id != hit.passage.id))
    around = {hit.passage.id: words_around(hit.passage.text, [names[0], names[-1]])}
    kind = AnswerKind.LIST if len(names) > 1 else AnswerKind.SPAN
    certain = asked.status is Status.ANSWERED
    return Draft(kind, asked.status, asked.confidence, pieces, rest, around=around, certain=certain)


def _are_named(names: Sequence[Span], words: Span) -> bool:
    """Whether words are the name of one of several persons, or hold the names of more of them."""
    inside = sum(words[0] <= start and end <= words[1] for start, end in names)
    return inside > 1 or any(_is_named(name, words) for name in names)


def name_alone(words: Span, offices: Mapping[Span, Span]) -> Span:
    """Words that are somebody's name and offices as the name alone."""
    for name, office in offices.items():
        if words[0] <= name[0] < name[1] < words[1] <= max(office[1], name[1]) and name[0] - words[0] <= _NEAR:
            return words[0], name[1]
    return words


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
            told = text[before[1] : name[0]]
            if _BETWEEN.fullmatch(between) or (_AFTER_AN_OFFICE.fullmatch(told) and not _DOES.search(told)):
                groups[-1].append(name)
                continue
        groups.append([name])
    return groups


def with_names_before(text: str, names: Sequence[Span]) -> list[Span]:
    """Names with those that only `và` parts from one behind them, which begin as no family name does that is known.

    Args:
        text: where they stand.
        names: in order.
    """
    starts = {start for start, _ in names}
    found = [match.span("name") for match in _NAME_AND.finditer(text) if match.end() in starts]
    inside = [
        one
        for one in found
        if not any(start < one[1] and one[0] < end for start, end in names) and not _names_a_body(text[slice(*one)])
    ]
    return sorted({*names, *inside})


def _names_a_body(name: str) -> bool:
    """Whether a name is a body's or a place's (`Sở Nội Vụ`, `Hà Nội`)."""
    return bool(_BODY.match(name)) or name in places()


def offices_in(asked: Asked, hit: Hit) -> dict[Span, Span]:
    """The offices beside each name in a passage."""
    number = asked.retriever.number_of(hit.passage)
    return {one.name_span: one.stretch_span for one in asked.retriever.offices.of_passage(number)}


def _without(text: str, start: int, end: int, hidden: Sequence[Span]) -> str:
    return "".join(text[place] for place in range(start, end) if not any(a <= place < b for a, b in hidden))


def words_around(text: str, items: Sequence[Span]) -> list[Span]:
    """What a quote should hold beside the items: the words that lead to them, and what is said of them behind."""
    start, end = items[0][0], items[-1][1]
    sentence = next((span for span in sentence_spans(text) if span[0] <= start < span[1]), (start, end))
    spans = []
    if start > sentence[0]:
        spans.append((max(sentence[0], start - 1), start))
    if end < sentence[1]:
        spans.append((end, min(sentence[1], end + 1)))
    return spans
