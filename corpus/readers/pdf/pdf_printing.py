"""Letters of a page -> lines of words: base lines found, words told apart by spaces or, without any, by the gaps."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from corpus.readers.pdf.pdf_glyphs import Glyph
from corpus.readers.pdf.pdf_lines import Printed, Word
from corpus.readers.pdf.places import Box
from corpus.vietnamese import is_syllable

_SAME_LINE = 0.25  # of the letters' size, between base lines
_RAISED = 0.15  # of the size, from which a smaller letter stands above its line
_HIGHEST = 0.75
_SMALL = 0.82  # of the line's letters
_WIDE = 1.8  # of the size; a wider gap parts two pieces of text
_BROKEN_OFF = 0.7  # of the size; such a gap does where the second piece was not printed right after the first
_BESIDE_RULE = 0.12  # of the size; so far apart at least are two letters that a rule parts
_OVERLAP = 0.4  # of the narrower letter; two letters that cover each other so are of two pieces
_WITHOUT_SPACE = 0.5  # of the size above the usual gap; so wide a gap is a space though none was set
_LEAST_LETTERS = 20
_THRESHOLDS = (0.22, 0.18, 0.26, 0.15, 0.3, 0.12, 0.35, 0.4, 0.09, 0.5)
"""Of the size above the line's usual gap: where a word may end, the likeliest first."""
_LETTERS = re.compile(r"[^\W\d_]+")
_UNITS = frozenset(("m", "km", "cm", "dm", "mm", "hm", "dam", "ha"))
_DESCENT, _ASCENT = 0.21, 0.75  # of the size


def lines_of(glyphs: Sequence[Glyph], rules: Sequence[Box], page: int) -> list[Printed]:
    """The lines of a page whose letters all stand upright; one that a gap or a rule parts gives several.

    Args:
        glyphs: letters and spaces, each once, marks composed.
        rules: vertical ones part what stands to the left and to the right of them.
        page: its number.
    """
    uprights = [rule for rule in rules if rule.width == 0]
    pieces = [
        piece
        for line in _base_lines(glyphs)
        for piece in _pieces(line, [rule.left for rule in uprights if _crosses(rule, line)])
    ]
    threshold = _word_gap(pieces)
    printed = (_printed(piece, threshold, page) for piece in pieces)
    return [line for line in printed if line is not None]


def _base_lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs by base line from top to bottom, what stands raised or lowered with the line it belongs to."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (-glyph.origin[1], glyph.origin[0])):
        height = glyph.origin[1]
        near = next(
            (
                line
                for line in reversed(lines[-3:])
                if abs(line[0].origin[1] - height) <= _SAME_LINE * min(line[0].size, glyph.size)
            ),
            None,
        )
        if near is not None:
            near.append(glyph)
        else:
            lines.append([glyph])
    return _with_raised(lines)


