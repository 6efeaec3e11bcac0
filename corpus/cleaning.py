"""Bytes and strings of any origin -> clean text: one encoding, one normal form, one kind of space and newline."""

import re
import unicodedata
from itertools import pairwise

import charset_normalizer
import viparse

from corpus.errors import UnreadableError
from corpus.mending import mend_lines
from corpus.vietnamese import looks_vietnamese, marked_words, syllable_share

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# Single-byte encodings of Vietnamese offices: TCVN3 and VNI files are read as windows-1252 and then repaired.
_LEGACY_CODEPAGES = ("windows-1258", "windows-1252")
_LEGACY_NAMES = ("tcvn3", "vni", "viscii", "vps")
_NEWLINES = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0001\U000e0020-\U000e007f]"
)
_SPACES = re.compile(r"(?:[^\S\n]|\u2800|\u3164|\u115f|\u1160|&nbsp;)+")
_BLANK_LINES = re.compile(r"\n{3,}")
_HIGH_LATIN = re.compile("[\u0080-\u009f\u00a1-\u00ac\u00ae-\u00ff\u0152-\u0178\u02c6\u02dc\u2013-\u2122]")
_UNICODE_VIETNAMESE = re.compile("[\u1ea0-\u1ef9\u01a0\u01a1\u01af\u01b0]")
_HIGH_LETTERS = 2
_CLEARLY_BETTER = 0.15  # of the words with marks
_MARKED_WORDS = 5  # in all lines to be repaired; fewer prove nothing
_NEW_ITEM = re.compile(r"[-–+*•]|\(?(?:\d{1,2}|[a-zđ]|[ivxIVX]{1,4})[.)/]\s|(?:Điều|Chương|Mục|Phần) ")
_TORN_LENGTH = 25  # shorter lines are verse or a list
_WRAPPED_LINES = 4
_WRAPPED_SHARE = 0.15
_BINARY_SHARE = 0.02
_MAX_PASSES = 4


