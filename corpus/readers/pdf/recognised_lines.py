"""Words recognised on a picture -> printed lines of a page, what is only ink left out."""

import re
import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.readers.pdf.pdf_lines import Printed, Word
from corpus.readers.pdf.places import Box
from corpus.readers.recognition.page_picture import Corners, PagePicture
from corpus.readers.recognition.tesseract import FoundWord
from corpus.vietnamese import fold, is_syllable

_WIDE = 1.8  # of the letters' size; a wider gap parts two pieces of text
_DESCENT, _ASCENT = 0.21, 0.75  # of the size
_X_HEIGHT, _MARKED, _TALL = 0.46, 0.70, 0.72
_ON_CAPITAL = 0.2
_TWO_MARKS = 0.12
_SAME_SIZE = 0.16  # sizes so near to most letters' are theirs: heights of boxes are not exact
_UNSURE_INK = 0.5
_SURE_LETTERS = 0.3
_DESCENDING = frozenset("gpqyQ,;()[]/")
_RISING = frozenset("bdfhkltđijß!?()[]/|'\"“”‘’")
_FLAT = frozenset(".,:;-–—_=~…·•")
_DASHES = re.compile("[~—_]")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was recognised on one picture, in points of the page, turned upright, y upwards.

    Attributes:
        lines: from top to bottom.
        rules: ruled lines.
        ink: how many bits of ink were found that are no words: stains, signatures, stamps.
    """

    lines: list[Printed]
    rules: list[Box]
    ink: int


def recognised_lines(
    words: Iterable[FoundWord], picture: PagePicture, size: tuple[float, float], number: int
) -> Recognised:
    """The lines that words make.

    Args:
        words: as Tesseract gives them.
        picture: that they were found on.
        size: width and height in points of the page turned upright.
        number: of the page.
    """
    per_pixel = size[0] / picture.pixels.shape[1]
    shown = size if picture.quarters % 2 == 0 else (size[1], size[0])
    given_per_pixel = size[0] / picture.size[0]
    lines, ink = [], 0
    for _, group in groupby(words, key=lambda word: word.line):
        line = [word for word in group if _is_on_paper(word, picture)]
        if not line:
            continue
        if _is_ink(line):
            ink += 1
            continue
        for piece in _pieces(line, picture.vertical):
            printed = _printed(piece, per_pixel, size[1], number)
            places = tuple(
                replace(word, shown=_shown(picture.as_given(found.box), given_per_pixel, shown[1]))
                for word, found in zip(printed.words, piece, strict=True)
            )
            lines.append(replace(printed, words=places))
    rules = [
        Box(left * per_pixel, size[1] - bottom * per_pixel, right * per_pixel, size[1] - top * per_pixel)
        for left, top, right, bottom in (*picture.horizontal, *picture.vertical)
    ]
    return Recognised(_evenly_sized(lines), [_thin(rule) for rule in rules], ink)


def _is_on_paper(word: FoundWord, picture: PagePicture) -> bool:
    """Whether a word is no rim of the paper: as high as a tenth of the page, or a stroke at its edge."""
    height, width = picture.pixels.shape
    left, top, right, bottom = word.box
    if bottom - top > height / 8 or right - left > width:
        return False
    at_edge = left < width * 0.01 or right > width * 0.99 or top < height * 0.005 or bottom > height * 0.995
    return not (at_edge and not any(map(str.isalnum, word.text)))


def _is_ink(line: Sequence[FoundWord]) -> bool:
    """Whether a line is no text: nothing sure in it, and few of its words could be words."""
    letters = "".join(word.text for word in line)
    if not any(map(str.isalnum, letters)):
        return statistics.fmean(word.confidence for word in line) < _UNSURE_INK or len(letters) < 4  # noqa: PLR2004
    good = [word for word in line if word.confidence >= _UNSURE_INK and _could_be(word.text)]
    if not good:
        return True
    return sum(len(word.text) for word in good) < _SURE_LETTERS * len(letters)


def _could_be(text: str) -> bool:
    """Whether a word is a syllable, a figure or a code, rather than strokes taken for letters."""
    found = _LETTERS.findall(text)
    if not found:
        return any(map(str.isdigit, text))
    return all(is_syllable(unicodedata.normalize("NFC", part.lower())) or part.isupper() for part in found) and (
        len(text) > 1 or text.isdigit() or text.isupper()
    )


def _pieces(line: Sequence[FoundWord], rules: Sequence[Corners]) -> Iterable[list[FoundWord]]:
    """The words of a line, parted by rules and where a gap is so wide that two texts stand side by side."""
    size = statistics.median(_size(word) for word in line)
    piece: list[FoundWord] = []
    words = [part for word in line for part in _syllables(word)]
    for word in sorted(words, key=lambda word: word.box[0]):
        wide = piece and word.box[0] - piece[-1].box[2] > _WIDE * size
        if wide or (piece and any(_parts(rule, piece[-1], word) for rule in rules)):
            yield piece
            piece = []
        piece.append(word)
    yield piece


def _parts(rule: Corners, word: FoundWord, after: FoundWord) -> bool:
    """Whether an upright rule stands between two words of a line."""
    left, top, right, bottom = rule
    middle = (word.box[1] + word.box[3]) / 2
    return top <= middle <= bottom and _centre(word) < (left + right) / 2 < _centre(after)


def _centre(word: FoundWord) -> float:
    return (word.box[0] + word.box[2]) / 2


def _syllables(word: FoundWord) -> list[FoundWord]:
    """A word, or the two that it is if the gap between them was overlooked (`cậnnghèo`) and there is one way only."""
    text = unicodedata.normalize("NFC", word.text)
    if _DASHES.fullmatch(text):
        return [replace(word, text="-")]  # never printed otherwise in these documents, and easily taken for each other
    if not text.isalpha() or text.isascii() or text.isupper() or is_syllable(text.lower()):
        return [word]
    cuts = [
        cut
        for cut in range(2, len(text) - 1)
        if is_syllable(text[:cut].lower()) and is_syllable(text[cut:].lower()) and not text[cut].isupper()
    ]
    if len(cuts) != 1 or text[: cuts[0]].isascii() or text[cuts[0] :].isascii():
        return [word]
    left, top, right, bottom = word.box
    edge = left + (right - left) * cuts[0] / len(text)
    return [
        replace(word, text=text[: cuts[0]], box=(left, top, edge, bottom)),
        replace(word, text=text[cuts[0] :], box=(edge, top, right, bottom)),
    ]


def _printed(piece: Sequence[FoundWord], per_pixel: float, height: float, number: int) -> Printed:
    size = statistics.median(_size(word) for word in piece)
    base = statistics.median(word.box[3] - _below(word.text) * size for word in piece)
    words, text = [], ""
    for found in piece:
        said = unicodedata.normalize("NFC", found.text)
        text += " " if text else ""
        start = len(text)
        text += said
        words.append(
            Word(start, len(text), found.box[0] * per_pixel, found.box[2] * per_pixel, round(found.confidence, 3))
        )
    return Printed(
        piece[0].box[0] * per_pixel,
        height - (base + _DESCENT * size) * per_pixel,
        max(found.box[2] for found in piece) * per_pixel,
        height - (base - _ASCENT * size) * per_pixel,
        size * per_pixel,
        bold=False,
        text=text,
        page=number,
        words=tuple(words),
    )


def _size(word: FoundWord) -> float:
    """The size of letters that make a box so high, in pixels."""
    above, below = _above(word.text), _below(word.text)
    if _FLAT.issuperset(word.text):
        return (word.box[3] - word.box[1]) * 2
    return (word.box[3] - word.box[1]) / (above + below)


def _above(text: str) -> float:
    """How far a word reaches above its base line, in sizes."""
    highest = _X_HEIGHT
    for letter in text:
        marks = [mark for mark in unicodedata.normalize("NFD", letter)[1:] if mark not in "\u0323\u031b"]
        if letter.isupper() or letter.isdigit():
            highest = max(highest, _TALL + _ON_CAPITAL * bool(marks) + _TWO_MARKS * (len(marks) > 1))
        elif marks:
            highest = max(highest, _MARKED + _TWO_MARKS * (len(marks) > 1))
        elif fold(letter) in _RISING or letter in _RISING:
            highest = max(highest, _TALL)
    return highest


def _below(text: str) -> float:
    """How far a word reaches below its base line, in sizes."""
    dotted = any("\u0323" in unicodedata.normalize("NFD", letter) for letter in text)
    descends = any(letter.lower() in _DESCENDING and not letter.isupper() for letter in _unmarked(text))
    return _DESCENT if descends else 0.17 if dotted else 0.0


def _unmarked(text: str) -> str:
    return "".join(unicodedata.normalize("NFD", letter)[0] for letter in text)


def _evenly_sized(lines: list[Printed]) -> list[Printed]:
    """The lines, sizes near to that of most letters made equal to it."""
    if not lines:
        return []
    usual = statistics.median(line.size for line in lines for _ in line.text)
    return [
        replace(line, size=usual if abs(line.size - usual) <= _SAME_SIZE * usual else round(line.size, 1))
        for line in sorted(lines, key=lambda line: (-line.top, line.left))
    ]


def _shown(box: tuple[float, float, float, float], per_pixel: float, height: float) -> Box:
    """A box of the picture as given in points of the page as it is shown, y upwards."""
    left, top, right, bottom = (value * per_pixel for value in box)
    return Box(left, height - bottom, right, height - top)


def _thin(rule: Box) -> Box:
    """A ruled line without thickness."""
    x, y = rule.centre
    return Box(rule.left, y, rule.right, y) if rule.width > rule.height else Box(x, rule.bottom, x, rule.top)
