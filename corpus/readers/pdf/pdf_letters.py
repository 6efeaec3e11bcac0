"""Letters as they were meant: each printed once, its marks on it, whatever order a program drew them in."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

from corpus.readers.pdf.pdf_glyphs import Glyph

_SHADOW = 0.15  # of the letters' size; bold is faked by printing again no farther off
_NARROW = 0.45  # of a letter's own width; its twin in `ll` stands farther off
_SAME_LINE = 0.5  # of the letters' size
_REACH = 0.5  # of the letters' size, between a mark and the letter it may belong to
_BAND = 20.0  # points; letters are looked for among those whose base line is in the same band or the next
_COVERED = 0.5  # share of an accent's ink that lies over the letter it belongs to
_LETTER_MARKS = "\u0302\u0306\u031b"  # circumflex, breve, horn: nearer to the letter than tones
_BEARERS = {"\u0302": "aeoAEO", "\u0306": "aA", "\u031b": "ouOU"}
_VOWELS = frozenset("aeiouyAEIOUYăâêôơưĂÂÊÔƠƯı")
_SPACING = {
    "´": "\u0301",
    "ˊ": "\u0301",
    "`": "\u0300",
    "ˋ": "\u0300",
    "ˆ": "\u0302",
    "^": "\u0302",
    "˜": "\u0303",
    "~": "\u0303",
    "˘": "\u0306",
    ".": "\u0323",
    "·": "\u0323",
}
"""Accents with a width of their own that old programs print over or under letters."""


def without_overprints(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs, but of those printed twice almost in one place (a faked bold, a shadow) only the first."""
    kept: list[Glyph] = []
    places: dict[tuple[str, int, int], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        step = max(glyph.size, 1.0)
        column, row = int(glyph.origin[0] // step), int(glyph.origin[1] // step)
        near = (
            other
            for across in (column - 1, column, column + 1)
            for down in (row - 1, row, row + 1)
            for other in places.get((glyph.text, across, down), ())
        )
        if any(_same_place(glyph, other) for other in near):
            continue
        places[glyph.text, column, row].append(glyph)
        kept.append(glyph)
    return kept


def with_marks(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], int]:
    """The letters with the marks that were printed apart from them, and how many marks belong to no letter.

    A mark goes to the nearest letter that can bear it. Where a mark was set and where its ink lies may differ by half a
    letter, since fonts draw marks to the left of their origin: the middle of the two decides.
    """
    marks = [glyph for glyph in glyphs if _mark_of(glyph)]
    if not marks:
        return list(glyphs), 0
    letters = [glyph for glyph in glyphs if not _mark_of(glyph)]
    bearers: dict[int, list[Glyph]] = defaultdict(list)
    for letter in letters:
        if letter.text and _bare(letter.text) in _VOWELS:
            bearers[int(letter.origin[1] // _BAND)].append(letter)
    borne: dict[int, list[str]] = defaultdict(list)
    leftover: list[Glyph] = []
    lost = 0
    for mark in marks:
        sign = _mark_of(mark)
        spacing = mark.text in _SPACING
        band = int(mark.origin[1] // _BAND)
        near = [letter for row in (band - 1, band, band + 1) for letter in bearers.get(row, ())]
        bearer = _bearer(mark, sign, near, spacing=spacing)
        if bearer is not None:
            borne[id(bearer)].append(sign)
        elif spacing:
            leftover.append(mark)
        else:
            lost += 1
    for letter in letters:
        if signs := borne.get(id(letter)):
            letter.text = _composed(letter.text, signs)
    return sorted([*letters, *leftover], key=lambda glyph: glyph.order), lost


def _same_place(glyph: Glyph, other: Glyph) -> bool:
    across, down = abs(glyph.origin[0] - other.origin[0]), abs(glyph.origin[1] - other.origin[1])
    farthest = _SHADOW * glyph.size
    width = max(glyph.room.width if glyph.turn in (0, 2, None) else glyph.room.height, 0.1 * glyph.size)
    return across <= min(farthest, _NARROW * width) and down <= farthest and abs(glyph.size - other.size) <= 1


def _mark_of(glyph: Glyph) -> str:
    """The combining mark a glyph may be, "" if it is none."""
    if len(glyph.text) != 1:
        return ""
    return glyph.text if unicodedata.combining(glyph.text) else _SPACING.get(glyph.text, "")


def _bearer(mark: Glyph, sign: str, bearers: Sequence[Glyph], *, spacing: bool) -> Glyph | None:
    can_bear = _BEARERS.get(sign)
    near = [
        letter
        for letter in bearers
        if abs(letter.origin[1] - mark.origin[1]) < _SAME_LINE * letter.size
        and letter.room.left - _REACH * letter.size < mark.ink.right
        and mark.ink.left < letter.room.right + _REACH * letter.size
        and (can_bear is None or _bare(letter.text) in can_bear)
    ]
    if spacing:
        near = [letter for letter in near if _covers(letter, mark, sign)]
    if not near:
        return None
    where = mark.ink.centre[0] if spacing else (mark.ink.centre[0] + mark.origin[0]) / 2

    def distance(letter: Glyph) -> tuple[float, float]:
        outside = max(letter.room.left - where, where - letter.room.right, 0.0)
        return outside, abs(letter.room.centre[0] - where)

    return min(near, key=distance)


def _covers(letter: Glyph, mark: Glyph, sign: str) -> bool:
    """Whether an accent with a width of its own was printed over (a dot: under) a letter."""
    over = min(letter.room.right, mark.ink.right) - max(letter.room.left, mark.ink.left)
    if over < _COVERED * max(mark.ink.width, 0.1):
        return False
    if sign == "\u0323":
        return mark.ink.top <= letter.origin[1]
    return mark.ink.bottom >= letter.ink.bottom + 0.5 * letter.ink.height


def _bare(text: str) -> str:
    """The letter without marks but those of its own letter (`ấ` -> `â`)."""
    if len(text) != 1:
        return text
    plain = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", plain[0] + "".join(sign for sign in plain[1:] if sign in _LETTER_MARKS))


def _composed(text: str, signs: Iterable[str]) -> str:
    plain = unicodedata.normalize("NFD", text.replace("ı", "i"))
    ordered = sorted(dict.fromkeys([*plain[1:], *signs]), key=lambda sign: sign not in _LETTER_MARKS)
    return unicodedata.normalize("NFC", plain[0] + "".join(ordered))
