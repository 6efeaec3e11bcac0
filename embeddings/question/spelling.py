"""Mending what fingers do to a question: keystrokes left in it, slips, two words run together.

Only words that the documents do not have are touched, and of a question typed with marks only such as Vietnamese does
not have either ("lo" is no slip for "do"). A slip is mended to a word one edit away (optimal string
alignment distance, from rapidfuzz) that the documents put beside the question's neighbouring words; a well-formed
word without such a neighbour may be a name the documents do not know and stays as it was typed.
"""

from collections.abc import Callable, Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from corpus.vietnamese import fold
from embeddings.question.general_language import is_used
from embeddings.question.keystrokes import compose, decode_telex, decode_vni, looks_vietnamese
from embeddings.question.language import Language
from embeddings.question.marks import recase
from embeddings.syllables import canonical, is_marked, token_spans

_SHORTEST_SLIP = 2
_CANDIDATES = 12
_LONGEST_TYPED = 20
"""Keystrokes; the longest syllable, `nghiêng`, takes nine."""


class Speller:
    """Mends questions in the language of one corpus."""

    def __init__(self, language: Language, is_abbreviation: Callable[[str], bool]) -> None:
        self._language = language
        self._is_abbreviation = is_abbreviation
        self._vocabulary = [word for word in language.vocabulary() if word.isalpha()]

    def decode(self, text: str) -> str:
        """The text with keystrokes made into marks; everything else stays as it is."""
        return self._each_word(text, lambda word, _before, _after: self._decode(word))

    def mend(self, text: str) -> str:
        """The text with slips mended; everything else stays as it is."""
        marked = is_marked(text)
        return self._each_word(
            text,
            lambda word, before, after: (
                word if marked and is_used(canonical(word)) else self._mend_slip(word, before, after)
            ),
        )

    def _decode(self, word: str) -> str:
        """A word with its Telex or VNI keystrokes made into marks, if it has any and the result is a word."""
        lower = word.lower()
        if (
            len(lower) > _LONGEST_TYPED
            or self._language.knows(fold(lower))
            or not (lower.isascii() and lower.isalnum())
            or self._is_abbreviation(word)
        ):
            return word
        decoded = decode_vni(lower) if any(c.isdigit() for c in lower) else decode_telex(lower)
        if decoded is None:
            return word
        spelled = compose(decoded)
        bare = fold(spelled)
        if not looks_vietnamese(bare):
            return word
        if not self._language.has(canonical(spelled)) and self._language.knows(bare):
            return recase(word, bare)
        return recase(word, spelled) if self._language.knows(bare) or len(bare) > 1 else word

    def _each_word(self, text: str, change: Callable[[str, str, str], str]) -> str:
        spans = token_spans(text)
        words = [text[start:end] for start, end in spans]
        pieces: list[str] = []
        position = 0
        for i, (start, end) in enumerate(spans):
            before = fold(words[i - 1]) if i else ""
            after = fold(words[i + 1]) if i + 1 < len(words) else ""
            words[i] = change(words[i], before, after)
            pieces += [text[position:start], words[i]]
            position = end
        return "".join([*pieces, text[position:]])

    def _mend_slip(self, word: str, before: str, after: str) -> str:
        folded = fold(word)
        if len(folded) < _SHORTEST_SLIP or not folded.isalpha() or self._language.knows(folded) or word[0].isupper():
            return word
        if self._is_abbreviation(word):
            return word
        well_formed = looks_vietnamese(folded)
        scored = [
            (self._fit(before, candidate, after), -distance, candidate)
            for candidate, distance in self._near(folded)
            if not (well_formed and is_marked(word))
        ]
        if scored:
            fit, _, best = max(scored)
            if fit > 0 or (not well_formed and len(folded) > len("nghe")):
                return recase(word, best)
        for left, right in _halves(folded):
            if self._language.folded_pairs[left, right]:
                return f"{left} {right}"
        return word

    def _near(self, folded: str) -> Iterator[tuple[str, int]]:
        for candidate, distance, _ in extract(
            folded, self._vocabulary, scorer=OSA.distance, score_cutoff=1, limit=_CANDIDATES
        ):
            yield candidate, int(distance)

    def _fit(self, before: str, word: str, after: str) -> int:
        """How often the documents put a word beside these neighbours."""
        return self._language.folded_pairs[before, word] + self._language.folded_pairs[word, after]


def _halves(word: str) -> Iterator[tuple[str, str]]:
    for cut in range(2, len(word) - 1):
        left, right = word[:cut], word[cut:]
        if looks_vietnamese(left) and looks_vietnamese(right):
            yield left, right
