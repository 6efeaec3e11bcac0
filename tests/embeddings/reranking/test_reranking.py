"""Passages read or reranked, and put in a new order."""

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import ModelError
from corpus.models import Document, Passage
from embeddings.hits import Hit, Search
from embeddings.question.answer_type import expect
from embeddings.question.question import Question, Understanding
from embeddings.reading.readings import Reading, Span
from embeddings.reranking.cross_encoder import CrossEncoderReranker
from embeddings.reranking.reranking import _UNREAD_MARGIN, READER_WEIGHT, Reranking, asked_in_full, belief
from tests.embeddings.tiny_models import save_cross_encoder, save_question_answering

DOCUMENTS = {"d": Document("d", "Đầu đề", None, None, None, None, "x", "0" * 64)}


LONGEST_SEEN = 400
"""Characters."""


class FixedReader:
    """Believes passages as told by their first word."""

    name = "fixed"

    def __init__(self, margins: dict[str, float], highest_margin: float = math.inf) -> None:
        self.highest_margin = highest_margin
        self.margins = margins
        self.asked: list[tuple[str, list[tuple[str, str]]]] = []

    def sees(self, question: str) -> bool:
        return len(question) <= LONGEST_SEEN

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
        self.asked.append((question, list(passages)))
        return [Reading((Span(0, 3, self.margins.get(text.split()[0], -9.0)),)) for _, text in passages]


class FixedReranker:
    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        return [float(len(text)) for text in texts]


def search(texts: Sequence[str], understanding: Understanding | None = None) -> Search:
    hits = tuple(
        Hit(
            Passage(f"{i:016}", "d", i, 0, len(text), text),
            0.9 - 0.05 * i,
            i + 1,
            0.9,
            1.0,
            0.5,
            ((0, len(text), 0.9),),
        )
        for i, text in enumerate(texts)
    )
    return Search(Question("ai"), understanding or Understanding("ai", "ai", "ai"), expect("ai"), hits)


def texts_of(found: Search) -> list[str]:
    return [hit.passage.text for hit in found.hits]


def test_nothing_changes_without_parts() -> None:
    before = search(["một", "hai"])
    assert Reranking().apply(before, DOCUMENTS) == before


def test_a_believed_passage_rises() -> None:
    reader = FixedReader({"hai": 9.0})
    after = Reranking(reader).apply(search(["một", "hai", "ba"]), DOCUMENTS)
    assert texts_of(after) == ["hai", "một", "ba"]
    assert [hit.rank for hit in after.hits] == [1, 2, 3]
    assert [hit.score for hit in after.hits] == sorted((hit.score for hit in after.hits), reverse=True)
    assert after.hits[0].reading
    assert after.hits[0].reading.margin == 9.0
    assert reader.asked == [("ai", [("Đầu đề", "một")]), ("ai", [("Đầu đề", "hai"), ("Đầu đề", "ba")])]


def test_what_cannot_come_first_any_more_is_not_read() -> None:
    reader = FixedReader({"một": 1.0, "hai": 0.9, "ba": 1.0}, highest_margin=1.0)
    after = Reranking(reader).apply(search(["một", "hai", "ba"]), DOCUMENTS)
    assert reader.asked == [("ai", [("Đầu đề", "một")])]
    assert texts_of(after) == ["một", "hai", "ba"]


def test_what_may_still_come_first_is_read() -> None:
    reader = FixedReader({"bốn": 4.0}, highest_margin=4.0)
    after = Reranking(reader).apply(search(["một", "hai", "ba", "bốn"]), DOCUMENTS)
    assert [text for _, some in reader.asked for _, text in some] == ["một", "hai", "ba", "bốn"]
    assert texts_of(after)[0] == "bốn"


def test_no_more_is_read_behind_what_came_first() -> None:
    reader = FixedReader({"hai": 1.0}, highest_margin=1.0)
    after = Reranking(reader).apply(search(["một", "hai", "ba", "bốn"]), DOCUMENTS)
    assert [hit.passage.text for hit in after.hits if hit.reading] == ["hai", "một", "ba"]


def test_what_was_not_read_never_gains_by_it() -> None:
    long = ["một " + "x" * 5000, "hai " + "x" * 5000, "ba"]
    after = Reranking(FixedReader({"một": -3.0})).apply(search(long), DOCUMENTS)
    assert texts_of(after) == long
    assert [hit.reading is not None for hit in after.hits] == [True, False, False]


def test_what_was_not_read_is_not_lifted_by_belief_in_others() -> None:
    unread = Reranking(FixedReader({"một": 4.0}, highest_margin=-5.0)).apply(search(["một", "hai"]), DOCUMENTS)
    told = Reranking(FixedReader({"một": 4.0, "hai": _UNREAD_MARGIN})).apply(search(["một", "hai"]), DOCUMENTS)
    assert [hit.reading is not None for hit in unread.hits] == [True, False]
    assert unread.hits[1].score == pytest.approx(told.hits[1].score)


