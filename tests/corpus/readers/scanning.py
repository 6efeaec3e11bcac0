"""Scans that tests make themselves: printed pages as pictures, then stained, stamped, tilted and blurred."""

import io
import math
from dataclasses import dataclass

import numpy as np
import pypdfium2
from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFilter
from scipy import ndimage

DOTS_PER_INCH = 200


@dataclass(frozen=True)
class Damage:
    """What happens to a page: degrees, pixels, shades of 255, how many stains, share that fades, quality of JPEG."""

    tilt: float
    blur: float
    grain: float
    stains: int
    fading: float
    quality: int


DAMAGES = (
    None,
    Damage(tilt=0.4, blur=0.3, grain=5, stains=1, fading=0.03, quality=85),
    Damage(tilt=1.2, blur=0.6, grain=10, stains=3, fading=0.08, quality=70),
    Damage(tilt=2.2, blur=0.9, grain=16, stains=5, fading=0.15, quality=55),
)
"""By strength: none, as a good scanner does, as an old copier does, as a telephone in a hurry does."""


def pictures_of(pdf: bytes, dots_per_inch: int = DOTS_PER_INCH) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dots_per_inch / 72).to_pil().convert("RGB") for page in document]


def spoilt(picture: Image.Image, strength: int, seed: int = 0) -> Image.Image:
    """The page as a scanner of this strength of damage gives it; the same for the same seed."""
    damage = DAMAGES[strength]
    if damage is None:
        return picture
    random = np.random.default_rng(seed)
    paper = np.asarray(picture).astype(np.float32)
    height, width, _ = paper.shape
    paper = _faded(paper, random, damage.fading) * np.array([0.97, 0.955, 0.92], dtype=np.float32)
    down, across = np.mgrid[0:height, 0:width]
    for _ in range(damage.stains):
        y, x = random.integers(0, height), random.integers(0, width)
        tall, wide = random.integers(height // 20, height // 6), random.integers(width // 20, width // 5)
        inside = np.clip(1 - ((down - y) / tall) ** 2 - ((across - x) / wide) ** 2, 0, 1) ** 0.5
        paper = paper * (1 - inside[..., None] * np.array([0.12, 0.2, 0.35]))
    stamped = _stamped(Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8)))
    tilted = stamped.rotate(tilt_of(strength, seed), resample=Image.Resampling.BICUBIC, fillcolor=(245, 240, 230))
    grainy = np.asarray(tilted.filter(ImageFilter.GaussianBlur(damage.blur))).astype(np.float32)
    packed = io.BytesIO()
    Image.fromarray(np.clip(grainy + random.normal(0, damage.grain, grainy.shape), 0, 255).astype(np.uint8)).save(
        packed, "JPEG", quality=damage.quality
    )
    return Image.open(io.BytesIO(packed.getvalue())).convert("RGB")


def tilt_of(strength: int, seed: int) -> float:
    """Degrees, against the clock, by which a spoilt page lies aslant."""
    damage = DAMAGES[strength]
    return 0.0 if damage is None else damage.tilt * (1 if seed % 2 else -1)


def tilted(box: tuple[float, float, float, float], size: tuple[int, int], degrees: float) -> tuple[float, ...]:
    """Where a box (left, top, right, bottom) of a picture lies once that was turned about its middle."""
    middle_x, middle_y = size[0] / 2, size[1] / 2
    turn = math.radians(degrees)
    points = [
        (
            (x - middle_x) * math.cos(turn) + (y - middle_y) * math.sin(turn) + middle_x,
            -(x - middle_x) * math.sin(turn) + (y - middle_y) * math.cos(turn) + middle_y,
        )
        for x in (box[0], box[2])
        for y in (box[1], box[3])
    ]
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def scanned_pdf(*pictures: Image.Image, dots_per_inch: int = DOTS_PER_INCH) -> bytes:
    """A PDF of nothing but pictures, as scanners write them."""
    size = tuple(side * 25.4 / dots_per_inch for side in pictures[0].size)
    pdf = FPDF(format=(size[0], size[1]))
    pdf.set_margin(0)
    pdf.set_auto_page_break(auto=False)
    for picture in pictures:
        width, height = (side * 25.4 / dots_per_inch for side in picture.size)
        pdf.add_page(format=(width, height))
        pdf.image(picture, 0, 0, width, height)
    return bytes(pdf.output())


def png(picture: Image.Image) -> bytes:
    packed = io.BytesIO()
    picture.save(packed, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return packed.getvalue()


def _faded(paper: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]", random: np.random.Generator, fading: float):  # type: ignore[no-untyped-def]
    height, width, _ = paper.shape
    clouds = ndimage.gaussian_filter(random.random((height // 16 + 1, width // 16 + 1)), 3)
    clouds = (clouds - clouds.min()) / (np.ptp(clouds) + 1e-6)
    whole = np.asarray(Image.fromarray((clouds * 255).astype(np.uint8)).resize((width, height))) / np.float32(255)
    return paper + (255 - paper) * (whole[..., None] * fading * 4)


def _stamped(picture: Image.Image) -> Image.Image:
    """With a red seal over the lower right of the text."""
    seal = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(seal)
    radius, x, y = int(picture.width * 0.09), int(picture.width * 0.62), int(picture.height * 0.80)
    for reach in (radius, radius - 6):
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), outline=(200, 30, 40, 170), width=4)
    draw.regular_polygon((x, y, radius // 4), 5, fill=(200, 30, 40, 170))
    return Image.alpha_composite(picture.convert("RGBA"), seal).convert("RGB")
