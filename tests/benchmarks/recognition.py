"""How well scans are recognised: characters, words and tone marks at strengths of damage, made ready and as they came.

    python -m tests.benchmarks.recognition [PAGES] [STRENGTH ...]

Pages of prose are printed, rendered at 200 dpi and spoilt (tests/corpus/readers/scanning.py): 0 not at all, 1 as a good
scanner does, 2 as an old copier does, 3 as a telephone in a hurry does. "as it came" gives Tesseract the very picture.
"""

import os
import platform
import sys
from collections.abc import Callable, Iterable

import font_roboto
import numpy as np
from fpdf import FPDF
from PIL import Image
from rapidfuzz.distance import Levenshtein

from corpus.readers.recognition.page_picture import prepared
from corpus.readers.recognition.tesseract import FoundWord, words_on
from corpus.vietnamese import fold
from tests.corpus.office_files.printed import body
from tests.corpus.office_files.truth import office_document
from tests.corpus.readers.scanning import DOTS_PER_INCH, pictures_of, spoilt

_SECONDS = 600.0


def made_ready(picture: Image.Image) -> str:
    ready = prepared(picture, DOTS_PER_INCH)
    return _text(words_on(ready.pixels, ready.dots_per_inch, _SECONDS))


def as_it_came(picture: Image.Image) -> str:
    return _text(words_on(np.asarray(picture.convert("L")), DOTS_PER_INCH, _SECONDS))


def prose(seed: int) -> tuple[Image.Image, str]:
    """A printed page and what it says."""
    document = office_document(seed, clauses=8)
    pdf = FPDF()
    pdf.add_font("F", "", font_roboto.Roboto)
    pdf.add_font("F", "B", font_roboto.RobotoBold)
    pdf.set_margins(25, 20)
    pdf.add_page()
    body(pdf, (document.subject, *document.body), size=13)
    return pictures_of(bytes(pdf.output()))[0], " ".join((document.subject, *document.body))


def main(pages: int, strengths: list[int]) -> None:
    """Print the figures and the machine they were taken on."""
    print(f"{platform.machine()}, {os.cpu_count()} processors, {pages} pages of each strength")
    printed = [prose(seed) for seed in range(pages)]
    readers: tuple[Callable[[Image.Image], str], ...] = (made_ready, as_it_came)
    for strength in strengths:
        for read in readers:
            wrong = [0.0, 0.0, 0.0]
            for seed, (picture, truth) in enumerate(printed):
                figures = errors(truth, read(spoilt(picture, strength, seed)))
                wrong = [one + other / pages for one, other in zip(wrong, figures, strict=True)]
            shares = (
                f"{what} {share:.2%}" for what, share in zip(("characters", "words", "marks"), wrong, strict=True)
            )
            print(f"strength {strength} {read.__name__:12}", *shares, flush=True)


def errors(truth: str, read: str) -> tuple[float, float, float]:
    """Shares of wrong characters, of wrong words, and of words wrong by nothing but their marks."""
    said, got = truth.split(), read.split()
    pairs = [
        (one, other)
        for tag, start, end, begins, _ in Levenshtein.opcodes(list(map(fold, said)), list(map(fold, got)))
        if tag == "equal"
        for one, other in zip(said[int(start) : int(end)], got[int(begins) :], strict=False)
    ]
    marks = sum(one.lower() != other.lower() for one, other in pairs) / max(len(pairs), 1)
    letters = Levenshtein.distance(" ".join(said), " ".join(got)) / len(" ".join(said))
    return letters, Levenshtein.distance(said, got) / len(said), marks


def _text(words: Iterable[FoundWord]) -> str:
    return " ".join(word.text for word in words)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4, [int(each) for each in sys.argv[2:]] or [0, 1, 2, 3])
