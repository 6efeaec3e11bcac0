"""Text that some program has spoiled in a known way -> the text it was, where that is beyond doubt."""

import base64
import binascii
import html
import quopri
import re

import ftfy

from corpus.vietnamese import fold, is_syllable, looks_vietnamese, marked_words

_TWICE = re.compile("á[º»]|Ä[\u0090\u0091‘]|Æ[°¡]|Ã[\u00a0-\u00bf]")
"""UTF-8 of Vietnamese letters taken for windows-1252: `á»‡` for ệ, `Æ°` for ư."""
_CERTAIN = re.compile("á[º»].")
_LEAST_CERTAIN = 3
_UNICODE_VIETNAMESE = re.compile("[\u1ea0-\u1ef9\u01a0\u01a1\u01af\u01b0]")
_LOST_SPACE = re.compile(r"(\w*)Ã ([a-z]{1,3})(?!\w)")
"""`này` whose à has lost its second half, a no-break space, to a plain one."""
_QUOTED = re.compile(r"=[0-9A-F]{2}(?:=[0-9A-F]{2})")
_SOFT_BREAK = re.compile(r"=\r?\n")
_LEAST_QUOTED = 5
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_ENTITY = re.compile(r"&(?:amp;)?#(?:\d{3,5}|x[0-9a-fA-F]{2,4});|&(?:amp;)?[AEIOUYaeiouy](?:acute|grave|tilde|circ);")
_LEAST_ESCAPED = 5
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]{80,}")
_MARKED = 5
_DOUBLED = re.compile(r"([^\W\d_])\1")
_LETTER = re.compile(r"[^\W\d_]")
_ALL = 0.95
_LEAST_LETTERS = 40
_SPELLED = re.compile(r"[^\S\n]*\S(?:[^\S\n]+\S){5,}[^\S\n]*", re.MULTILINE)
"""A line of nothing but single characters."""
_TWO_BLANKS = re.compile(r"\s{2,}")
_LONGEST_SYLLABLE = 8
_STRAY_STOP = re.compile(r"\s*([.,;:])\s*")
_STOPS = ".,;:()"


def mend_text(text: str) -> str:
    """Undo what was done to a whole text: e-mail's and JSON's ways of writing letters, entities, letters doubled.

    Nothing is changed unless the outcome reads as Vietnamese and the text did not.
    """
    for undo in (_from_base64, _from_quoted_printable, _from_escapes, _from_doubled):
        mended = undo(text)
        if mended != text and marked_words(mended) >= _MARKED and looks_vietnamese(mended):
            text = mended
    return text


def mend_lines(text: str) -> str:
    """Undo what was done to single lines: UTF-8 taken for windows-1252 and saved again, words spelled by letters."""
    if len(_CERTAIN.findall(text)) >= _LEAST_CERTAIN:
        text = "\n".join(_once(line) for line in text.split("\n"))
    return _SPELLED.sub(lambda line: _together(line[0]), text)


def _once(line: str) -> str:
    if not _TWICE.search(line) or _UNICODE_VIETNAMESE.search(line):
        return line
    mended = ftfy.fix_encoding(_LOST_SPACE.sub(_whole_syllable, line))
    return mended if looks_vietnamese(mended) and not _TWICE.search(mended) else line


def _whole_syllable(match: re.Match[str]) -> str:
    whole = f"{match[1]}à{match[2]}"
    return f"{match[1]}Ã\u00a0{match[2]}" if is_syllable(whole.lower()) else match[0]


def _together(line: str) -> str:
    """A line spelled letter by letter (`Q U Y Ế T   Đ Ị N H`) in words; left as it is if they are no syllables."""
    if line.isascii():
        return line
    parts = ["".join(part.split()) for part in _TWO_BLANKS.split(line.strip())]
    words = parts if len(parts) > 1 else (_syllables(parts[0]) or parts)
    whole = all(is_syllable(word.lower().strip(_STOPS)) for word in words if not word.isnumeric())
    return _STRAY_STOP.sub(r"\1 ", " ".join(words)).strip() if whole else line


def _syllables(letters: str) -> list[str]:
    """A run of letters in as few syllables as can be, few of them beginning with a vowel; none if it has others."""
    best: list[tuple[int, int, list[str]] | None] = [(0, 0, [])]
    for end in range(1, len(letters) + 1):
        found = [
            (count + 1, bare + (fold(syllable[0]) in "aeiouy"), [*words, syllable])
            for start in range(max(0, end - _LONGEST_SYLLABLE), end)
            if (before := best[start]) is not None
            for count, bare, words in (before,)
            if is_syllable((syllable := letters[start:end]).lower().strip(_STOPS))
        ]
        best.append(min(found, key=lambda each: each[:2], default=None))
    last = best[-1]
    return last[2] if last else []


def _from_quoted_printable(text: str) -> str:
    if len(_QUOTED.findall(text)) < _LEAST_QUOTED:
        return text
    try:
        return quopri.decodestring(_SOFT_BREAK.sub("", text).encode()).decode("utf-8")
    except UnicodeDecodeError:
        return text


def _from_base64(text: str) -> str:
    found = _BASE64.fullmatch(text.strip())
    if found is None:
        return text
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return text


def _from_escapes(text: str) -> str:
    if len(_ESCAPED.findall(text)) >= _LEAST_ESCAPED:
        text = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text).replace("\\n", "\n").replace('\\"', '"')
    if len(_ENTITY.findall(text)) >= _LEAST_ESCAPED:
        text = html.unescape(html.unescape(text) if "&amp;#" in text else text)
    return text


def _from_doubled(text: str) -> str:
    letters = len(_LETTER.findall(text))
    if letters < _LEAST_LETTERS or 2 * len(_DOUBLED.findall(text)) < _ALL * letters:
        return text
    return re.sub(r"(\S)\1", r"\1", text)
