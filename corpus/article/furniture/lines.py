"""A page as a row of lines, each with what can be seen in it alone."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.article.furniture.vocabulary import Role, role_of
from corpus.dates import DateLine, label_stamp, read_date_line
from corpus.vietnamese import fold

_TERMINAL = re.compile(r"(?:[.!?…]|\./\.?)[”’\"'»)\]]*$")
_LONG = 25  # words; a longer line is running text whatever it ends with
_SENTENCE = 8  # words; a line this long that ends like a sentence is one
_CLAUSE = 12  # words; a line this long that ends in a colon or semicolon leads on
_DATE_LINE_WORDS = 6
_COUNTER = re.compile(r"(\d{1,2}) (\d{1,4})")
_UNMARKED = re.compile(r"[a-z]{1,7}(?:[ -][a-z0-9]{1,7}){3,}")
_FILE = re.compile(r"[\w() -]{1,80}\.(?:jpe?g|png|gif|bmp|webp)|(?:IMG|DSC|DSCN|image)[_ -]?\d{2,6}", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-–+*•●▪■✓]\s?|\(?\d{1,2}(?:\.\d{1,2})*[.)/]\s|[a-zđA-ZĐ][.)]\s|[IVXLC]{1,5}[.)/]\s)")
_HEADING = re.compile(r"(?:[IVXLC]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)/]\s")
_LINK_DATE = re.compile(
    r"\s*[(\[|–-]?\s*(?:\d{1,2}:\d{2}(?::\d{2})?[\s|,-]*)?\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"(?:[\s|,-]*\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:AM|PM|SA|CH)?\s*[)\]]?$|\s*\(\d{1,2}[-/.]\d{1,2}\)$"
)
_LINK_DATE_FIRST = re.compile(
    r"[(\[]?\d{1,2}[-/.]\d{1,2}[-/.]\d{4}[)\]]?\s*(?:\d{1,2}:\d{2}\s*)?[-–:|]?\s+[A-ZĐÀ-Ỹ“\"]"
)
_CAPTION = re.compile(
    r"(?:ảnh|quang cảnh|toàn cảnh|một góc|các đại biểu|đại biểu|đồng chí|đ/c|các đồng chí|lãnh đạo|ông|bà|hình ảnh"
    r"|trong ảnh|thủ tướng|chủ tịch|bí thư|phó|bộ trưởng|đoàn)\b|.*(?:\bảnh\s*:|\(ảnh)",
    re.IGNORECASE,
)
_CELL_ENDS = re.compile(r"(?<=[^|\s])(?:\s*\|)+$")  # what is left of a table drawn in HTML
_LINK_WORDS = range(4, 31)
_BESIDE_DATES = frozenset((Role.TOOL, Role.MENU, Role.FEEDBACK, Role.STATISTICS))


@dataclass(slots=True)
class Line:
    """One line of a page.

    Attributes:
        folded: its text in lower case without marks, white space collapsed.
        role: the part it plays, at first by its words alone.
        words: how many words it has.
        prose: whether it reads as running text.
        date: what it says as a date line, None if it is none.
    """

    text: str
    folded: str
    role: Role
    words: int
    prose: bool
    date: DateLine | None

    @property
    def item(self) -> bool:
        """Whether it starts like an item of a list or a numbered heading."""
        return _ITEM.match(self.text) is not None

    @property
    def numbered_heading(self) -> bool:
        """Whether a short line with a number in front."""
        return not self.prose and _HEADING.match(self.text) is not None

    @property
    def caption(self) -> bool:
        """Whether it starts or ends as captions of pictures do."""
        return not self.prose and _CAPTION.match(self.text) is not None

    @property
    def dated_link(self) -> bool:
        """Whether a title with a date before or behind it, as lists of links print them."""
        if self.prose or self.words <= 3:  # noqa: PLR2004
            return False
        return _LINK_DATE.search(self.text) is not None or _LINK_DATE_FIRST.match(self.text) is not None

    @property
    def linklike(self) -> bool:
        """Whether it could be the title of another article."""
        return (
            self.role is Role.CONTENT
            and not self.prose
            and self.words in _LINK_WORDS
            and not self.numbered_heading
            and not self.text.endswith((":", ";", ","))
        )


def read_lines(text: str) -> list[Line]:
    """The non-blank lines of a clean text."""
    lines = [_read(_CELL_ENDS.sub("", line)) for line in text.split("\n") if line.strip()]
    _label_dates(lines)
    _mark_counters(lines)
    _mark_picture_names(lines)
    _keep_sentences(lines)
    return lines


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _TERMINAL.search(text) is not None


def _read(text: str) -> Line:
    words = len(text.split())
    prose = (
        words >= _LONG
        or (words >= _SENTENCE and ends_sentence(text))
        or (words >= _CLAUSE and text.endswith((":", ";")))
    )
    role = role_of(text)
    date = read_date_line(text)
    if date is not None:
        rest = len(date.rest.split())
        if rest > _DATE_LINE_WORDS or (rest and ends_sentence(text)):
            date = None
        elif rest == 0 or role_of(date.rest) in _BESIDE_DATES:
            role = Role.DATE
    return Line(text, " ".join(fold(text).split()), role, words, prose and role is Role.CONTENT, date)


def _keep_sentences(lines: list[Line]) -> None:
    """A whole sentence among paragraphs is one of them, whatever its first words are (`Bản quyền các bài hát ...`)."""
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        sentence = line.words >= _SENTENCE and ends_sentence(line.text)
        if line.role not in (Role.CONTENT, Role.TAGS) and sentence and above.prose and below.role is Role.CONTENT:
            line.role, line.prose = Role.CONTENT, True


def _label_dates(lines: list[Line]) -> None:
    """A bare date below a line that is its label (`Ngày ban hành`) is what the label says."""
    for label, line in pairwise(lines):
        if line.role is Role.DATE and line.date is not None and (stamp := label_stamp(label.text)) is not None:
            line.date = replace(line.date, stamp=stamp)


def _mark_picture_names(lines: list[Line]) -> None:
    """Names of pictures among marked Vietnamese: words without any mark (`hop thon dong tien`), or file names."""
    if sum(not line.text.isascii() for line in lines) * 2 < len(lines):
        return
    for line in lines:
        if (
            line.role is Role.CONTENT
            and not line.prose
            and (_UNMARKED.fullmatch(line.text) or _FILE.fullmatch(line.text))
        ):
            line.role = Role.COUNTER


def _mark_counters(lines: list[Line]) -> None:
    """Numbers that galleries print with each picture (`1 61`, `2 56`, ...): lone lines, the first counting up."""
    found = [(place, match) for place, line in enumerate(lines) if (match := _COUNTER.fullmatch(line.text))]
    places = {place for place, _ in found}
    if any(place + 1 in places for place in places):
        return  # rows of a table
    if [int(match[1]) for _, match in found] == list(range(1, len(found) + 1)):
        for place, _ in found:
            lines[place].role = Role.COUNTER
