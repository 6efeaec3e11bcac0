"""Tesseract run on one picture: its words, where they stand and how sure it is of them."""

import csv
import io
import os
import re
import subprocess
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.errors import UnreadableError
from corpus.readers.programs import TESSERACT, VIETNAMESE, path_of, tesseract_languages

_WORD_LEVEL = "5"
_KEPT = ("PATH", "HOME", "TMPDIR", "TEMP", "TESSDATA_PREFIX", "SYSTEMROOT")
_ROTATE = re.compile(r"^Rotate: (\d+)$", re.MULTILINE)
_SURE_OF_TURN = re.compile(r"^Orientation confidence: ([\d.]+)$", re.MULTILINE)
_LEAST_SURE_OF_TURN = 2.0


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word on a picture.

    Attributes:
        box: left, top, right, bottom in pixels.
        confidence: 0 to 1.
        line: which of the picture's lines it stands in.
    """

    text: str
    box: tuple[float, float, float, float]
    confidence: float
    line: tuple[int, int, int]


def words_on(pixels: NDArray[np.uint8], dots_per_inch: float, seconds: float) -> list[FoundWord]:
    """The words of a picture, in Tesseract's order.

    Args:
        pixels: (height, width) uint8, ink dark.
        dots_per_inch: of the picture.
        seconds: that it may take.

    Raises:
        UnreadableError: if Tesseract is missing, fails or takes too long.
    """
    said = _run(pixels, ["-l", VIETNAMESE, "--psm", "3", "--dpi", f"{dots_per_inch:.0f}", "tsv"], seconds)
    found = []
    for row in csv.DictReader(io.StringIO(said), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row["level"] != _WORD_LEVEL or not text:
            continue
        left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
        line = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
        box = (left, top, left + width, top + height)
        found.append(FoundWord(text, box, max(float(row["conf"]), 0.0) / 100, line))
    return found


def quarters_to_upright(pixels: NDArray[np.uint8], dots_per_inch: float, seconds: float) -> int:
    """By how many quarters clockwise a picture has to be turned to stand upright, 0 where that is not clear."""
    if "osd" not in tesseract_languages():
        return 0
    try:
        said = _run(pixels, ["-l", "osd", "--psm", "0", "--dpi", f"{dots_per_inch:.0f}"], seconds)
    except UnreadableError:
        return 0  # too few letters to tell
    turn, sure = _ROTATE.search(said), _SURE_OF_TURN.search(said)
    if turn is None or sure is None or float(sure[1]) < _LEAST_SURE_OF_TURN:
        return 0
    return int(turn[1]) // 90 % 4


def _run(pixels: NDArray[np.uint8], options: list[str], seconds: float) -> str:
    program = path_of(TESSERACT)
    if program is None:
        raise UnreadableError("Tesseract is not installed (danvan doctor says how to)")
    height, width = pixels.shape
    picture = b"P5 %d %d 255\n" % (width, height) + pixels.tobytes()
    try:
        done = subprocess.run(  # noqa: S603 - the program itself, no word of the document among its arguments
            [program, "stdin", "stdout", *options],
            input=picture,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={name: os.environ[name] for name in _KEPT if name in os.environ} | {"OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(f"Tesseract takes longer than {seconds:g} seconds for one page") from error
    except OSError as error:
        raise UnreadableError(f"Tesseract cannot be run ({error.strerror})") from error
    if done.returncode != 0:
        raise UnreadableError("Tesseract fails at it")
    return done.stdout.decode("utf-8", "replace")
