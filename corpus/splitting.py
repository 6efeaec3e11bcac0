"""Document -> passages: paragraphs, long ones cut at sentence ends, each knowing its place in the text."""

import hashlib
import re
import unicodedata
from base64 import b32encode
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import TypeVar

from corpus.models import Document, Passage
from corpus.official.citation_form import called
from corpus.official.outline import heading_at, outline, path_at

LONGEST_PASSAGE = 1500
_ENDLESS = 3000
"""Characters: what goes on so long without a full stop is no sentence (a table, a list, text of a scan that lost its
signs), so that pieces of half the length lose nothing, and are read in half the time."""
_Mark = TypeVar("_Mark", int, str)
_ID_LENGTH = 16
_LABEL_LENGTH = 160  # a line ending in a colon is shown with what it announces up to this length
_LIST_LENGTH = 700  # short items stay with the line that announces them up to this many characters in all
_ITEM_LENGTH = 160
_HEADING_LENGTH = 120

Span = tuple[int, int]

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_STOP = re.compile(r"(?:\.{2,}|…+|[.!?])+[”’\"'»)\]]*")
_LAST_WORD = re.compile(r"[^\s“‘\"'«(\[,;:]*$")
_NEXT = re.compile(r"\s*([“‘\"'«(\[–-]*\s*)(\S?)")
# A stop after one of these belongs to the word, whatever follows it.
_ABBREVIATIONS = frozenset(
    re.split(
        r"\s+",
        "tp tx tt q p h x gs pgs ts ths th.s bs cn ks kts nsưt nsnd ngnd ngưt tr st vd tel đt nxb no mr mrs ms dr đ/c "
        "đc th bt ct pct pbt tbt ub t.ư tw pgs.ts gs.ts gs.tskh ts.bs pgs.ts.bs gs.vs tskh",
    )
)
# These end a sentence only before a capital letter that starts a new line of thought; `v.v.` often ends one.
_OPEN_ENDED = frozenset(["v.v", "vv"])
_NUMBERING = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,5}|[A-Za-zĐđ])")
_HEADING = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVXLC]{1,5}[.)-]?|[A-ZĐ][.)]|Phần|Mục|Chương|Điều)\s", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[;:,](?=\s)|\s[–-](?=\s)")


def split(document: Document) -> list[Passage]:
    """Cut a document into passages.

    A passage is one paragraph. A heading the file marks, a numbered or capitalised one, or a line ending in a colon,
    stands together with the paragraph it announces (and with its list, while the items are short). A paragraph of more
    than `LONGEST_PASSAGE` characters is cut at sentence ends into even pieces, a sentence longer than that at clause
    ends; where a sentence does not end for twice as long, pieces have half the length.

    Returns:
        Passages in reading order. `document.text[p.start:p.end] == p.text`, every non-blank character of the text lies
        in exactly one passage, and ids do not depend on the paragraphs around (see `passage_id`). Each knows the page
        it begins on, the numbered parts it stands in and the heading it stands under, where the document has such.
    """
    marked = {offset for offset, _ in document.headings}
    spans = [piece for group in _groups(document.text, marked) for piece in _pieces(document.text, group)]
    units = outline(document.text)
    occurrences: Counter[str] = Counter()
    passages = []
    for ordinal, (start, end) in enumerate(spans):
        text = document.text[start:end]
        key = _normalised(text)
        occurrences[key] += 1
        identifier = passage_id(document.id, text, occurrences[key])
        page, path = _in_force(document.pages, start), path_at(units, start)
        heading = heading_at(document.text, units, start) if path else _in_force(document.headings, start)
        within = tuple(map(called, path))
        passages.append(Passage(identifier, document.id, ordinal, start, end, text, page, heading, within))
    return passages


def passage_id(document_id: str, text: str, occurrence: int) -> str:
    """16 characters of `a-z2-7`: base32 of SHA-256 over document id, text (NFC, white space collapsed) and occurrence.

    Args:
        document_id: id of the document the passage stands in.
        text: the passage.
        occurrence: 1 for the first passage of the document with this text, 2 for the second, and so on.
    """
    key = "\x1f".join((document_id, _normalised(text), str(occurrence)))
    return b32encode(hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()).decode("ascii").lower()[:_ID_LENGTH]


def sentence_spans(text: str) -> list[Span]:
    """Where the sentences of a text stand.

    A sentence ends at a line break and at `.`, `!`, `?`, `…` with closing quotes and brackets, but not inside
    numbers, document codes, addresses and abbreviations (`3.300`, `TP. Huế`, `PGS.TS. Lê Văn`, `đ/c.`), not before a
    small letter, and never at `;`. A missing space after the stop (`vững mạnh.Cấp ủy`) is understood.

    Returns:
        (start, end) of each sentence, in order, without the white space between them; together they hold every
        non-blank character of the text.
    """
    return [
        sentence
        for line in _PARAGRAPH.finditer(text)
        for sentence in _sentences_of_line(text, line.start(), line.end())
    ]


def _sentences_of_line(text: str, start: int, end: int) -> list[Span]:
    cuts = [start]
    for stop in _STOP.finditer(text, start, end):
        if _ends_sentence(text, cuts[-1], stop, end):
            cuts.append(stop.end())
    cuts.append(end)
    return [span for span in (trim(text, left, right) for left, right in pairwise(cuts)) if span[0] < span[1]]


