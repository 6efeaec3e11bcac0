"""Where a text enumerates: marked items, clauses between semicolons, words between commas, and how they are cut apart.

A stretch is a piece of text whose segments stand side by side; which of them belong to one list, and where the first
item begins behind the words that lead to it, is for others to judge (see `embeddings.listing`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from corpus.splitting import sentence_spans, trim
from embeddings.extraction.holdings import holdings
from embeddings.extraction.joined_names import joined_bodies, joins
from embeddings.remembered import remembered

Span = tuple[int, int]

_MARK = re.compile(
    r"(?:(?<=\n)|(?<=^)|(?<=[\s(;:,.]))"
    r"(?:(?P<number>\(?\d{1,2}[.)](?!\d))|(?P<letter>\(?[a-zđ][)])|(?P<roman>[IVX]{1,4}[.)])"
    r"|(?P<ordinal>(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy))(?: là)?,?)"
    r"|(?P<cardinal>(?:một|hai|ba|bốn|năm|sáu|bảy) là,?))\s+"
    r"|(?:(?<=\n)|(?<=^))(?P<bullet>[-–•●+*])\s+",
    re.IGNORECASE,
)
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy")
_CARDINALS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy")
_LETTERS = "abcdđeghiklmnopq"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_JOINT = re.compile(
    r"(?P<comma>\s*,\s+(?:(?:và|cùng|hoặc|hay|cũng như|cùng với)\s+)?)"
    r"|(?P<and>\s+(?:và|hoặc|hay|cùng với|cùng|cũng như|lẫn)\s+)"
)
_CLAUSE = re.compile(r";\s*|:\s+|\s[–-]\s")
_BRACKETS = (("“", "”"), ("(", ")"), ("‘", "’"), ("«", "»"))
_OPEN_END = re.compile(r"\s*(?:,\s*)?(?:…|\.\.\.|v\.v|vân vân)")
_LOOSE = " \t\n,;:.…–-"
_REMEMBERED = 4096
"""Places of the passages that are looked at, each of them many times for one question."""


class Level(StrEnum):
    """By what the items of a stretch are told apart."""

    MARKED = "marked"
    SEMICOLON = "semicolon"
    COMMA = "comma"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece between two separators.

    Attributes:
        joint: what stands in front of it: `,`, `and`, `;`, a mark; empty for the first.
    """

    start: int
    end: int
    joint: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Segments side by side, at least two."""

    level: Level
    segments: tuple[Segment, ...]

    @property
    def start(self) -> int:
        """Of the first segment."""
        return self.segments[0].start

    @property
    def end(self) -> int:
        """Of the last segment."""
        return self.segments[-1].end


def stretches(text: str) -> list[Stretch]:
    """All stretches of a text: its marked lists, then sentence by sentence."""
    return list(_stretches(text))


@remembered(1024)
def _stretches(text: str) -> tuple[Stretch, ...]:
    found = list(_marked(text))
    protected = _protected(text)
    for start, end in sentence_spans(text):
        clauses = list(_between(text, start, end, ";"))
        if len(clauses) > 1:
            found.append(Stretch(Level.SEMICOLON, tuple(_segments(text, clauses, ";"))))
        for left, right in _pieces(text, start, end):
            segments = tuple(_by_commas(text, left, right, protected))
            if len(segments) > 1:
                found.append(Stretch(Level.COMMA, segments))
    return tuple(found)


def items_of(text: str, stretch: Stretch, start: int, end: int) -> list[list[Span]]:
    """The ways in which a region of a stretch can be cut into items, each at least two.

    Args:
        text: of the stretch.
        stretch: where the region lies.
        start: of the region; it may begin inside a segment.
        end: of the region.

    Returns:
        Spans without loose punctuation: cut at every separator; for commas also with only the last `và` cut, with
        none, only where a verb begins (`đổi mới nội dung, phương thức, nâng cao ...`), and in two at a `và` that a
        verb stands behind.
    """
    inside = [segment for segment in stretch.segments if segment.end > start and segment.start < end]
    if not inside:
        return []
    pieces = [(max(segment.start, start), min(segment.end, end), segment.joint) for segment in inside]
    ways = [pieces]
    if stretch.level is Level.COMMA:
        last = max((i for i, piece in enumerate(pieces) if i and piece[2] == "and"), default=None)
        later_comma = last is not None and any(piece[2] == "," for piece in pieces[last + 1 :])
        only_last = _joined(pieces, keep=None if later_comma else last)
        ways += [only_last, _joined(pieces, keep=None), _led_by_verbs(text, pieces), *_halved(text, pieces)]
    found: list[list[Span]] = []
    for way in ways:
        items = [span for left, right, _ in way if (span := bare(text, left, right))[0] < span[1]]
        if len(items) > 1 and items not in found:
            found.append(items)
    return found


@lru_cache(maxsize=_REMEMBERED)
def bare(text: str, start: int, end: int) -> Span:
    """The span without blanks and loose punctuation at its ends, and without half a pair of brackets."""
    start, end = trim(text, start, end)
    changed = True
    while changed and start < end:
        changed = False
        if text[start] in _LOOSE:
            start, changed = start + 1, True
        elif text[end - 1] in _LOOSE:
            end, changed = end - 1, True
        else:
            for left, right in _BRACKETS:
                inner = text[start:end]
                if inner.startswith(left) and right not in inner:
                    start, changed = start + 1, True
                elif inner.endswith(right) and left not in inner:
                    end, changed = end - 1, True
    return start, end


def goes_on(text: str, end: int) -> bool:
    """Whether a list that ends at a place says that it has more (`…`, `v.v.`)."""
    return _OPEN_END.match(text, end) is not None


def _joined(pieces: list[tuple[int, int, str]], keep: int | None) -> list[tuple[int, int, str]]:
    """Pieces with those joined by `và` put together again, but for the one at `keep`."""
    merged: list[tuple[int, int, str]] = []
    for number, piece in enumerate(pieces):
        if merged and piece[2] == "and" and number != keep:
            merged[-1] = (merged[-1][0], piece[1], merged[-1][2])
        else:
            merged.append(piece)
    return merged


def _led_by_verbs(text: str, pieces: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Pieces with those that begin without a verb put back to the piece before."""
    merged: list[tuple[int, int, str]] = []
    for piece in pieces:
        if merged and not begins_with_verb(text, piece[0]):
            merged[-1] = (merged[-1][0], piece[1], merged[-1][2])
        else:
            merged.append(piece)
    return merged


