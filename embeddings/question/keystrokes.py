"""Telex and VNI keystrokes left in a text because the input method was off: `coong tacs`, `co6ng ta1c`.

Vietnamese syllables never end in s, f, r, x, j or w and have no vowel behind their final consonant, so that such keys
behind a vowel can only be meant as marks. Both decoders give the canonical form of `vietnamese.canonical`.
"""

import re
import unicodedata

from embeddings.syllables import TONES

_TELEX_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_CIRCUMFLEX = {"a": "â", "e": "ê", "o": "ô"}
_HORN = {"u": "ư", "o": "ơ"}
_VOWELS = "aăâeêioôơuưy"

_ONSET = r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
_RIME = (
    r"(?:[aeiouy]|ai|ao|au|ay|eo|eu|ia|ie|iu|oa|oe|oi|ua|ue|ui|uo|uu|uy|ya|ye"
    r"|oai|oao|oay|oeo|uai|uay|uoi|uou|ieu|yeu|uya|uye|uyu|uao|ueu)"
)
_CODA = r"(?:ch|ng|nh|[cmnpt])?"
_SYLLABLE = re.compile(f"{_ONSET}{_RIME}{_CODA}")
_MISSPELT = re.compile(r"(?:ng|c)[iey]|g[ey]|k[aou]|(?:ngh|gh)[aouy]")


def looks_vietnamese(folded: str) -> bool:
    """Whether a folded word is built like a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(folded) is not None and not _MISSPELT.match(folded)


def decode_telex(word: str) -> str | None:
    """`coong` -> `công`, `tacs` -> `tác`; None if the word holds no Telex mark."""
    letters: list[str] = []
    tone = ""
    changed = False
    for key in word.lower():
        vowels = [i for i, letter in enumerate(letters) if letter in _VOWELS and not _is_glide(letters, i)]
        if vowels and key in _TELEX_TONES:
            tone = _TELEX_TONES[key]
        elif key == "w":
            if not _horn(letters, vowels):
                letters.append("ư")
        elif key in _CIRCUMFLEX and any(letters[i] == key for i in vowels):
            letters[next(i for i in reversed(vowels) if letters[i] == key)] = _CIRCUMFLEX[key]
        elif key == "d" and letters and letters[0] == "d":
            letters[0] = "đ"
        else:
            letters.append(key)
            continue
        changed = True
    return _spelled(letters) + tone if changed else None


def decode_vni(word: str) -> str | None:
    """`co6ng` -> `công`, `tac1` -> `tác`; None if the word holds no VNI mark."""
    letters: list[str] = []
    tone = ""
    changed = False
    for key in word.lower():
        vowels = [i for i, letter in enumerate(letters) if letter in _VOWELS]
        if not key.isdigit():
            letters.append(key)
            continue
        changed = True
        if key in _VNI_TONES and vowels:
            tone = _VNI_TONES[key]
        elif key == "6" and any(letters[i] in _CIRCUMFLEX for i in vowels):
            place = next(i for i in reversed(vowels) if letters[i] in _CIRCUMFLEX)
            letters[place] = _CIRCUMFLEX[letters[place]]
        elif key == "7" and vowels and _horn(letters, [i for i in vowels if letters[i] != "a"]):
            continue
        elif key == "8" and any(letters[i] == "a" for i in vowels):
            letters[next(i for i in reversed(vowels) if letters[i] == "a")] = "ă"
        elif key == "9" and letters and letters[0] == "d":
            letters[0] = "đ"
        else:
            return None
    return _spelled(letters) + tone if changed else None


def compose(canonical_form: str) -> str:
    """The spelling of a canonical form: its tone mark put on the vowel where Vietnamese writes it."""
    letters = canonical_form.rstrip(TONES)
    tone = canonical_form[len(letters) :]
    if not tone:
        return letters
    vowels = [i for i, c in enumerate(letters) if c in _VOWELS and not _is_glide(list(letters), i)]
    if not vowels:
        return letters
    marked = [i for i in vowels if letters[i] in "ăâêôơư"]
    if marked:
        place = marked[-1]
    elif len(vowels) == 1 or vowels[-1] == len(letters) - 1:
        place = vowels[0] if len(vowels) <= 2 else vowels[1]  # noqa: PLR2004 - one, two or three vowels
    else:
        place = vowels[-1]
    return unicodedata.normalize("NFC", letters[: place + 1] + tone + letters[place + 1 :])


def _spelled(letters: list[str]) -> str:
    """The letters put together; nothing ends in ươ, so that the horn of an open `uo` is on the o: `thuở`."""
    text = "".join(letters)
    return f"{text[:-2]}uơ" if text.endswith("ươ") else text


def _horn(letters: list[str], vowels: list[int]) -> bool:
    """Put the horn (or breve) of a `w` on the vowels it belongs to."""
    text = "".join(letters)
    pair = text.rfind("uo")
    if pair >= 0 and pair in vowels:
        letters[pair], letters[pair + 1] = "ư", "ơ"
        return True
    for i in reversed(vowels):
        if letters[i] in _HORN:
            letters[i] = _HORN[letters[i]]
            if letters[i] == "ơ" and i and letters[i - 1] == "u" and i + 1 < len(letters):
                letters[i - 1] = "ư"
            return True
        if letters[i] == "a":
            letters[i] = "ă"
            return True
    return False


def _is_glide(letters: list[str], place: int) -> bool:
    """The u of qu and the i of gi before another vowel belong to the consonant."""
    if place != 1 or len(letters) <= place + 1 or letters[place + 1] not in _VOWELS:
        return False
    return (letters[0], letters[1]) in (("q", "u"), ("g", "i"))
