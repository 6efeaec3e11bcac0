"""What was read out of a passage or a sentence, kept for the next question that meets it again."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar

LONGEST_REMEMBERED = 5000
"""Characters; longer than passages and questions are."""

P = ParamSpec("P")
T = TypeVar("T")


def remembered(
    most: int, longest: int = LONGEST_REMEMBERED
) -> Callable[[Callable[Concatenate[str, P], T]], Callable[Concatenate[str, P], T]]:
    """Keep what a function tells of the texts that were asked for last; longer texts are not kept.

    Args:
        most: so many texts. What is told of them must not be changed by whoever asks.
        longest: characters of a text that is kept.
    """

    def remember(work: Callable[Concatenate[str, P], T]) -> Callable[Concatenate[str, P], T]:
        kept = lru_cache(maxsize=most)(work)

        @wraps(work)
        def told(text: str, /, *args: P.args, **kwargs: P.kwargs) -> T:
            if len(text) > longest:
                return work(text, *args, **kwargs)
            return kept(text, *args, **kwargs)  # type: ignore[arg-type] # P cannot say that they are hashable

        return told

    return remember
