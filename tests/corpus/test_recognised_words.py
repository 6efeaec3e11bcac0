"""Words recognised on pictures: which stand in a stretch of text, which are uncertain, how far it may be trusted."""

import pytest

from corpus.models import Document, Place
from corpus.recognised_words import recognised, sureness, uncertain_words

TEXT = "Mức thu là 48 triệu đồng."
PLACES = tuple(
    Place(start, end, 1, (0.0, 0.0, 1.0, 1.0), confidence)
    for start, end, confidence in (
        (0, 3, 0.96),
        (4, 7, 0.95),
        (8, 10, 0.93),
        (11, 13, 0.3),
        (14, 19, 0.9),
        (20, 25, 0.6),
    )
)
SCAN = Document("quyet-dinh", "Quyết định", None, None, None, None, TEXT, "0" * 64, places=PLACES)
TYPED = Document("quyet-dinh", "Quyết định", None, None, None, None, TEXT, "0" * 64)


@pytest.mark.parametrize(
    ("start", "end", "words"), [(0, 10, 3), (11, 13, 1), (12, 15, 2), (10, 11, 0), (0, 25, 6), (25, 30, 0)]
)
def test_words_that_stand_in_a_stretch_even_in_part(start: int, end: int, words: int) -> None:
    assert len(recognised(SCAN, start, end)) == words


def test_a_sentence_is_as_doubtful_as_its_most_doubtful_word() -> None:
    assert uncertain_words(SCAN, 0, 25) == ("48",)
    assert sureness(SCAN, 0, 25) == pytest.approx(0.5)
    assert sureness(SCAN, 0, 10) == 1.0
    assert sureness(TYPED, 0, 25) == 1.0
    assert uncertain_words(TYPED, 0, 25) == ()