def _with_raised(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """Lines of a few small letters that are raised behind words of the line below are put into it."""
    kept: list[list[Glyph]] = []
    for place, line in enumerate(lines):
        below = lines[place + 1] if place + 1 < len(lines) else []
        hosts = [host for host in (below, kept[-1] if kept else []) if host]
        homeless = []
        for glyph in line:
            home = next((host for host in hosts if _stands_by(glyph, host)), None)
            if home is None:
                homeless.append(glyph)
            else:
                home.append(glyph)
        if any(glyph.text.strip() for glyph in homeless):
            kept.append(homeless)
    return kept


def _stands_by(glyph: Glyph, host: Sequence[Glyph]) -> bool:
    """Whether a small glyph stands raised or lowered right behind a letter of a line, or before its first."""
    if glyph.size > _SMALL * host[0].size:
        return False
    off = abs(glyph.origin[1] - host[0].origin[1])
    if not off <= _HIGHEST * host[0].size:
        return False
    reach = 0.4 * host[0].size
    return any(
        letter.size > glyph.size and letter.text.strip() and -reach < glyph.room.left - letter.room.right < 2 * reach
        for letter in host
    )


def _crosses(rule: Box, line: Sequence[Glyph]) -> bool:
    height = line[0].origin[1] + 0.25 * line[0].size
    return rule.bottom <= height <= rule.top


def _pieces(line: list[Glyph], uprights: Sequence[float]) -> list[list[Glyph]]:
    """A line cut where two pieces of text stand side by side."""
    runs = [sorted(line, key=lambda glyph: (glyph.room.left, glyph.order))]
    if any(_cover(glyph, after) for glyph, after in pairwise(_inked(runs[0]))):
        runs = _runs(line)
    return [piece for run in runs for piece in _cut(run, uprights)]


def _cut(run: Sequence[Glyph], uprights: Sequence[float]) -> list[list[Glyph]]:
    pieces: list[list[Glyph]] = []
    blanks: list[Glyph] = []
    for glyph in run:
        if not glyph.text.strip():
            blanks.append(glyph)
            continue
        last = next((other for other in reversed(pieces[-1]) if other.text.strip()), None) if pieces else None
        if last is None or _parted(last, glyph, blanks, uprights):
            pieces.append([glyph])
        else:
            pieces[-1] += [*blanks, glyph]
        blanks = []
    return pieces


def _parted(last: Glyph, glyph: Glyph, blanks: Sequence[Glyph], uprights: Sequence[float]) -> bool:
    gap = glyph.room.left - last.room.right
    size = max(last.size, glyph.size)
    follows = 0 <= glyph.order - last.order <= len(blanks) + 4  # marks may have been between them
    ruled = any(last.ink.right - 1 <= across <= glyph.ink.left + 1 for across in uprights)
    if ruled and (gap > _BESIDE_RULE * size or not follows):  # a long word may run over a rule
        return True
    return gap > _WIDE * size or (gap > _BROKEN_OFF * size and not follows)


def _runs(line: Sequence[Glyph]) -> list[list[Glyph]]:
    """A line whose letters cover each other, in runs as they were printed."""
    runs: list[list[Glyph]] = []
    for glyph in sorted(line, key=lambda glyph: glyph.order):
        last = runs[-1][-1] if runs else None
        if last is not None and -0.3 * glyph.size <= glyph.room.left - last.room.right <= _WIDE * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return sorted(runs, key=lambda run: run[0].room.left)


def _inked(glyphs: Iterable[Glyph]) -> list[Glyph]:
    return [glyph for glyph in glyphs if glyph.text.strip()]


def _cover(glyph: Glyph, after: Glyph) -> bool:
    over = glyph.room.right - after.room.left
    return over > _OVERLAP * min(glyph.room.width, after.room.width) and over > 0.15 * glyph.size


def _word_gap(pieces: Sequence[Sequence[Glyph]]) -> float:
    """How wide, in sizes of letters, a gap without a space is between words: what makes most of a page syllables."""
    spaceless = [piece for piece in pieces if len(piece) > 1 and all(glyph.text.strip() for glyph in piece)]
    if sum(map(len, spaceless)) < _LEAST_LETTERS:
        return _THRESHOLDS[0]

    def fit(threshold: float) -> int:
        words = (word for piece in spaceless for word in _LETTERS.findall(_spelled(piece, threshold)))
        return sum(len(word) for word in words if len(word) > 1 and is_syllable(word.lower()))

    return max(_THRESHOLDS, key=fit)


def _spelled(piece: Sequence[Glyph], threshold: float) -> str:
    return " ".join("".join(glyph.text for glyph in word) for word in _words(piece, threshold))


def _words(piece: Sequence[Glyph], threshold: float) -> list[list[Glyph]]:
    """The words of a piece of a line."""
    letters = _inked(piece)
    gaps = sorted(after.room.left - glyph.room.right for glyph, after in pairwise(letters))
    usual = max(gaps[len(gaps) // 4 if len(letters) == len(piece) else len(gaps) // 2], 0.0) if gaps else 0.0
    apart = threshold if len(letters) == len(piece) else _WITHOUT_SPACE
    words: list[list[Glyph]] = [[]]
    for glyph in piece:
        last = words[-1][-1] if words[-1] else None
        if not glyph.text.strip():
            if last is not None:
                words.append([])
            continue
        if last is not None and glyph.room.left - last.room.right > usual + apart * min(glyph.size, last.size):
            words.append([])
        words[-1].append(glyph)
    return [word for word in words if word]


def _printed(piece: Sequence[Glyph], threshold: float, page: int) -> Printed | None:
    words = [word for word in _words(piece, threshold) if any(glyph.text for glyph in word)]
    if not words:
        return None
    size, base = _main(piece)
    text = ""
    spelled: list[Word] = []
    for word in words:
        said = _said(word, size, base, text)
        text += " " if text and not said.startswith("\x00") else ""
        said = said.removeprefix("\x00")
        edges = [glyph.room for glyph in word]
        spelled.append(Word(len(text), len(text) + len(said), edges[0].left, edges[-1].right))
        text += said
    letters = _inked(piece)
    bold = sum(glyph.bold for glyph in letters) * 2 > len(letters)
    left = min(glyph.room.left for glyph in letters)
    right = max(glyph.room.right for glyph in letters)
    return Printed(left, base - _DESCENT * size, right, base + _ASCENT * size, size, bold, text, page, tuple(spelled))


def _main(piece: Sequence[Glyph]) -> tuple[float, float]:
    """Size and base line of most letters of a piece."""
    letters = sorted(_inked(piece), key=lambda glyph: glyph.size)
    middle = letters[len(letters) // 2]
    return middle.size, middle.origin[1]


def _said(word: Sequence[Glyph], size: float, base: float, before: str) -> str:
    """What a word reads as; raised figures behind it are the number of a note, `[2]`, unless they square a unit."""
    text, note = "", ""
    for glyph in word:
        raised = glyph.size <= _SMALL * size and glyph.origin[1] > base + _RAISED * size and glyph.text.isdigit()
        if raised:
            note += glyph.text
        else:
            text += _noted(text, note) + glyph.text
            note = ""
    said = text + _noted(text, note)
    return said if text or not before or not note else f"\x00[{note}]"


def _noted(text: str, note: str) -> str:
    if not note:
        return ""
    unit = _LETTERS.findall(text)[-1:]
    return note if unit and unit[0].lower() in _UNITS and text.endswith(unit[0]) else f"[{note}]"
