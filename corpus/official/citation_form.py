"""How officials cite a part of a document: `điểm b khoản 2 Điều 7`, `Chương III`, `mục II.1`."""

from collections.abc import Sequence

from corpus.models import Level, Unit
from corpus.official.numerals import roman
from corpus.vietnamese import fold


def called(unit: Unit) -> str:
    """What a part is called by itself: `Điều 7`, `Chương III`, `Khoản 2`, `Phụ lục I`."""
    if unit.level is Level.ATTACHMENT:
        return _as_sentence(unit.label) or "Văn bản kèm theo"
    worded = fold(unit.label).startswith(fold(unit.level))
    return _as_sentence(unit.label) if worded else f"{unit.level.capitalize()} {unit.label.rstrip(')')}"


def citation_form(path: Sequence[Unit]) -> str:
    """The form for the innermost part of a path (see `outline.path_at`), with a capital; "" for no path.

    Chapters are left out where an Điều is cited: its number is enough. What is attached is named at the end.
    """
    attached = next((unit for unit in path if unit.level is Level.ATTACHMENT), None)
    own = [unit for unit in path if unit is not attached]
    article = next((place for place, unit in enumerate(own) if unit.level is Level.ARTICLE), None)
    if article is not None:
        words = [*(called(unit).lower() for unit in reversed(own[article + 1 :])), called(own[article])]
    elif any(unit.level in (Level.CLAUSE, Level.POINT) for unit in own):
        words = _section_words(own)
    else:
        words = [called(unit) for unit in reversed(own)]
    text = " ".join([*words, *([called(attached)] if attached else [])])
    return text[:1].upper() + text[1:]


def _section_words(path: Sequence[Unit]) -> list[str]:
    """The form for plans and reports, whose sections have numbers only."""
    points = [called(unit).lower() for unit in reversed(path) if unit.level is Level.POINT]
    inner = [unit.label for unit in path if unit.level in (Level.SECTION, Level.CLAUSE)]
    outer = [called(unit) for unit in reversed(path) if unit.level in (Level.PART, Level.CHAPTER)]
    return [*points, *([f"mục {'.'.join(inner)}"] if inner else []), *outer]


def _as_sentence(label: str) -> str:
    """A label in small letters but for the first, and for Roman numerals (`PHỤ LỤC II` -> `Phụ lục II`)."""
    words = [word if roman(word.strip(".:")) and word.isupper() else word.lower() for word in label.split()]
    text = " ".join(words)
    return text[:1].upper() + text[1:]
