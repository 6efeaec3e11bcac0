"""What a picture of a page is to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """One page, and what is framed on it.

    Attributes:
        page: its number, from 1.
        quotes: words to be looked for on it and framed.
        boxes: left, top, right, bottom in points from the upper left corner of the page, where that is known already.
    """

    page: int
    quotes: tuple[str, ...] = ()
    boxes: tuple[tuple[float, float, float, float], ...] = ()
