"""What speaks against a claim in a passage."""

import pytest

from embeddings.reading.readings import Reading, Span
from embeddings.verdicts.claim_features import claim_features, denies, read_claim, speaks_against

TEXT = "Chị Lành đã nộp hồ sơ nghỉ thai sản từ tháng trước, đến nay chưa được hưởng chế độ."
WORTH = dict.fromkeys(("lanh", "huong", "che", "do", "thai", "san", "ho", "so", "nop"), 1.0)


def read(words: str) -> Reading:
    start = TEXT.index(words)
    return Reading((Span(start, start + len(words), 2.0),))


@pytest.mark.parametrize(
    ("question", "words", "against"),
    [
        ("chị Lành đã được hưởng chế độ thai sản chưa", "chưa được hưởng chế độ", True),
        ("chị Lành đã nộp hồ sơ chưa", "đã nộp hồ sơ", False),
        ("có phải chị Lành chưa được hưởng chế độ không", "chưa được hưởng chế độ", False),
    ],
)
def test_words_that_say_it_is_not_so_speak_against_a_claim_that_it_is(question: str, words: str, against: bool) -> None:
    features = claim_features(TEXT, "", read_claim(question, WORTH), read(words))
    assert (denies(features), speaks_against(features)) == (against, against)
