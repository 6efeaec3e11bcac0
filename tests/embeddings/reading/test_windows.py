"""Windows over a passage, and spans out of scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.reading.readings import Reading, Span
from embeddings.reading.span_decoding import LONGEST_ANSWER, merge, spans_of
from embeddings.reading.windows import LONGEST_HEADING, LONGEST_QUESTION, OVERLAP, Features, starts
from tests.embeddings.tiny_models import word_tokenizer

PLACES = [(0, 2), (3, 5), (6, 8), (9, 11)]


@pytest.fixture(scope="module")
def features() -> Features:
    return Features(word_tokenizer())


def test_a_window_is_question_heading_passage(features: Features) -> None:
    [window] = features.windows("năm nào", "Tổng kết", "Ngày 9/1 tại Hà Nội")
    asked, above, said = (features.tokens(text).ids for text in ("query: năm nào", "Tổng kết", "Ngày 9/1 tại Hà Nội"))
    assert window.ids == [0, *asked, 2, 2, *above, 2, *said, 2]
    assert window.ids[window.first : window.first + len(window.spans)] == said


def test_tokens_know_where_they_stand(features: Features) -> None:
    text = "Ngày 9/1,  tại\u00a0Hà Nội 🙂"
    for start, end in features.tokens(text).spans:
        assert text[start:end] == text[start:end].strip()
    assert {text[start:end] for start, end in features.tokens(text).spans} >= {"Ngày", "Nội"}


def test_long_questions_and_headings_leave_room_for_the_passage(features: Features) -> None:
    prefix = features.prefix("ai " * 500, "tin " * 500)
    assert len(prefix) == LONGEST_QUESTION + LONGEST_HEADING + 4


def test_a_question_is_held_up_to_the_last_token_there_is_room_for(features: Features) -> None:
    asked = "ai chủ trì hội nghị ở đâu ngày nào? " * 90
    ends = [end for _, end in features.tokens(f"query: {asked}").spans]
    whole = asked[: ends[LONGEST_QUESTION - 1] - len("query: ")]
    longer = asked[: ends[LONGEST_QUESTION] - len("query: ")]
    assert features.holds("")
    assert features.holds(whole)
    assert not features.holds(longer)
    assert features.prefix(whole, "Tin") == features.prefix(longer, "Tin")


def test_an_empty_passage_is_one_window(features: Features) -> None:
    [window] = features.windows("ai", "", "")
    assert window.spans == []


@given(st.integers(0, 2000), st.integers(OVERLAP + 1, 400))
def test_every_short_answer_stands_whole_in_a_window(length: int, room: int) -> None:
    begins = starts(length, room)
    windows = [(begin, min(begin + room, length)) for begin in begins]
    assert windows[0][0] == 0
    assert windows[-1][1] == length
    for place in range(max(length - OVERLAP, 0)):
        assert any(first <= place and place + OVERLAP <= last for first, last in windows)


def test_the_best_span_and_its_margin() -> None:
    start = np.array([0, 5, 0, 0], np.float32)
    end = np.array([0, 0, 4, 0], np.float32)
    best = next(iter(spans_of(start, end, 2.0, PLACES)))
    assert (best.start, best.end, best.margin) == (3, 8, 7.0)


def test_a_span_never_ends_before_it_starts() -> None:
    start = np.array([0, 0, 9, 0], np.float32)
    end = np.array([9, 0, 0, 0], np.float32)
    assert all(span.start < span.end for span in spans_of(start, end, 0.0, PLACES))
    assert next(iter(spans_of(start, end, 0.0, PLACES))).margin == 9


def test_an_answer_has_a_longest_length() -> None:
    places = [(i, i + 1) for i in range(100)]
    start, end = np.zeros(100, np.float32), np.zeros(100, np.float32)
    start[0] = end[99] = 9
    assert all(span.end - span.start <= LONGEST_ANSWER for span in spans_of(start, end, 0.0, places))


def test_of_overlapping_spans_the_best_is_kept() -> None:
    reading = merge([[Span(0, 5, 1.0), Span(3, 8, 2.0)], [Span(3, 8, 1.5), Span(10, 12, 0.5)]])
    assert reading.spans == (Span(3, 8, 2.0), Span(10, 12, 0.5))
    assert reading.margin == 2.0
    assert merge([[]]) == Reading(())
    assert Reading(()).margin < -50