def test_what_was_not_worth_reading_is_not_lifted_either() -> None:
    found = search(["một", "hai"])
    far = replace(found, hits=(found.hits[0], replace(found.hits[1], score=0.5)))
    unread = Reranking(FixedReader({"một": 1.0})).apply(far, DOCUMENTS).hits[1]
    near = search(["một", "hai"])
    told = Reranking(FixedReader({"một": 1.0, "hai": _UNREAD_MARGIN})).apply(near, DOCUMENTS).hits[1]
    assert unread.reading is None
    assert unread.score - told.score == pytest.approx((1 - READER_WEIGHT) * (0.5 - near.hits[1].score))


def test_what_is_out_of_reach_is_not_read() -> None:
    found = search(["một", "hai", "ba"])
    hits = (found.hits[0], replace(found.hits[1], score=0.65), replace(found.hits[2], score=0.55))
    after = Reranking(FixedReader({"ba": 30.0, "một": -30.0})).apply(replace(found, hits=hits), DOCUMENTS)
    assert [hit.reading is not None for hit in after.hits] == [True, True, False]
    assert after.hits[-1].passage.text == "ba"


def test_of_a_question_that_is_not_seen_whole_the_first_is_read_and_of_a_pasted_text_none() -> None:
    for asked, read in (("ai " * 100, ["một", "hai"]), ("ai " * 180, ["một"]), ("ai " * 301, [])):
        reader = FixedReader({"hai": 9.0})
        Reranking(reader).apply(search(["một", "hai"], Understanding(asked, asked, asked)), DOCUMENTS)
        assert [text for _, some in reader.asked for _, text in some] == read


@pytest.mark.parametrize(("coverage", "read"), [(0.0, ["một"]), (0.02, ["một"]), (0.08, ["một", "hai"])])
def test_of_words_that_no_passage_has_only_the_first_is_asked(coverage: float, read: list[str]) -> None:
    found = search(["một", "hai"])
    strange = replace(found, hits=(replace(found.hits[0], coverage=0.0), replace(found.hits[1], coverage=coverage)))
    reader = FixedReader({"hai": 9.0})
    Reranking(reader).apply(strange, DOCUMENTS)
    assert [text for _, some in reader.asked for _, text in some] == read


def test_no_more_than_five_are_read() -> None:
    reader = FixedReader({})
    Reranking(reader).apply(search(["a", "b", "c", "d", "e", "f", "g"]), DOCUMENTS)
    assert [text for _, some in reader.asked for _, text in some] == ["a", "b", "c", "d", "e"]


def test_a_confidence_holds_only_for_what_it_was_fitted_with() -> None:
    reader = FixedReader({})
    assert Reranking(reader).fitted_with == "fixed"
    assert Reranking(reader, FixedReranker()).fitted_with is None
    assert Reranking().fitted_with is None


def test_a_follow_up_is_read_alone_and_the_reader_has_less_of_a_say() -> None:
    understood = Understanding("ai?", "ai?", "ai", inherited="hội nghị ở đâu?", dependence=1.0)
    reader = FixedReader({"hai": 9.0})
    first = Reranking(reader).apply(search(["một", "hai"]), DOCUMENTS).hits[0]
    after = Reranking(reader).apply(search(["một", "hai"], understood), DOCUMENTS).hits[0]
    assert reader.asked[-1][0] == "ai?"
    assert after.score != first.score


def test_a_follow_up_is_judged_with_the_question_before_it() -> None:
    understood = Understanding("ai?", "ai?", "ai", inherited="hội nghị ở đâu?", dependence=0.9)
    assert asked_in_full(search(["một"], understood)) == "hội nghị ở đâu. ai?"
    alone = Understanding("ai?", "ai?", "ai", inherited="hội nghị ở đâu?", dependence=0.1)
    assert asked_in_full(search(["một"], alone)) == "ai?"


def test_belief_grows_with_the_margin() -> None:
    assert belief(-1e9) < 0.01 < belief(-1) < belief(0) == 0.5 < belief(1) < 0.99 < belief(1e9) <= 1


def test_a_reranker_has_the_greater_say() -> None:
    after = Reranking(reranker=FixedReranker()).apply(search(["một", "hai hai", "ba ba ba"]), DOCUMENTS)
    assert texts_of(after) == ["ba ba ba", "hai hai", "một"]
    assert all(0 <= hit.score <= 1 for hit in after.hits)


def test_no_hits_at_all() -> None:
    assert Reranking(FixedReader({}), FixedReranker()).apply(search([]), DOCUMENTS).hits == ()


def test_any_cross_encoder(tmp_path: Path) -> None:
    reranker = CrossEncoderReranker(str(save_cross_encoder(tmp_path)))
    scores = reranker.scores("ai chủ trì?", ["Một câu.", "Câu khác, dài hơn nhiều. " * 100, ""])
    assert len(scores) == 3
    assert len(set(scores)) > 1
    assert scores[0] == pytest.approx(reranker.scores("ai chủ trì?", ["Một câu."])[0], abs=1e-4)


def test_a_reranker_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no such folder"):
        CrossEncoderReranker(str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match="gives 3 scores for a pair; one is needed"):
        CrossEncoderReranker(str(save_cross_encoder(tmp_path / "three", labels=3)))
    with pytest.raises(ModelError, match="was not trained to judge"):
        CrossEncoderReranker(str(save_question_answering(tmp_path / "reader")))