def _halved(text: str, pieces: list[tuple[int, int, str]]) -> Iterator[list[tuple[int, int, str]]]:
    for number, (start, _, joint) in enumerate(pieces):
        if number and joint == "and" and begins_with_verb(text, start):
            yield [(pieces[0][0], pieces[number - 1][1], pieces[0][2]), (start, pieces[-1][1], joint)]


def begins_with_verb(text: str, place: int) -> bool:
    """Whether one of data/leading_verbs.txt stands at a place."""
    return leading_verb_end(text, place) is not None


@lru_cache(maxsize=_REMEMBERED)
def leading_verb_end(text: str, place: int) -> int | None:
    """Where the verb of data/leading_verbs.txt that stands at a place ends; None if there is none."""
    found = _verbs().match(text, place)
    return found.end() if found else None


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    lines = files("embeddings").joinpath("data/leading_verbs.txt").read_text("utf-8").splitlines()
    verbs = sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True)
    return re.compile(
        rf"\s*(?:(?:tiếp tục|tích cực|chủ động|kịp thời|thường xuyên|cùng)\s+)?(?:{'|'.join(verbs)})\b", re.IGNORECASE
    )


def _marked(text: str) -> Iterator[Stretch]:
    """Lists with running marks: 1. 2. 3.; a) b) c); thứ nhất, thứ hai; bullets at the beginning of lines."""
    runs: dict[str, list[tuple[int, re.Match[str]]]] = {}
    done: list[list[re.Match[str]]] = []
    for match in _MARK.finditer(text):
        kind = match.lastgroup or ""
        place = _place_of(kind, match.group(kind))
        run = runs.setdefault(kind, [])
        if run and (place == run[-1][0] + 1 or kind == "bullet"):
            run.append((place, match))
        else:
            done.append([one for _, one in run])
            runs[kind] = [(place, match)] if place in (0, 1) else []
    done += [[one for _, one in run] for run in runs.values()]
    for matches in done:
        if len(matches) < 2:  # noqa: PLR2004 - a list
            continue
        starts = [match.end() for match in matches]
        ends = [
            *(match.start() for match in matches[1:]),
            _last_end(text, starts[-1], inline=_is_inline(text, matches)),
        ]
        spans = [trim(text, left, right) for left, right in zip(starts, ends, strict=True)]
        yield Stretch(
            Level.MARKED, tuple(Segment(left, right, "mark" if i else "") for i, (left, right) in enumerate(spans))
        )


