"""What windows say is put together: words are never cut inside, and the window that answers most judges a claim."""

import pytest

from embeddings.reading.bundled_reader import _of_whole_words, _together, _WindowRead
from embeddings.reading.readings import ClaimLogits, Span
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


def test_of_several_windows_the_one_that_answers_most_says_what_the_passage_says_of_a_claim() -> None:
    says_no, says_yes = ClaimLogits(0.0, -2.0, 3.0), ClaimLogits(0.0, 3.0, -2.0)
    windows = [
        _WindowRead([], -1.0, [], says_no),
        _WindowRead([], 2.0, [], says_yes),
        _WindowRead([], None, [], says_no),
    ]
    for order in (windows, windows[::-1]):
        assert _together(order, TEXT).claim is says_yes
        assert _together(order, TEXT).answers == 2.0
    assert _together([], TEXT).claim is None