def decode(raw: bytes) -> str:
    """Read bytes of unknown encoding as text.

    Tried in this order: a byte order mark, UTF-8, UTF-16 without a mark, the single-byte encodings Vietnamese offices
    used (the reading with most Vietnamese syllables wins), and last what charset-normalizer guesses.

    Raises:
        UnreadableError: if there is nothing but white space, or the bytes are not text.
    """
    if not raw.strip(b"\x00 \t\r\n"):
        raise UnreadableError("it is empty")
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _text_or_refuse(raw[len(mark) :].decode(encoding, errors="replace"))
    try:
        return _text_or_refuse(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        cut_at_the_end = error.reason == "unexpected end of data"
        if cut_at_the_end or error.start > len(raw) // 2:
            return _text_or_refuse(raw.decode("utf-8", errors="replace"))
    if (encoding_without_mark := _utf16_without_mark(raw)) is not None:
        return _text_or_refuse(raw.decode(encoding_without_mark, errors="replace"))
    if b"\x00" in raw:
        raise UnreadableError("it is binary, not text")
    return _text_or_refuse(_decode_single_byte(raw))


def clean(text: str) -> str:
    """Bring text to one form without changing its words; cleaning it again changes nothing.

    NFC; legacy TCVN3, VNI, VISCII and VPS lines turned into Unicode, lines spoilt by a second encoding mended; every
    kind of space one plain space; zero-width and control characters gone; line feeds for newlines, at most one blank
    line in a row; no white space at the ends of a line.
    """
    for _ in range(_MAX_PASSES):
        cleaned = _clean_once(text)
        if cleaned == text:
            break
        text = cleaned
    return text


def _clean_once(text: str) -> str:
    text = repair_lines(text)  # first: the soft hyphen is TCVN3's ư, and what looks like a newline half of a letter
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    text = _SPACES.sub(" ", text)
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", text).strip()


def unwrap(text: str) -> str:
    """Join the lines of paragraphs that were broken at a fixed width, as text taken out of PDF or e-mail is.

    A text counts as broken so if many of its lines go on in small letters on the next; any other text is left as it is.
    """
    lines = text.split("\n")
    pairs = [(above, below) for above, below in pairwise(lines) if above and below]
    torn = sum(len(above) >= _TORN_LENGTH and _goes_on(above, below) for above, below in pairs)
    if torn < _WRAPPED_LINES or torn < len(pairs) * _WRAPPED_SHARE:
        return text
    width = sorted(map(len, lines))[int(len(lines) * 0.9)]
    joined = lines[:1]
    for above, below in pairwise(lines):
        full = len(above) > width * 0.8 and above[-1:] not in tuple(".:;!?…") and not _NEW_ITEM.match(below)
        if above and below and (_goes_on(above, below) or full):
            joined[-1] += " " + below
        else:
            joined.append(below)
    return "\n".join(joined)


def _goes_on(above: str, below: str) -> bool:
    return below[0].islower() and above[-1] not in ".:;!?…" and not _NEW_ITEM.match(below)


def repair_lines(text: str) -> str:
    """Lines that were spoilt or typed in an old encoding as they were meant (see `mend_lines`, `repair_legacy`); NFC.

    Lines may be joined where their newlines were halves of letters.
    """
    return repair_legacy(unicodedata.normalize("NFC", _NEWLINES.sub("\n", mend_lines(text))))


def repair_legacy(text: str) -> str:
    """Turn lines typed in TCVN3, VNI, VISCII or VPS fonts into Unicode; every other line stays as it is.

    A line is touched only if it holds letters those encodings leave behind and none of Unicode's own Vietnamese ones,
    does not read as Vietnamese as it stands, and does after the repair; beside such lines also one that reads clearly
    better after it. The encoding is found once for the whole text, since a single line says too little.
    """
    lines = text.split("\n")
    suspects = [number for number, line in enumerate(lines) if _is_legacy_suspect(line)]
    if not suspects:
        return text
    together = "\n".join(lines[number] for number in suspects)
    repairs = {name: viparse.fix(together, encoding=name) for name in _LEGACY_NAMES}
    name = max(repairs, key=lambda name: syllable_share(repairs[name]))
    if marked_words(repairs[name]) < _MARKED_WORDS:
        return text
    certain = set(suspects)
    for number, line in enumerate(lines):
        if number not in certain and not _could_be_legacy(line):
            continue
        repaired = unicodedata.normalize("NFC", viparse.fix(line, encoding=name))
        better = number in certain or syllable_share(repaired) >= syllable_share(line) + _CLEARLY_BETTER
        if better and "\n" not in repaired and looks_vietnamese(repaired) and not _is_legacy_suspect(repaired):
            lines[number] = repaired
    return "\n".join(lines)


def _could_be_legacy(line: str) -> bool:
    """Whether a line beside others in an old encoding may be in it too, though many of its words are syllables."""
    return _HIGH_LATIN.search(line) is not None and _UNICODE_VIETNAMESE.search(line) is None


def _is_legacy_suspect(line: str) -> bool:
    if len(_HIGH_LATIN.findall(line)) < _HIGH_LETTERS or _UNICODE_VIETNAMESE.search(line):
        return False
    return not looks_vietnamese(line)


def _utf16_without_mark(raw: bytes) -> str | None:
    sample = raw[:4096]
    half = len(sample) // 2 or 1
    if sample[1::2].count(0) > half * 0.4 and sample[0::2].count(0) < half * 0.05:
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.4 and sample[1::2].count(0) < half * 0.05:
        return "utf-16-be"
    return None


def _decode_single_byte(raw: bytes) -> str:
    readings = [raw.decode(codepage, errors="replace") for codepage in _LEGACY_CODEPAGES]
    best = max(readings, key=lambda reading: syllable_share(clean(reading)))
    if looks_vietnamese(clean(best)):
        return best
    guess = charset_normalizer.from_bytes(raw).best()
    if guess is None:
        raise UnreadableError("its encoding is unknown; save it as UTF-8")
    return str(guess)


def _text_or_refuse(text: str) -> str:
    odd = sum(text.count(character) for character in map(chr, (*range(9), *range(14, 27), *range(28, 32), 0xFFFD)))
    if odd > max(1, len(text) * _BINARY_SHARE):
        raise UnreadableError("it is binary, not text")
    if not clean(text):
        raise UnreadableError("it is empty")
    return text
