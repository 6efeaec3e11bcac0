"""What speaks against a claim in a passage."""

from dataclasses import replace

import pytest

from embeddings.reading.readings import ClaimLogits, Reading, Span
from embeddings.verdicts.claim_features import claim_features, denies, speaks_against, tells_all
from embeddings.verdicts.claim_words import read_claim
from embeddings.verdicts.other_values import tells_other_value
from embeddings.verdicts.verdict_model import shipped, weighed

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


FORUM = "Sáng 13/10, tại Hải Phòng diễn ra diễn đàn cán bộ trẻ với sáu mươi đại biểu."


def judge(question: str) -> tuple[bool, bool]:
    claim = read_claim(question, dict.fromkeys(("dien", "dan", "can", "bo", "tre", "dai", "bieu", "ha", "noi"), 1.0))
    features = claim_features(FORUM, "", claim, None)
    return tells_all(features) and not speaks_against(features), tells_other_value(FORUM, "", claim, None)


def test_what_a_sentence_says_in_other_words_only_is_told() -> None:
    assert judge("diễn đàn cán bộ trẻ có 60 đại biểu phải không?") == (True, False)


@pytest.mark.parametrize(
    "question",
    ["diễn đàn cán bộ trẻ diễn ra tại Hà Nội phải không?", "diễn đàn cán bộ trẻ có 90 đại biểu phải không?"],
)
def test_another_place_or_number_for_the_same_is_told_otherwise(question: str) -> None:
    assert judge(question) == (False, True)


def test_what_is_yet_to_happen_does_not_say_that_it_has() -> None:
    worth = dict.fromkeys(("ban", "giam", "sat", "trai", "lon"), 1.0)
    claim = read_claim("ban đã giám sát trại lợn chưa", worth)
    assert denies(claim_features("Bà Liên hứa ban sẽ giám sát trại lợn.", "", claim, None))
    assert not denies(claim_features("Hôm qua ban giám sát trại lợn.", "", claim, None))


def test_what_a_reader_takes_the_passage_to_say_of_the_claim_is_weighed() -> None:
    claim = read_claim("chị Lành được hưởng chế độ chưa", WORTH)
    unjudged = claim_features(TEXT, "", claim, read("chưa được hưởng chế độ"))
    assert "read yes" not in unjudged
    denied = claim_features(TEXT, "", claim, replace(read("chưa được hưởng chế độ"), claim=ClaimLogits(0.0, 1.0, 9.0)))
    assert denied["read no"] == 1.0
    assert denied["read yes"] == pytest.approx(0.25)
    assert denied["read yes over no"] == -1.0
    judged, before = (weighed(features, shipped(read=True)) for features in (denied, unjudged))
    assert judged.no > before.no
