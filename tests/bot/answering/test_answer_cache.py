"""A question that many ask of one generation is worked out once, and nobody is told what another may see."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.answering.answer_cache import AnswerCache, Explained
from bot.answering.answerer import Answerer
from bot.answering.cache_key import CacheKey
from bot.answering.links import Links
from bot.answers import Answer, Status
from embeddings import Retriever
from embeddings.encoder.encoder import Vectors
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.conftest import PATIENCE
from tests.embeddings.fakes import LIBRARY, WordEncoder, document

QUESTION = "bản Na Phương hiến bao nhiêu đất?"
SECRET = replace(document("mat", "Việc riêng", "Bản Na Phương được thưởng 7.341 đồng."), groups=("Tổ chức",))
ASKERS = 8


class CountingEncoder(WordEncoder):
    """Counts the questions that are worked out."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode_questions(texts)


@pytest.fixture
def model() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def answerer(tmp_path: Path, model: CountingEncoder) -> Answerer:
    publish(tmp_path, build(tmp_path, (*LIBRARY, SECRET), model))
    return over(tmp_path, model, AnswerCache())


def over(data_dir: Path, model: CountingEncoder, cache: AnswerCache | None) -> Answerer:
    """An answerer over what is published; building is not counted."""
    retriever = Retriever.open(data_dir, encoder=model)
    model.asked.clear()
    return Answerer(retriever, Links("https://danvan.example"), cache=cache)


def same(first: Answer, second: Answer) -> bool:
    """Whether two answers differ in nothing but how they were typed and how long they took."""
    return replace(first, elapsed_ms=0, question="") == replace(second, elapsed_ms=0, question="")


def test_the_same_question_is_worked_out_once(answerer: Answerer, model: CountingEncoder) -> None:
    first = answerer.answer(Question(QUESTION))
    again = answerer.answer(Question(f"  {QUESTION}\n"))
    assert len(model.asked) == 1
    assert same(first, again)
    assert again.question == f"  {QUESTION}\n", "the question is told as it was typed"


def test_a_remembered_answer_is_what_would_have_been_worked_out(
    answerer: Answerer, model: CountingEncoder, tmp_path: Path
) -> None:
    answerer.answer(Question(QUESTION))
    afresh = over(tmp_path, model, None).answer(Question(QUESTION))
    assert same(answerer.answer(Question(QUESTION)), afresh)


@pytest.mark.parametrize(
    "other",
    [
        lambda answerer: answerer.answer(Question(QUESTION.upper())),
        lambda answerer: answerer.answer(Question("ban Na Phuong hien bao nhieu dat?")),
        lambda answerer: answerer.answer(Question(QUESTION, "trạm y tế ở đâu?")),
        lambda answerer: answerer.answer(Question(QUESTION), top=1),
        lambda answerer: answerer.with_links(Links("https://b.example")).answer(Question(QUESTION)),
        lambda answerer: answerer.visible_to(frozenset()).answer(Question(QUESTION)),
    ],
)
def test_whatever_changes_an_answer_is_worked_out(
    answerer: Answerer, model: CountingEncoder, other: Callable[[Answerer], Answer]
) -> None:
    answerer.answer(Question(QUESTION))
    before = len(model.asked)
    other(answerer)
    assert len(model.asked) > before


def test_who_may_not_see_a_document_is_not_told_what_others_were(answerer: Answerer) -> None:
    question = Question("bản Na Phương được thưởng bao nhiêu?")
    everything = answerer.answer(question)
    member = answerer.visible_to(frozenset({"Tổ chức"})).answer(question)
    assert everything.citations[0].document.id == member.citations[0].document.id == "mat"
    for groups in (frozenset[str](), frozenset({"Khác"})):
        answer = answerer.visible_to(groups).answer(question)
        assert "mat" not in {citation.document.id for citation in answer.citations}
        assert answerer.visible_to(groups).answer(question).citations == answer.citations


def test_a_view_narrowed_twice_is_not_taken_for_one_narrowed_once(tmp_path: Path, model: CountingEncoder) -> None:
    both = replace(document("chung", "Việc chung", "Bản Na Phương họp chung."), groups=("A", "B"))
    only_b = replace(document("rieng", "Việc riêng", "Bản Na Phương họp riêng."), groups=("B",))
    publish(tmp_path, build(tmp_path, (*LIBRARY, both, only_b), model))
    answerer = over(tmp_path, model, AnswerCache())
    question = Question("bản Na Phương họp riêng?")
    assert answerer.visible_to(frozenset("B")).answer(question).citations[0].document.id == "rieng"
    twice = answerer.visible_to(frozenset("A")).visible_to(frozenset("B")).answer(question)
    assert "rieng" not in {citation.document.id for citation in twice.citations}


