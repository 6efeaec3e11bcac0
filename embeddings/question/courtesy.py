"""What people put around a question to be polite, and the letter a question stands in; neither changes what is asked.

Whole phrases are taken off the beginning and the end (data/courtesies.txt), never so much that nothing is left to
ask. Of a text of several sentences those that ask are read, with the one before them where they point back to it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.syllables import agrees, token_spans

_ASKS = re.compile(
    r"\b(?:ai|gi|nao|dau|sao|bao nhieu|may|bao gio|the nao|khi nao|vi sao|tai sao|ra sao|la gi|hay khong|dung khong"
    r"|phai khong|chua|khong)\b"
)
_POINTS_BACK = re.compile(
    r"\b(?:đó|này|ấy|kia|vậy|(?:thế|the)(?! (?:nào|nao|giới|gioi|hệ|he|kỷ|ky)\b)|nói trên|vay"
    r"|họ(?! (?:và )?tên\b)|ho(?= (?:phai|duoc|se|can|la|o|nop)\b)"
    r"|trên(?! (?:địa bàn|cả nước|toàn|thế giới|cơ sở|mạng|\d))|do(?= (?:la|o|phai|duoc|se|khi)\b|\W*$)"
    r"|(?<!\bhiện )(?<!\bhien )(?<!\bnăm )(?<!\bnam )(?<!\bđến )(?<!\bden )(?<!\bhôm )(?<!\bhom )(?<!\blâu )nay)\b",
    re.IGNORECASE,
)
"""Words that point at what was said before, with their marks or without; not `thế nào`, `hiện nay`, `trên địa bàn`."""
_WEAK = frozenset(("cảm ơn", "cám ơn", "trân trọng"))
"""What may also be a part of the question: a courtesy only behind a comma, a full stop or a new line."""
_STANDS_ALONE = 4
"""Words; a shorter sentence lives on the one before it."""

_ASKS_LEAVE = frozenset(("hoi", "biet"))
_SHORTEST_LEAVE = 3
"""Words; shorter phrases that ask leave to ask are also parts of other words (`cho hoi nghi`)."""

_MOST = 6
"""Courtesies taken off one end."""

_LOOKED_AT = 12
_REMEMBERED = 64
"""Sentences: a question's are asked for several times."""
_TAIL = " \t,;:.!?…–-"


@dataclass(frozen=True, slots=True)
class Core:
    """What of a text is the question.

    Attributes:
        text: the question, without courtesies and without a question mark.
        is_part: whether whole sentences were left out.
    """

    text: str
    is_part: bool = False


def core_of(text: str) -> Core:
    """The question in a text; the text itself where nothing in it asks."""
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    kept = _asking(sentences)
    question = _bare(" ".join(kept)) if kept else ""
    if len(kept) < 2:  # noqa: PLR2004 - one sentence: its courtesies are those of the whole
        question = _bare(kept[0]) if kept else ""
    behind = _behind_leave(question)
    is_part = bool(question) and (len(kept) < len(_saying(sentences)) or behind != question)
    return Core(behind or text.strip(), is_part)


def _asking(sentences: list[str]) -> list[str]:
    """The sentences that ask, with the one before them that they live on; all where none asks."""
    saying = _saying(sentences)
    asking = [sentence for sentence in saying if _asks(sentence)]
    if not asking or len(saying) == 1:
        return saying
    first, bare = saying.index(asking[0]), _bare(asking[0])
    if first > 0 and (len(token_spans(bare)) < _STANDS_ALONE or _POINTS_BACK.search(bare)):
        asking.insert(0, saying[first - 1])
    return asking


def _saying(sentences: list[str]) -> list[str]:
    """The sentences that are more than courtesies."""
    return [sentence for sentence in sentences if _bare(sentence)]


def _asks(sentence: str) -> bool:
    return sentence.rstrip().endswith("?") or _ASKS.search(fold(_bare(sentence))) is not None


