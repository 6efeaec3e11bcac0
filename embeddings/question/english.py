"""Questions in English put into Vietnamese words: enough to search and to read with, not to be shown.

Phrases of data/english.txt are replaced, the longest that fits first; what is not listed stays (names, numbers, codes).
The order of the words is that of English, but for question words, which Vietnamese puts where the answer would stand
and readers understand anywhere.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files

from corpus.vietnamese import is_syllable
from embeddings.syllables import is_marked

_WORD = re.compile(r"\d+(?:[.,/-]\w+)+|[^\W_]+(?:['’][^\W_]+)?")
_TELLING = frozenset(
    {"what", "who", "whom", "whose", "when", "where", "which", "why", "how", "was", "were", "did", "does", "is", "are"}
    | {"has", "have", "had", "the", "of", "many", "much", "should", "would", "could", "name", "list"}
)
_LEAST_TELLING = 2
_MOST_VIETNAMESE = 0.67
_NUMBERED = re.compile(r"\bNo\.?\s*(?=\d)", re.IGNORECASE)
_MEASURE = re.compile(
    r"^(?:what|which) (?:is|was|are|were|will be) (?:the |a |an )?(?:\w+ ){0,3}?(?:fees?|prices?|costs?|amount|number"
    r"|rate|allowance|budget|sum|total|percentage|share|level|salary|fine|penalty|tax|area|population|distance|length|value"
    r"|quota|subsidy|deposit|charge|age|size|threshold|limit)\b"
)
"""Questions for a measure, which Vietnamese asks with `bao nhiêu` and English with `what`."""
_NOUN_FIRST = re.compile(r"^(?P<ask>gì|ai|khi nào|ở đâu|vì sao|bao nhiêu|như thế nào)\s+(?P<rest>.+)$", re.IGNORECASE)


def is_english(question: str) -> bool:
    """Whether a question is asked in English: its telling words, and few that could be Vietnamese syllables."""
    words = [match.group().lower() for match in _WORD.finditer(question)]
    letters = [word for word in words if word.isalpha()]
    if not letters or any(is_marked(word) for word in letters):
        return False
    telling = sum(word in _TELLING for word in letters)
    foreign = sum(not is_syllable(word) for word in letters)
    return telling >= _LEAST_TELLING or (telling == 1 and foreign > len(letters) * (1 - _MOST_VIETNAMESE))


def in_vietnamese(question: str, is_word: Callable[[str], bool]) -> str:
    """The question with the phrases of the list in Vietnamese; names, numbers and codes as they are.

    Args:
        question: in English.
        is_word: whether the documents have a word; other words in small letters that are not listed are left out.
    """
    text = _NUMBERED.sub("số ", question)
    spans = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    words = [text[start:end].lower().replace("’", "'") for start, end in spans]
    phrases, longest = _phrases()
    pieces: list[str] = []
    place = 0
    while place < len(words):
        for length in range(min(longest, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + length])
            if phrase in phrases and not _is_name(text, spans, place, length):
                if phrases[phrase]:
                    pieces.append(phrases[phrase])
                place += length
                break
        else:
            start, end = spans[place]
            word = text[start:end].removesuffix("'s").removesuffix("’s")
            if not word.islower() or is_word(word):
                pieces.append(word)
            place += 1
    if len(pieces) > 1 and pieces[0] == "nào":
        pieces[:2] = [pieces[1], pieces[0]]
    asked = _asked_last(" ".join(pieces))
    if _MEASURE.match(" ".join(words)) and asked.endswith(" gì"):
        asked = f"{asked.removesuffix(' gì')} là bao nhiêu"
    return asked


def _is_name(text: str, spans: list[tuple[int, int]], place: int, length: int) -> bool:
    """Whether a listed word is a part of a name: a capital beside another one, both spelled as syllables."""
    if length > 1 or place == 0:
        return False
    start, end = spans[place]
    word = text[start:end]
    beside = spans[place - 1 : place] + spans[place + 1 : place + 2]
    around = [text[left:right] for left, right in beside]
    return (
        word[0].isupper()
        and is_syllable(word.lower())
        and any(one[0].isupper() and is_syllable(one.lower()) for one in around)
    )


def _asked_last(text: str) -> str:
    """`ai` and a few others stay in front; the other question words go to the end, as Vietnamese has them."""
    match = _NOUN_FIRST.match(text)
    if not match or match["ask"].lower() in ("ai", "vì sao", "bao nhiêu"):
        return text
    return f"{match['rest']} {match['ask']}"


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    for line in files("embeddings").joinpath("data/english.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            english, _, vietnamese = line.partition(" = ")
            found[english] = "" if vietnamese == "-" else vietnamese
    return found, max(len(english.split()) for english in found)
