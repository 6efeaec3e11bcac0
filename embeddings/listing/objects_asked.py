"""What the verb of a question is done to (`đổi mới cái gì`, `xây dựng tiêu chuẩn gì`): its objects, and no others'."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.extraction.enumerations import bare, begins_with_verb, leading_verb_end
from embeddings.syllables import token_spans

Span = tuple[int, int]

_WHAT = re.compile(r"(?P<filler>(?:\b(?:những|các|cái|điều|việc)\s+)*)\bgì\b")
_ENDS = re.compile(
    r"[;.:…\n–]|,?\s(?:để|nhằm|từ đó|nhất là|trong đó|góp phần|đồng thời|gắn với|trên cơ sở|thông qua|tuy|nhưng|song"
    r"|vì vậy|vì thế|do đó|bởi vậy)\s"
    r"|,\svề\s"
)
_HOW = re.compile(
    r"\s*(?:mạnh mẽ|tốt|có hiệu quả|hiệu quả|quyết liệt|sâu rộng|đồng bộ|thiết thực|kịp thời)\b", re.IGNORECASE
)
_JOINT = re.compile(r",\s+(?:và\s+)?|\s+và\s+")
_OWNER = re.compile(r"\s(?:của|ở|cho)\s")
_LONGEST_RUN, _LONGEST = 8, 24
"""Words of the question before `gì` that a text may have side by side, and of the objects."""


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of a verb.

    Attributes:
        span: of all of them, one stretch.
        sentence: they stand in.
    """

    span: Span
    sentence: Span


def objects_asked(question: str, text: str, share: Callable[[str], float]) -> Objects | None:
    """The objects of the verb in front of `gì` where a text has it, up to the next verb of the same rank.

    Args:
        question: with its marks restored.
        text: where to look.
        share: how much of the question a sentence says; of several places the one that says most counts.

    Returns:
        None where the question asks for no object, the text has no such verb, or two places are as good.
    """
    asked = _WHAT.search(question.lower())
    if asked is None:
        return None
    before = question[: asked.start()]
    words = [fold(before[start:end]) for start, end in token_spans(before)][-_LONGEST_RUN:]
    if words[-1:] == ["la"]:  # what something is, and not what is done to it
        return None
    for length in range(len(words), 0, -1):
        found = list(_found(text, words[-length:], named=not asked["filler"]))
        if found:
            values = [(share(text[slice(*one.sentence)]), share(text[slice(*one.span)])) for one in found]
            most = max(values)
            best = {one.span: one for one, value in zip(found, values, strict=True) if value == most}
            return _without_asked(text, next(iter(best.values())), question) if len(best) == 1 else None
    return None


def _found(text: str, run: list[str], *, named: bool) -> Iterator[Objects]:
    """Each place with a run of words of which one begins a verb, and what that verb is done to.

    Args:
        text: where to look.
        run: folded words.
        named: whether words behind the verb name what is asked for and belong to it (`tiêu chuẩn gì`).
    """
    places = token_spans(text)
    folded = [fold(text[start:end]) for start, end in places]
    for place in range(len(folded) - len(run)):
        if folded[place : place + len(run)] != run:
            continue
        last = places[place + len(run) - 1][1]
        verb = _verbs_end(text, [places[one][0] for one in range(place, place + len(run))], last)
        if verb is None:
            continue
        sentence = next(span for span in sentence_spans(text) if span[0] <= places[place][0] < span[1])
        how = _HOW.match(text, verb)
        start = (how.end() if how else verb) if named else last
        span = bare(text, start, _end(text, last, sentence[1]))
        if span[1] > last and len(text[slice(*span)].split()) <= _LONGEST:
            yield Objects(span, sentence)


def _verbs_end(text: str, places: list[int], limit: int) -> int | None:
    """Where the verbs end that words begin with or have side by side (`đã tạo`, `đổi mới, nâng cao`)."""
    verbs = None
    for place in places:
        if verbs is not None and place < verbs:
            continue
        end = leading_verb_end(text, place) if begins_with_verb(text, place) else None
        if end is not None and end <= limit:
            verbs = end
        elif verbs is not None:
            break
    return verbs


def _without_asked(text: str, found: Objects, question: str) -> Objects:
    """Objects without whose they are, where the question says that itself (`tinh thần trách nhiệm của cán bộ`)."""
    known = {fold(question[start:end]) for start, end in token_spans(question)}
    for owner in _OWNER.finditer(text, *found.span):
        rest = [fold(text[owner.end() :][a:b]) for a, b in token_spans(text[owner.end() : found.span[1]])]
        if rest and known.issuperset(rest):
            return Objects((found.span[0], owner.start()), found.sentence)
    return found


def _end(text: str, start: int, limit: int) -> int:
    """Where objects end: before another verb behind a comma or `và`, a clause of its own, or the sentence's end."""
    stop = _ENDS.search(text, start, limit)
    limit = stop.start() if stop else limit
    for joint in _JOINT.finditer(text, start, limit):
        if begins_with_verb(text, joint.end()):
            return joint.start()
    return limit