def test_nothing_is_remembered_from_another_generation(tmp_path: Path, model: CountingEncoder) -> None:
    cache = AnswerCache()
    publish(tmp_path, build(tmp_path, LIBRARY, model))
    question = Question(QUESTION)
    before = over(tmp_path, model, cache).answer(question)
    corrected = document("giao-thong", "Làm đường", "Bà con bản Na Phương đã hiến 4.400 m2 đất.")
    publish(tmp_path, build(tmp_path, (corrected, *LIBRARY[1:]), model))
    after = over(tmp_path, model, cache).answer(question)
    assert "3.300" in before.citations[0].quote
    assert "4.400" in after.citations[0].quote
    assert after.generation != before.generation


def test_what_cannot_be_asked_is_not_kept(answerer: Answerer) -> None:
    assert answerer.answer(Question("?!")).status is Status.INVALID
    assert answerer.answer(Question("")).notes != answerer.answer(Question("?!")).notes


def key(text: str) -> CacheKey:
    return CacheKey.of(Question(text), "g", (), Links(), 3)


def test_dates_and_lines_count_invisible_characters_do_not() -> None:
    assert key("năm ngoái?") != replace(key("năm ngoái?"), today=date(2027, 1, 1))
    assert key("a\nb") != key("a b"), "a letter of several lines is not read as one sentence"
    assert key("a\u200b  b\r\n\n") == key("a b")
    assert key("Ho\u0300a") == key("Hòa")


def answer_of(text: str) -> Explained:
    return Answer(text, Status.NOT_FOUND, None, (), 0.0, (), "g", 0.0), None


def asked_of(text: str, cache: AnswerCache, work_out: Callable[[], Explained]) -> Explained:
    return cache.answer(key(text), work_out)


def test_only_so_many_are_kept_the_longest_unasked_go_first() -> None:
    cache, worked = AnswerCache(most=2), []

    def ask(text: str) -> None:
        def work_out() -> Explained:
            worked.append(text)
            return answer_of(text)

        asked_of(text, cache, work_out)

    for text in ("a", "b", "a", "c", "a", "b"):
        ask(text)
    assert worked == ["a", "b", "c", "b"]
    assert len(cache) == 2


def test_who_asks_at_the_same_time_waits_for_the_first() -> None:
    cache, begun, go_on, worked = AnswerCache(), threading.Event(), threading.Event(), []

    def work_out() -> Explained:
        worked.append(1)
        begun.set()
        assert go_on.wait(PATIENCE)
        return answer_of("a")

    with ThreadPoolExecutor(ASKERS) as pool:
        first = pool.submit(asked_of, "a", cache, work_out)
        assert begun.wait(PATIENCE)
        others = [pool.submit(asked_of, "a", cache, work_out) for _ in range(ASKERS - 1)]
        asked_of("b", cache, lambda: answer_of("b"))  # another question does not wait
        assert not any(other.done() for other in others)
        go_on.set()
        wait([first, *others], PATIENCE)
        assert all(other.result() is first.result() for other in others)
    assert worked == [1]


def test_the_failure_of_the_first_is_not_that_of_those_who_waited() -> None:
    cache, begun, go_on = AnswerCache(), threading.Event(), threading.Event()

    def fail() -> Explained:
        begun.set()
        assert go_on.wait(PATIENCE)
        raise MemoryError

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(asked_of, "a", cache, fail)
        assert begun.wait(PATIENCE)
        second = pool.submit(asked_of, "a", cache, lambda: answer_of("a"))
        go_on.set()
        with pytest.raises(MemoryError):
            first.result(PATIENCE)
        assert second.result(PATIENCE)[0].question == "a"
    assert asked_of("a", cache, lambda: answer_of("afterwards"))[0].question == "afterwards", "no failure is kept"


def test_what_was_answered_while_a_part_of_the_index_was_away_is_not_kept(answerer: Answerer) -> None:
    cache = AnswerCache()
    answer, search = answerer.explain(Question(QUESTION))
    assert search is not None
    asked_of("a", cache, lambda: (answer, replace(search, away=("kho 2",))))
    assert len(cache) == 0
    asked_of("a", cache, lambda: (answer, search))
    assert len(cache) == 1
