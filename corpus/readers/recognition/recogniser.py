"""Pictures of pages recognised side by side, within bounds on their number, size and time."""

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image

from corpus.errors import UnreadableError
from corpus.readers.reader_limits import Limits
from corpus.readers.recognition.page_picture import PagePicture, prepared
from corpus.readers.recognition.tesseract import FoundWord, quarters_to_upright, words_on

_SIDE_BY_SIDE = 4
"""More would need more memory than reading one file may take."""
_BLANK = 3e-5  # share of a page that is ink
_DARK = 128
_GOOD_WORD, _GOOD_PAGE = 0.6, 0.5
_LETTERS = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What was recognised on a picture of a page, and the picture as it was made ready."""

    picture: PagePicture
    words: list[FoundWord]


def recognise(pictures: Iterable[tuple[Image.Image | None, float]], limits: Limits) -> Iterator[Reading | None]:
    """Recognise pictures, in their order.

    Args:
        pictures: of pages, each with its dots per inch; taken one after the other, a few at a time; None for a page
            that cannot be shown.
        limits: of the file they belong to.

    Yields:
        What was recognised; None for a picture at which Tesseract failed, whose words run up or down whichever way it
        is turned, or for which no time was left.
    """
    deadline = time.monotonic() + limits.recognising_seconds
    _allow_more_time(limits.recognising_seconds)
    side_by_side = min(_SIDE_BY_SIDE, os.cpu_count() or 1)
    with ThreadPoolExecutor(side_by_side) as executor:
        waiting: deque[Future[Reading | None]] = deque()
        for picture, dots_per_inch in pictures:
            waiting.append(executor.submit(_recognise, picture, dots_per_inch, deadline))
            if len(waiting) > side_by_side:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _recognise(picture: Image.Image | None, dots_per_inch: float, deadline: float) -> Reading | None:
    left = deadline - time.monotonic()
    if left <= 0 or picture is None:
        return None
    ready = prepared(picture, dots_per_inch)
    if (ready.pixels < _DARK).mean() < _BLANK:
        return Reading(ready, [])
    try:
        words = words_on(ready.pixels, ready.dots_per_inch, left)
        if _is_good(words):
            return Reading(ready, words)
        quarters = quarters_to_upright(ready.pixels, ready.dots_per_inch, max(deadline - time.monotonic(), 1.0))
        on_its_side = _stand_on_end(words)
        for turn in [quarters] if quarters or not on_its_side else [1, 3]:
            if not turn:
                continue
            turned = prepared(picture, dots_per_inch, turn)
            better = words_on(turned.pixels, turned.dots_per_inch, max(deadline - time.monotonic(), 1.0))
            if _worth(better) > _worth(words):
                return Reading(turned, better)
    except UnreadableError:
        return None
    return None if on_its_side else Reading(ready, words)


def _is_good(words: list[FoundWord]) -> bool:
    """Whether most of what was recognised is sure and lies in lines; a page on its side gives rubbish, or words astray.

    Tesseract reads some of what lies on its side as well, but its words in any order.
    """
    long = [word for word in words if len(word.text) >= _LETTERS]
    sure = sum(word.confidence >= _GOOD_WORD for word in long) > _GOOD_PAGE * len(long)
    return sure and not _stand_on_end(words)


def _stand_on_end(words: list[FoundWord]) -> bool:
    """Whether most words run up or down the picture."""
    long = [word for word in words if len(word.text) >= _LETTERS]
    return sum(not _lies(word) for word in long) > _GOOD_PAGE * len(long)


def _lies(word: FoundWord) -> bool:
    left, top, right, bottom = word.box
    return right - left > bottom - top


def _worth(words: list[FoundWord]) -> float:
    """How many letters are sure, of words that lie in lines as they should."""
    return sum(word.confidence * len(word.text) for word in words if word.confidence >= _GOOD_WORD and _lies(word))


def _allow_more_time(seconds: float) -> None:
    """Have this process, if its processor time is bound, take so many seconds more."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        more = soft + int(seconds) * _SIDE_BY_SIDE
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (more if hard < 0 else min(more, hard), hard))
