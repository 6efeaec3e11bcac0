"""Words that the reader marks are never cut inside a word or the number of a document."""

import pytest

from embeddings.reading.bundled_reader import _of_whole_words
from embeddings.reading.readings import Span
from embeddings.syllables import token_spans

TEXT = "Quy định số 11-QĐi/TW về tiếp dân, ngày 18/2/2019."


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("số 11-QĐi", "số 11-QĐi/TW"),
        ("TW về tiếp", "11-QĐi/TW về tiếp"),
        ("ày 18/2", "ngày 18/2/2019"),
        ("tiếp dân", "tiếp dân"),
        ("dân,", "dân,"),
        (", ", ", "),
    ],
)
def test_a_span_is_made_whole(found: str, wanted: str) -> None:
    start = TEXT.index(found)
    whole = _of_whole_words(Span(start, start + len(found), 1.0), token_spans(TEXT))
    assert (TEXT[whole.start : whole.end], whole.margin) == (wanted, 1.0)
