"""What a paragraph of an official document begins with: the label of a part (`Điều 5.`, `2.`, `b)`), or its end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.models import Level
from corpus.official.numerals import ORDINAL, part_number
from corpus.vietnamese import fold, fold_in_place

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_WORDED = re.compile(
    rf"(?P<level>phan|chuong|tieu muc|muc|dieu|khoan|diem)\s+(?:thu\s+)?"
    rf"(?P<number>\d{{1,4}}\s?[a-z]?(?![\w/])|[ivxlc]+(?!\w)|(?:{ORDINAL})(?!\w)|[a-z](?!\w))\s*(?P<stop>[.:)–-]?)\s*"
)
_LEVELS = {
    "phan": Level.PART,
    "chuong": Level.CHAPTER,
    "muc": Level.SECTION,
    "tieu muc": Level.SUBSECTION,
    "dieu": Level.ARTICLE,
    "khoan": Level.CLAUSE,
    "diem": Level.POINT,
}
_NUMBERED = re.compile(r"(\d{1,3})\s?[.)]\s+(?=\S)")
_SUBNUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,2})[.)]?\s+(?=\D)")
_LETTERED = re.compile(r"([a-zđ]\d?)\s?[.)]\s*(?=\S)")
_ROMAN = re.compile(r"([IVXLC]{1,6})\s?[.)/–-]\s*(?=\S)")
_CAPITAL = re.compile(r"([A-ZĐ])\s?[.)/–-]\s+(?=\S)")
_WITHIN = re.compile(r"(?<=[:;,.])\s+([a-zđ])\)\s+")
_END = re.compile(
    r"\W*noi nhan\s*:?.*|(?:t/?m|kt|tl|tuq|q)\s?[./]\s?.{0,60}"
    r"|(?:(?:chu tich|pho chu tich|giam doc|pho giam doc|bo truong|thu truong|thu tuong|bi thu|pho bi thu|truong ban"
    r"|chanh van phong|cuc truong|tong giam doc|hieu truong|truong phong)\b.{0,40})"
)
_ATTACHED = re.compile(
    r"(?:phu luc|phu bieu|bieu mau|mau so|mau|bieu so|danh sach|danh muc|bang)\b.{0,20}"
    r"|(?:quy che|quy dinh|dieu le|noi quy|ke hoach|de an|du an|phuong an|chuong trinh|huong dan|quy trinh|quy uoc"
    r"|huong uoc|bao cao|bo tieu chi|tieu chi|chien luoc|quy hoach)"
)
_WITH = re.compile(r"\W*(?:duoc )?(?:(?:ban hanh|phe duyet|dinh) )?kem theo\b|\W*ban hanh theo\b")
_LONGEST_TITLE = 250  # characters
_NEAR = 7  # lines below the title of something attached in which it says what it came with
_TITLE_LINES = 4
_RULE = 5  # characters


@dataclass(frozen=True, slots=True)
class Label:
    """What a paragraph begins with.

    Attributes:
        number: in one form (see `numerals.part_number`).
        written: as it stands there, without stops.
        length: of the label with what separates it from the text behind it, in characters.
        sure: whether it can hardly be anything else, whatever stands before it.
    """

    level: Level
    number: str
    written: str
    length: int
    sure: bool


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and its place in the text."""

    text: str
    start: int
    end: int

    @cached_property
    def labels(self) -> tuple[Label, ...]:
        """The parts that may begin here, the most certain first."""
        return labels_of(self.text)

    def sections(self, kind: str) -> list[Label]:
        """The label of a section of a plan or report that may begin here, numbered by `letter`, `roman` or `digit`."""
        pattern = {"letter": _CAPITAL, "roman": _ROMAN, "digit": _NUMBERED}[kind]
        match = pattern.match(self.text)
        if match is None or (kind == "letter" and not self.text[match.end() :].isupper()):
            return []
        number = match[1].lower() if kind == "letter" else part_number(match[1])
        level = Level.PART if kind == "letter" else Level.SECTION
        return [Label(level, number, match[1], match.end(), sure=False)] if number else []

    def points_within(self) -> list[tuple[str, int, int]]:
        """Letter, start and start of the text of points a), b), ... in the middle of the paragraph; two at least."""
        found: list[tuple[str, int, int]] = []
        for match in _WITHIN.finditer(self.text):
            expected = "abcdđeghiklmnopqrstuvxy"[len(found)] if len(found) < 22 else ""  # noqa: PLR2004
            if match[1] == expected:
                found.append((match[1], self.start + match.start(1), self.start + match.end()))
        return found if len(found) > 1 else []

    def leaves_quotation_open(self, already: bool) -> bool:  # noqa: FBT001 - the state before
        """Whether a quotation is open behind the paragraph, given whether one was before it."""
        for character in self.text:
            if character == "“":
                already = True
            elif character == "”":
                already = False
        return already


