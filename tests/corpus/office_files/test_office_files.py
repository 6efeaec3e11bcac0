"""Sixty files in fifteen layouts and formats, made by a program: what is read of them is what they say."""

import pytest

from corpus.readers.programs import recognises
from tests.corpus.office_files.measuring import LAYOUTS, Layout, measured, scan_pdf

EXACT = ("titles", "numbers", "dates", "signers", "cells", "no furniture")


def named(layout: Layout) -> str:
    return layout.make.__name__


@pytest.mark.filterwarnings("ignore:Dimensions for page format A5")
@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout.make is not scan_pdf], ids=named)
def test_what_is_read_is_what_it_says(layout: Layout) -> None:
    score = measured(layout)
    assert score.share("characters") >= 0.99, score.wrong
    assert {what: score.share(what) for what in EXACT} == dict.fromkeys(EXACT, 1.0), score.wrong


@pytest.mark.skipif(not recognises(), reason="Tesseract with Vietnamese data is not installed")
def test_what_is_read_of_copied_and_scanned_prints_is_nearly_all_right() -> None:
    (layout,) = (layout for layout in LAYOUTS if layout.make is scan_pdf)
    score = measured(layout)
    assert score.share("characters") >= 0.99, score.wrong
    assert score.share("cells") >= 0.9, score.wrong
    assert min(score.share(what) for what in ("titles", "dates", "numbers")) >= 0.75, score.wrong