def _behind_leave(text: str) -> str:
    """What stands behind the words that ask leave to ask (`hôm qua xã tôi họp, cho tôi hỏi …`); all where none do.

    Nothing is left out that asks by itself, or that what stands behind lives on.
    """
    spans = token_spans(text)
    words = [text[start:end] for start, end in spans]
    asking = [place for place, word in enumerate(words) if fold(word) in _ASKS_LEAVE]
    for first in sorted({start for place in asking for start in range(max(1, place - _LOOKED_AT + 1), place)}):
        last = first + _leave(words[first : first + _LOOKED_AT])
        if last == first or len(words) - last < _STANDS_ALONE:
            continue
        before, behind = text[: spans[first][0]], _bare(text[spans[last][0] :])
        lives_on = _asks(before) or _POINTS_BACK.search(behind)
        return behind if _asks(behind) and not lives_on else text
    return text


def _leave(words: list[str]) -> int:
    """How many words at the beginning ask leave to ask; such a phrase names who asks or who is asked."""
    longest = _longest("before", words, _SHORTEST_LEAVE)
    return len(longest) if _ASKS_LEAVE.intersection(map(fold, longest)) else 0


@lru_cache(maxsize=_REMEMBERED)
def _bare(text: str) -> str:
    """A sentence without the courtesies at its ends; empty where it is nothing else."""
    spans = token_spans(text)
    words = [text[start:end] for start, end in spans]
    paused = [_pauses(text, spans, place) for place in range(len(spans) + 1)]
    first, last = 0, len(words)
    for _ in range(_MOST):
        first += _leading(words[first : min(last, first + _LOOKED_AT)], paused[first:])
    for _ in range(_MOST):
        start = max(first, last - _LOOKED_AT)
        last -= _trailing(words[start:last], paused[start:])
    if first >= last:
        return ""
    start = spans[first][0] if first else 0
    end = spans[last - 1][1] if last < len(words) else len(text)
    return text[start:end].strip().rstrip(_TAIL)


def _pauses(text: str, spans: list[tuple[int, int]], place: int) -> bool:
    """Whether there is a comma, a full stop or the end in front of a word."""
    if place in (0, len(spans)):
        return True
    return any(not character.isspace() for character in text[spans[place - 1][1] : spans[place][0]])


def _leading(words: list[str], paused: list[bool]) -> int:
    """How many words at the beginning are a courtesy.

    A single word is one only in front of a pause or of another: `chào mừng` is none.
    """
    longest = len(_longest("before", words))
    if longest > 1 or (longest and (paused[1] or _leading(words[1:], paused[1:]) > 1)):
        return longest
    return 0


def _trailing(words: list[str], paused: list[bool]) -> int:
    """How many words at the end are a courtesy; `thư cảm ơn` holds none, `gì ạ cảm ơn` does."""
    longest = _longest("after", words)
    rest = len(words) - len(longest)
    if " ".join(longest) in _WEAK and not paused[rest] and not _trailing(words[:rest], paused):
        return 0
    return len(longest)


def _longest(place: str, words: list[str], least: int = 1) -> tuple[str, ...]:
    """The longest phrase that words begin with, or end with where `place` is "after"; empty if there is none.

    Marks that were typed count: `chào cờ` greets nobody.
    """
    folded, known = tuple(map(fold, words)), _phrases()[place]
    for count in range(len(words), least - 1, -1):
        some = slice(count) if place == "before" else slice(len(words) - count, None)
        fitting = (phrase for phrase in known.get(folded[some], ()) if all(map(agrees, words[some], phrase)))
        if phrase := next(fitting, None):
            return phrase
    return ()


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[tuple[str, ...], list[tuple[str, ...]]]]:
    """The phrases before and behind a question, word by word, by their folded words.

    `|` in the file separates words to choose from.
    """
    lines = files("embeddings").joinpath("data/courtesies.txt").read_text("utf-8").splitlines()
    found: dict[str, dict[tuple[str, ...], list[tuple[str, ...]]]] = {"before": {}, "after": {}}
    place = ""
    for line in lines:
        if line.startswith("[") and line.endswith("]"):
            place = line[1:-1]
        elif line and not line.startswith("#"):
            for phrase in _alternatives(line):
                found[place].setdefault(tuple(map(fold, phrase)), []).append(phrase)
    return found


def _alternatives(line: str) -> list[tuple[str, ...]]:
    phrases: list[tuple[str, ...]] = [()]
    for word in line.split():
        phrases = [(*phrase, choice) for phrase in phrases for choice in word.split("|")]
    return phrases