def paragraphs(text: str) -> list[Paragraph]:
    """The non-blank lines of a text."""
    found = []
    for match in _LINE.finditer(text):
        line = match[0]
        start = match.start() + len(line) - len(line.lstrip())
        found.append(Paragraph(line.strip(), start, start + len(line.strip())))
    return found


def labels_of(line: str) -> tuple[Label, ...]:
    """What a line may begin with."""
    found = []
    if match := _WORDED.match(fold_in_place(line[:60])):
        worded = _worded(line, match)
        if worded:
            found.append(worded)
    elif match := _SUBNUMBERED.match(line):
        found.append(Label(Level.POINT, match[1], match[1], match.end(), sure=False))
    elif match := _NUMBERED.match(line):
        found.append(Label(Level.CLAUSE, str(int(match[1])), match[1], match.end(), sure=False))
    elif match := _LETTERED.match(line):
        found.append(Label(Level.POINT, match[1], match[1], match.end(), sure=False))
    return tuple(found)


def _worded(line: str, match: re.Match[str]) -> Label | None:
    """A label written out; one in the middle of a sentence (`Điều 7 của Quy chế này quy định`) is none."""
    level = _LEVELS[match["level"]]
    written = line[match.start("number") : match.end("number")].replace(" ", "")
    number = part_number(written, lettered=level is Level.POINT)
    if number is None or not line[0].isupper():
        return None
    behind = line[match.end() :]
    alone = not behind
    stopped = bool(match["stop"])
    capital = behind[:1].isupper()
    if not (alone or stopped or capital):
        return None
    sure = alone or stopped or (level in (Level.PART, Level.CHAPTER, Level.SECTION) and behind.isupper())
    if level in (Level.CLAUSE, Level.POINT) and not stopped:
        return None
    label = line[: match.end("number")]
    return Label(level, number, " ".join(label.split()), match.end(), sure=sure)


def ends_document(line: str) -> bool:
    """Whether a line begins what stands below the text: a rule drawn with characters, whom it goes to, who signs it."""
    if len(line) >= _RULE and not line.strip("_ "):
        return True
    if len(line) > 90:  # noqa: PLR2004
        return fold(line[:12]).startswith("noi nhan")
    folded = fold(line)
    signs = _END.fullmatch(folded) is not None
    return signs and (folded.lstrip(" *-").startswith("noi nhan") or line.isupper() or line[:2].isupper())


def attached_title(lines: Sequence[Paragraph], place: int) -> str | None:
    """The title of something attached that begins with this line: its kind and the lines below; None if none does.

    It is a line in capitals that names a kind of text and, a few lines below, says what it was issued with.
    """
    line = lines[place]
    if not line.text.isupper() or line.labels or _ATTACHED.match(fold(line.text)) is None:
        return None
    below = lines[place + 1 : place + 1 + _NEAR]
    at = next((number for number, other in enumerate(below) if _WITH.match(fold(other.text))), None)
    if at is None and not fold(line.text).startswith("phu luc"):
        return None
    told = [other.text for other in below[: min(at if at is not None else 1, _TITLE_LINES)]]
    titles = []
    for text in told:
        if labels_of(text) or len(text) > _LONGEST_TITLE:
            break
        titles.append(text)
    return "\n".join((line.text.rstrip(" :"), *titles))


def is_caps_title(line: str) -> bool:
    """Whether a line is written in capitals and has more than one word."""
    return line.isupper() and len(line.split()) > 1


def may_be_title(text: str) -> bool:
    """Whether words behind or below a label can be a heading and not running text."""
    return 0 < len(text) <= _LONGEST_TITLE and not text.endswith((";", ",", ":")) and any(map(str.isalpha, text))