def _is_inline(text: str, matches: list[re.Match[str]]) -> bool:
    return any("\n" not in text[one.end() : other.start()] for one, other in pairwise(matches))


def _last_end(text: str, start: int, *, inline: bool) -> int:
    """Where the last item ends: with its line or, in running text, with its sentence or clause."""
    line = text.find("\n", start)
    line = len(text) if line < 0 else line
    if not inline:
        return line
    sentences = [end for begin, end in sentence_spans(text[start:line])]
    end = start + sentences[0] if sentences else line
    clause = text.find(";", start, end)
    return clause if clause >= 0 else end


def _place_of(kind: str, mark: str) -> int:
    word = mark.strip("(). ,").lower()
    if kind == "number":
        return int(word)
    if kind == "letter":
        return _LETTERS.find(word) + 1
    if kind == "roman":
        return _ROMAN.index(word.upper()) + 1 if word.upper() in _ROMAN else -1
    if kind == "ordinal":
        return _ORDINALS.index(word.split()[1]) + 1
    if kind == "cardinal":
        return _CARDINALS.index(word.split()[0]) + 1
    return 1


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Clauses of a sentence, and what stands in its brackets and quotation marks."""
    yield from _split_at(text, start, end, _CLAUSE)
    for left, right in _BRACKETS:
        position = start
        while (opened := text.find(left, position, end)) >= 0 and (closed := text.find(right, opened, end)) >= 0:
            yield opened + 1, closed
            position = closed + 1


def _between(text: str, start: int, end: int, sign: str) -> Iterator[Span]:
    yield from _split_at(text, start, end, re.compile(re.escape(sign) + r"\s*"))


def _split_at(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[Span]:
    """Pieces between matches that stand outside brackets."""
    hidden = _hidden(text, start, end)
    position = start
    for match in pattern.finditer(text, start, end):
        if not any(left < match.start() < right for left, right in hidden) and not joins(
            text, match.start(), match.end()
        ):
            if match.start() > position:
                yield position, match.start()
            position = match.end()
    if position < end:
        yield position, end


def _by_commas(text: str, start: int, end: int, protected: list[Span]) -> Iterator[Segment]:
    hidden = [*_hidden(text, start, end), *protected]
    position, joint = start, ""
    for match in _JOINT.finditer(text, start, end):
        if any(left < match.start() and match.end() < right for left, right in hidden):
            continue
        if match.start() > position:
            yield Segment(position, match.start(), joint)
        position, joint = match.end(), "," if match.group("comma") else "and"
    if position < end:
        yield Segment(position, end, joint)


def _segments(text: str, spans: Iterable[Span], joint: str) -> Iterator[Segment]:
    for number, (start, end) in enumerate(spans):
        yield Segment(*trim(text, start, end), joint if number else "")


def _hidden(text: str, start: int, end: int) -> list[Span]:
    """What stands in brackets and quotation marks inside a piece, brackets included."""
    found: list[Span] = []
    for left, right in _BRACKETS:
        position = start
        while (opened := text.find(left, position, end)) >= 0 and (closed := text.find(right, opened + 1, end)) >= 0:
            found.append((opened, closed + 1))
            position = closed + 1
    return found


def _protected(text: str) -> list[Span]:
    """Persons with the offices beside them, and names of bodies: what stands in them separates no items."""
    found: list[Span] = []
    for held in holdings(text):
        start, end = min(held.name[0], held.stretch[0]), max(held.name[1], held.stretch[1])
        found.append((start, end))
    return [*found, *joined_bodies(text)]
