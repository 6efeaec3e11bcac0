"""What a Vietnamese word looks like: letters, marks and syllables."""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = frozenset("aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?(?:uye|uya|uyu|oai|oay|oeo|uay|uoi|uou|ieu|yeu|[aeiouy]{1,2})"
    r"(?:ch|ng|nh|[ckmnpt])?"
)
_ENOUGH = 0.6
_REMEMBERED = 40
"""Characters of a text whose folded form is kept, as words come again and again."""
_MOST_CHARACTERS = 4096


def fold(text: str) -> str:
    """Strip marks and case: `Đường` -> `duong`. `đ` is a letter of its own and is folded by hand."""
    return _fold_word(text) if len(text) <= _REMEMBERED else _fold(text)


@lru_cache(maxsize=65536)
def _fold_word(text: str) -> str:
    return _fold(text)


def _fold(text: str) -> str:
    return text.lower() if text.isascii() else text.translate(_BARE).lower()


class _BareCharacters(dict[int, str]):
    """Code point -> the character without its marks; empty for a mark that stands alone."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", {"đ": "d", "Đ": "D"}.get(chr(code), chr(code)))
        bare = "".join(c for c in decomposed if not unicodedata.combining(c))
        if len(self) >= _MOST_CHARACTERS:
            self.clear()
        self[code] = bare
        return bare


_BARE = _BareCharacters()


def fold_in_place(text: str) -> str:
    """Fold character by character, so that places in the folded text are places in the text."""
    return "".join(map(_folded_character, text))


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    return folded if len(folded := fold(character)) == 1 else "?"


def syllable_share(text: str) -> float:
    """Share of the words with non-ASCII letters that are spelled as Vietnamese syllables; 0 without such words."""
    words = _marked(text)
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


def marked_words(text: str) -> int:
    """How many words have non-ASCII letters."""
    return len(_marked(text))


def looks_vietnamese(text: str) -> bool:
    """Whether most words with marks are Vietnamese syllables."""
    return syllable_share(text) >= _ENOUGH


def is_syllable(word: str) -> bool:
    """Whether a word in small NFC letters is spelled as a syllable of Vietnamese."""
    return _LETTERS.issuperset(word) and _SYLLABLE.fullmatch(fold(word)) is not None


def _marked(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
