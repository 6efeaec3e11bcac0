"""RTF as a row of tokens: groups, control words, letters with their encodings undone."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_CHARSETS = {
    0: "cp1252",
    2: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_FONT = re.compile(r"\\f(\d+)\b[^{}]*?\\fcharset(\d+)")
_CODE_PAGE = re.compile(r"\\ansicpg(\d+)")
_FONT_TABLE = 200_000  # characters


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        kind: `open`, `close`, `word`, `sign` (a backslash and a character that is no letter) or `text`.
        text: the word, the sign or the letters.
        number: behind a word, None without one.
    """

    kind: str
    text: str = ""
    number: int | None = None


def tokens_of(raw: bytes) -> Iterator[Token]:
    """The tokens of a file; binary data are skipped, letters come decoded."""
    text = raw.decode("latin-1")
    page = _CODE_PAGE.search(text[:2000])
    default = _known(f"cp{page[1]}" if page else "cp1252")
    start = text.find("\\fonttbl")
    fonts = {
        font: _known(_CHARSETS.get(int(charset), default)) if charset != "0" else default
        for font, charset in _FONT.findall(text[start : start + _FONT_TABLE] if start >= 0 else "")
    }
    yield from _Decoder(fonts, default).tokens(text)


class _Decoder:
    """Gathers bytes until they can be decoded, in the encoding of the font that holds."""

    def __init__(self, fonts: dict[str, str], default: str) -> None:
        self._fonts = fonts
        self._default = default
        self._stack: list[tuple[str, int]] = []
        self._encoding = default
        self._substitutes = 1  # characters behind \uN that stand in for it
        self._skip = 0
        self._bytes = bytearray()

    def tokens(self, text: str) -> Iterator[Token]:
        position = 0
        while (match := _TOKEN.match(text, position)) is not None:
            position = match.end()
            word, number, code, sign, brace, letters = match.groups()
            if code:
                self._take(bytes.fromhex(code))
                continue
            if letters:
                dropped = min(self._skip, len(letters))
                self._skip -= dropped
                self._bytes += letters[dropped:].encode("latin-1")
                continue
            if word == "u" and number:
                yield from self._flushed()
                self._skip = self._substitutes
                yield Token("text", chr(int(number) % 0x10000))
                continue
            if brace or word or sign:
                yield from self._flushed()
                self._skip = 0
            if brace:
                yield self._group(brace)
            elif word == "bin" and number:
                position += max(int(number), 0)
            elif word:
                value = int(number) if number else None
                self._note(word, value)
                yield Token("word", word, value)
            elif sign:
                yield Token("sign", sign)
        yield from self._flushed()

    def _take(self, code: bytes) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes += code

    def _group(self, brace: str) -> Token:
        if brace == "{":
            self._stack.append((self._encoding, self._substitutes))
            return Token("open")
        if self._stack:
            self._encoding, self._substitutes = self._stack.pop()
        return Token("close")

    def _note(self, word: str, number: int | None) -> None:
        if word == "f" and number is not None:
            self._encoding = self._fonts.get(str(number), self._default)
        elif word == "plain":
            self._encoding = self._default
        elif word == "uc" and number is not None:
            self._substitutes = max(number, 0)

    def _flushed(self) -> Iterator[Token]:
        if self._bytes:
            yield Token("text", bytes(self._bytes).decode(self._encoding, "replace"))
            self._bytes.clear()


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return "cp1252"