def _ends_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, stop.end(), end)
    if following is None or not following[2]:
        return True
    spaced = text[stop.end()].isspace()
    quoted = bool(following[1].strip())
    starts_new = following[2].isupper() or following[2].isdigit() or following[2] in "-–+*•"
    marks = stop[0].rstrip("”’\"'»)]")
    if marks.startswith(("!", "?")):
        return spaced and (starts_new or quoted)
    if not (starts_new or quoted):
        return False
    word_match = _LAST_WORD.search(text, start, stop.start())
    word = word_match[0] if word_match else ""
    if marks != ".":  # an ellipsis
        return spaced and following[2].isupper()
    if stop[0] != ".":  # a closing quote or bracket after the stop
        return spaced or following[2].isupper()
    before = text[start : stop.start() - len(word)]
    return _plain_stop_ends(before, word, following[2], spaced=spaced)


def _plain_stop_ends(before: str, word: str, following: str, *, spaced: bool) -> bool:
    """Whether a full stop after a word ends a sentence, given the sentence so far and the next visible character."""
    lowered = word.lower()
    if lowered in _OPEN_ENDED:
        return spaced and following.isupper()
    if lowered in _ABBREVIATIONS and (word[:1].isupper() or lowered in {"đ/c", "th.s", "tr"}):
        return False
    if not before.strip(' \t-–+*•(“"') and _NUMBERING.fullmatch(word.lstrip("(")):
        return False  # the number of a heading or list item
    if not spaced:
        # A missing space: only between a small word and a capitalised one, so not in 3.300, PGS.TS, Chinhphu.Vn or Q.1.
        return following.isupper() and len(word) > 1 and word[-1].islower() and "." not in word and "/" not in word
    return not (len(word) == 1 and word.isupper())  # an initial: Nguyễn A. Dũng


def _in_force(marks: Sequence[tuple[int, _Mark]], offset: int) -> _Mark | None:
    """What the last mark at or before an offset says."""
    place = bisect_right(marks, offset, key=lambda mark: mark[0])
    return marks[place - 1][1] if place else None


def _groups(text: str, marked: Collection[int]) -> list[Span]:
    """Join headings (at the marked offsets, or told by their looks) and announcing lines with what follows them."""
    lines = [match.span() for match in _PARAGRAPH.finditer(text)]
    groups: list[Span] = []
    position = 0
    while position < len(lines):
        start, end = trim(text, *lines[position])
        position += 1
        while position < len(lines) and (_announces(text[start:end]) or lines[position - 1][0] in marked):
            following = trim(text, *lines[position])
            if following[1] - start > LONGEST_PASSAGE:
                break
            announcing = text[start:end].rsplit("\n", 1)[-1]
            end = following[1]
            position += 1
            if announcing.endswith(":") and _is_short_item(text[slice(*following)]):
                end, position = _with_list(text, lines, start, end, position)
                break
        groups.append((start, end))
    return groups


def _with_list(text: str, lines: list[Span], start: int, end: int, position: int) -> tuple[int, int]:
    first = position
    last_end = end
    while position < len(lines) and _is_short_item(text[slice(*trim(text, *lines[position]))]):
        last_end = trim(text, *lines[position])[1]
        position += 1
    if last_end - start <= _LIST_LENGTH:
        return last_end, position
    return end, first


def _announces(group: str) -> bool:
    line = group.rsplit("\n", 1)[-1]
    if line.endswith(":"):
        return len(line) <= _LABEL_LENGTH
    if len(line) > _HEADING_LENGTH or line[-1] in ".!?…;,":
        return False
    return _HEADING.match(line) is not None or (line.isupper() and len(line.split()) > 1)


def _is_short_item(line: str) -> bool:
    return len(line) <= _ITEM_LENGTH and re.match(r"[-–+*•●]|\d{1,2}[.)]\s|[a-zđ][.)]\s", line) is not None


def _pieces(text: str, span: Span) -> list[Span]:
    """Even pieces of at most LONGEST_PASSAGE characters (half beside an endless sentence), whole sentences at best."""
    start, end = span
    if end - start <= LONGEST_PASSAGE:
        return [span]
    sentences = sentence_spans(text[start:end])
    endless = any(right - left > _ENDLESS for left, right in sentences)
    longest = LONGEST_PASSAGE // 2 if endless else LONGEST_PASSAGE
    units = [unit for sentence in sentences for unit in _units(text, start, sentence, longest)]
    count = -(-(end - start) // longest)
    while (pieces := _packed(units, (end - start) / count)) and max(right - left for left, right in pieces) > longest:
        count += 1
    return pieces


def _packed(units: list[Span], target: float) -> list[Span]:
    pieces: list[Span] = []
    for left, right in units:
        if pieces:
            piece_start, piece_end = pieces[-1]
            grown = right - piece_start
            if grown <= target or abs(grown - target) < target - (piece_end - piece_start):
                pieces[-1] = (piece_start, right)
                continue
        pieces.append((left, right))
    return pieces


def _units(text: str, offset: int, sentence: Span, longest: int) -> list[Span]:
    """The sentence itself, or clauses of it when it alone is longer than so many characters."""
    start, end = offset + sentence[0], offset + sentence[1]
    units = []
    while end - start > longest:
        half = start + longest // 2
        limit = start + longest
        clauses = [match.end() for match in _CLAUSE_END.finditer(text, half, limit)]
        cut = clauses[-1] if clauses else text.rfind(" ", half, limit)
        cut = cut if cut > start else limit
        units.append(trim(text, start, cut))
        start = trim(text, cut, end)[0]
    units.append((start, end))
    return units


def trim(text: str, start: int, end: int) -> Span:
    """The span without blanks at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _normalised(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
