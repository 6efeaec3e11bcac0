"""A picture of a page -> one that is easily recognised: even paper, no stamp, upright lines, letters large enough."""

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

Grey = NDArray[np.float32]
Corners = tuple[float, float, float, float]

COARSEST, FINEST = 200, 300
"""Dots per inch: pictures are brought between these."""
_REDUCED = 4
"""Paper and slope are looked at on a picture so much smaller."""
_STROKES = 9  # reduced pixels; a wider dark place is a stain, a picture or a rule, no letter
_SMOOTH = 15
_INK = 150  # of 255, on even paper
_STEEPEST = 6.0  # degrees
_STEPS = (1.0, 0.25, 0.05)
_UPRIGHT = 0.05
_SOFT = 0.5  # pixels, against grain
_BLACK, _WHITE = 1, 60  # percentiles that become 0 and 255
_LEAST_BLACK = 90.0
"""On a page of a few words the darkest percent is paper."""
_LONG_RULE, _THICK_RULE = 60, 4  # points
_FAINT = 200


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A picture made ready.

    Attributes:
        pixels: (height, width) uint8, ink dark.
        slope: degrees by which it was turned back, clockwise positive as it lay.
        scale: its pixels to one of the picture as given.
        dots_per_inch: of its own pixels.
        size: width and height of the picture as given, turned by `quarters`.
        quarters: by how many quarters it was turned clockwise beforehand.
        horizontal, vertical: ruled lines as (left, top, right, bottom) in its own pixels; they are no longer in it.
    """

    pixels: NDArray[np.uint8]
    slope: float
    scale: float
    dots_per_inch: float
    size: tuple[int, int]
    quarters: int = 0
    horizontal: list[Corners] = field(default_factory=list)
    vertical: list[Corners] = field(default_factory=list)

    def as_given(self, box: Corners) -> Corners:
        """Where a box of this picture lies in the picture as it was given."""
        width, height = self.size
        middle_x, middle_y = width / 2, height / 2
        turn = math.radians(self.slope)
        points = []
        for x in (box[0], box[2]):
            for y in (box[1], box[3]):
                across, down = x / self.scale - middle_x, y / self.scale - middle_y
                points.append(
                    self._turned_back(
                        across * math.cos(turn) - down * math.sin(turn) + middle_x,
                        across * math.sin(turn) + down * math.cos(turn) + middle_y,
                    )
                )
        xs, ys = zip(*points, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def _turned_back(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.size
        match self.quarters % 4:
            case 1:
                return y, width - x
            case 2:
                return width - x, height - y
            case 3:
                return height - y, x
            case _:
                return x, y


def prepared(picture: Image.Image, dots_per_inch: float, quarters: int = 0) -> PagePicture:
    """Make a picture ready.

    Args:
        picture: of a page, in any mode.
        dots_per_inch: of it.
        quarters: by which it has to be turned clockwise to stand upright.
    """
    if quarters % 4:
        picture = picture.transpose(_TURNS[quarters % 4])
    given = picture.size
    grey = _even(_without_colours(picture))
    slope = _slope(grey)
    if abs(slope) > _UPRIGHT:
        turned = Image.fromarray(grey.astype(np.uint8)).rotate(slope, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(turned).astype(np.float32)
    scale = min(max(dots_per_inch, COARSEST), FINEST) / dots_per_inch
    if abs(scale - 1) > 0.02:  # noqa: PLR2004
        size = (max(round(grey.shape[1] * scale), 1), max(round(grey.shape[0] * scale), 1))
        resized = Image.fromarray(grey.astype(np.uint8)).resize(size, Image.Resampling.LANCZOS)
        grey = np.asarray(resized).astype(np.float32)
    grey = ndimage.gaussian_filter(grey, _SOFT)
    low, high = min(float(np.percentile(grey, _BLACK)), _LEAST_BLACK), np.percentile(grey, _WHITE)
    grey = np.clip((grey - low) / max(float(high - low), 1.0) * 255, 0, 255)
    horizontal, vertical = _take_rules(grey, dots_per_inch * scale)
    return PagePicture(
        grey.astype(np.uint8), slope, scale, dots_per_inch * scale, given, quarters % 4, horizontal, vertical
    )


_TURNS = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}


def _without_colours(picture: Image.Image) -> NDArray[np.uint8]:
    """The brightest of the three colours at each point: red stamps and yellow stains nearly vanish, black ink stays."""
    if picture.mode in ("1", "L", "I;16", "I", "F"):
        return np.asarray(picture.convert("L"))
    if picture.mode in ("RGBA", "LA", "PA", "P"):
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, (255, 255, 255, 255))
        picture = Image.alpha_composite(paper, picture)
    red, green, blue = picture.convert("RGB").split()
    brightest: NDArray[np.uint8] = np.maximum(np.maximum(np.asarray(red), np.asarray(green)), np.asarray(blue))
    return brightest


def _even(grey: NDArray[np.uint8]) -> Grey:
    """The picture divided by what its paper looks like, so that paper is white everywhere."""
    height, width = grey.shape
    reduced = _reduced(grey)
    paper = ndimage.uniform_filter(ndimage.maximum_filter(reduced, size=_STROKES), size=_SMOOTH)
    whole = np.asarray(Image.fromarray(paper).resize((width, height), Image.Resampling.BILINEAR))
    even: Grey = np.clip(grey / np.maximum(whole, 1.0) * 255, 0, 255).astype(np.float32)
    return even


def _reduced(grey: NDArray[np.generic]) -> Grey:
    height, width = grey.shape
    size = (max(width // _REDUCED, 1), max(height // _REDUCED, 1))
    return np.asarray(Image.fromarray(grey.astype(np.uint8)).resize(size, Image.Resampling.BOX)).astype(np.float32)


def _slope(grey: Grey) -> float:
    """The angle at which turning makes the sharpest lines: where rows of pixels differ most from the next."""
    ink = (_reduced(grey) < _INK + 20).astype(np.float32)
    if ink.mean() < 1e-4:  # noqa: PLR2004 - a blank page
        return 0.0

    def sharpness(angle: float) -> float:
        rows = ndimage.rotate(ink, angle, reshape=False, order=1).sum(axis=1)
        return float((np.diff(rows) ** 2).sum())

    best, reach = 0.0, _STEEPEST
    for step in _STEPS:
        best = max(np.arange(best - reach, best + reach + step / 2, step), key=sharpness)
        reach = step * 4 if step < 1 else 1.0
    return float(best)


def _take_rules(grey: Grey, dots_per_inch: float) -> tuple[list[Corners], list[Corners]]:
    """Ruled lines, taken out of the picture: long thin runs of ink, across or down."""
    least, thickest = round(_LONG_RULE * dots_per_inch / 72), round(_THICK_RULE * dots_per_inch / 72)
    dark = grey < _FAINT
    horizontal = _runs(dark, least, thickest)
    vertical = [(top, left, bottom, right) for left, top, right, bottom in _runs(dark.T, least, thickest)]
    for left, top, right, bottom in (*horizontal, *vertical):
        grey[max(int(top) - 1, 0) : int(bottom) + 2, max(int(left) - 1, 0) : int(right) + 2] = 255
    return horizontal, vertical


def _runs(dark: NDArray[np.bool_], least: int, thickest: int) -> list[Corners]:
    """Boxes of long thin runs along the rows; small gaps and slopes allowed."""
    closed = ndimage.binary_dilation(dark, np.ones((3, 1)))
    long = ndimage.binary_opening(closed, np.ones((1, least)))
    labels, count = ndimage.label(ndimage.binary_dilation(long, np.ones((3, 9))))
    if not count:
        return []
    found = []
    for rows, columns in ndimage.find_objects(labels):
        if rows.stop - rows.start <= thickest and columns.stop - columns.start >= least:
            found.append((float(columns.start), float(rows.start), float(columns.stop), float(rows.stop)))
    return found
