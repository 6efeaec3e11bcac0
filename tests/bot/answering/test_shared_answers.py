"""What one front end has answered the others answer without the models, and nobody waits for the database."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import wiring
from bot.answering import shared_answers
from bot.answering.answer_cache import AnswerCache
from bot.answering.answerer import Answerer
from bot.answering.cache_key import CacheKey
from bot.answering.links import Links
from bot.answering.shared_answers import SharedAnswers
from bot.answers import Answer, AnswerKind, AnswerText, Citation, Language, Status, Verdict
from bot.records.database import DatabaseError
from bot.settings import Settings
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.bot.answering.test_answer_cache import QUESTION, SECRET, CountingEncoder, same
from tests.conftest import PATIENCE
from tests.embeddings.fakes import LIBRARY


class DictShelf:
    """Keeps in memory what front ends share."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.taken = 0
        self.fails = False
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.has_kept = threading.Semaphore(0)

    def take(self, key: str) -> str | None:
        self.taken += 1
        self.goes_on.wait(PATIENCE)
        if self.fails:
            raise DatabaseError("away")
        return self.kept.get(key)

    def keep(self, key: str, generation: str, content: str) -> None:
        self.goes_on.wait(PATIENCE)
        self.kept[key] = content
        self.has_kept.release()

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def shelf() -> DictShelf:
    return DictShelf()


@pytest.fixture
def model() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture
def front_end(tmp_path: Path, model: CountingEncoder, shelf: DictShelf) -> Callable[..., Answerer]:
    publish(tmp_path, build(tmp_path, (*LIBRARY, SECRET), model))
    model.asked.clear()

    def opened(settings: str = "alike", waiting_seconds: float = PATIENCE) -> Answerer:
        shared = SharedAnswers(shelf, settings, waiting_seconds)
        retriever = Retriever.open(tmp_path, encoder=model)
        return Answerer(retriever, Links("https://danvan.example"), cache=AnswerCache(shared=shared))

    return opened


def asked(answerer: Answerer, shelf: DictShelf, question: Question) -> Answer:
    """An answer that is kept by now."""
    answer = answerer.answer(question)
    assert shelf.has_kept.acquire(timeout=PATIENCE)
    return answer


def test_what_one_front_end_has_answered_the_others_do_not_work_out(
    front_end: Callable[..., Answerer], model: CountingEncoder, shelf: DictShelf
) -> None:
    answer = asked(front_end(), shelf, Question(QUESTION))
    worked_out = len(model.asked)
    other = front_end().answer(Question(QUESTION))
    assert len(model.asked) == worked_out > 0
    assert same(answer, other)
    assert other.question == QUESTION


def test_what_tells_an_earlier_question_is_kept_by_nobody(
    front_end: Callable[..., Answerer], model: CountingEncoder, shelf: DictShelf
) -> None:
    question = Question("còn trạm y tế thì sao?", QUESTION)
    answer = front_end().answer(question)
    assert answer.topic
    assert answer.follows
    worked_out = len(model.asked)
    assert same(front_end().answer(question), answer)
    assert len(model.asked) > worked_out
    assert not shelf.kept


@pytest.mark.parametrize("told", [{"follows": "trước?"}, {"topic": "chủ đề"}, {"parts": ("một?", "hai?")}])
def test_words_of_questions_are_kept_in_no_field(shelf: DictShelf, told: dict[str, Any]) -> None:
    shared = SharedAnswers(shelf, "alike", PATIENCE)
    key = CacheKey.of(Question("?"), "g", (), Links(), 3)
    given = Answer("", Status.NOT_FOUND, None, (), 0.1, (), "g", 1.0)
    shared.keep(key, replace(given, **told))
    shared.keep(replace(key, top=4), given)
    assert shelf.has_kept.acquire(timeout=PATIENCE)
    assert list(shelf.kept) == [replace(key, top=4).digest("alike")]
    shared.close()


def test_a_question_is_not_kept(front_end: Callable[..., Answerer], shelf: DictShelf) -> None:
    asked(front_end(), shelf, Question(QUESTION))
    [(key, content)] = shelf.kept.items()
    assert json.loads(content)["citations"]
    assert "bao nhiêu" not in f"{key}{json.loads(content)}"


def test_it_is_taken_once_and_then_remembered(front_end: Callable[..., Answerer], shelf: DictShelf) -> None:
    asked(front_end(), shelf, Question(QUESTION))
    taken, second = shelf.taken, front_end()
    for _ in range(3):
        second.answer(Question(QUESTION))
    assert shelf.taken == taken + 1


def test_how_an_answer_was_found_is_told_by_who_has_found_it(
    front_end: Callable[..., Answerer], shelf: DictShelf
) -> None:
    answer = asked(front_end(), shelf, Question(QUESTION))
    explained, search = front_end().explain(Question(QUESTION))
    assert same(answer, explained)
    assert search is not None
    assert search.hits


@pytest.mark.parametrize("settings", ["alike", "others"])
def test_a_front_end_with_other_settings_works_it_out(
    front_end: Callable[..., Answerer], model: CountingEncoder, shelf: DictShelf, settings: str
) -> None:
    asked(front_end(), shelf, Question(QUESTION))
    before = len(model.asked)
    front_end(settings).answer(Question(QUESTION))
    assert (len(model.asked) > before) is (settings == "others")


def test_nobody_is_told_what_others_may_see(front_end: Callable[..., Answerer], shelf: DictShelf) -> None:
    question = Question("bản Na Phương được thưởng bao nhiêu?")
    assert asked(front_end(), shelf, question).citations[0].document.id == "mat"
    answer = front_end().visible_to(frozenset()).answer(question)
    assert "mat" not in {citation.document.id for citation in answer.citations}


@pytest.mark.parametrize("spoilt", [lambda _: "{", lambda text: text.replace('"giao-thong"', '"di-roi"')])
def test_what_cannot_be_read_or_cites_what_is_not_there_is_worked_out(
    front_end: Callable[..., Answerer], model: CountingEncoder, shelf: DictShelf, spoilt: Callable[[str], str]
) -> None:
    answer = asked(front_end(), shelf, Question(QUESTION))
    before = len(model.asked)
    shelf.kept = {key: spoilt(content) for key, content in shelf.kept.items()}
    assert same(front_end().answer(Question(QUESTION)), answer)
    assert len(model.asked) > before


def test_a_database_that_does_not_answer_holds_nobody_up(front_end: Callable[..., Answerer], shelf: DictShelf) -> None:
    shelf.goes_on.clear()
    answerer = front_end(waiting_seconds=0.01)
    assert answerer.answer(Question(QUESTION)).citations
    assert answerer.answer(Question("trạm y tế ở đâu?")).citations
    assert shelf.taken == 1, "it is not asked again for a while"
    shelf.goes_on.set()


def test_a_database_that_fails_is_asked_again_later(
    front_end: Callable[..., Answerer], shelf: DictShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.fails = True
    answerer = front_end()
    assert answerer.answer(Question(QUESTION)).citations
    shelf.fails = False
    monkeypatch.setattr(shared_answers, "RESTING_SECONDS", 0.0)
    answerer.answer(Question("trạm y tế ở đâu?"))
    assert shelf.taken == 1
    other = front_end()
    asked(other, shelf, Question("trạm y tế ở đâu?"))
    assert shelf.taken == 2


def test_an_answer_comes_back_as_it_was_given(shelf: DictShelf, front_end: Callable[..., Answerer]) -> None:
    retriever = front_end().retriever
    passage = retriever.passages[0]
    document = retriever.documents[passage.document_id]
    cited = Citation(document, passage, passage.text[:9], None, 0.5, 1, (passage.text[9:20],), "Khoản 1 Điều 2")
    given = Answer(
        "", Status.ANSWERED, "đất", (cited,), 0.75, ("Ghi chú.",), "g", 12.5, AnswerKind.COMPOUND,
        (AnswerText("đất", 1, 0, "chức vụ"),), Verdict.NO, (), True, Language.ENGLISH,
    )  # fmt: skip
    shared = SharedAnswers(shelf, "alike", PATIENCE)
    key = CacheKey.of(Question("?"), "g", (), Links(), 3)
    shared.keep(key, given)
    assert shelf.has_kept.acquire(timeout=PATIENCE)
    assert shared.take(key, retriever) == given
    assert shared.take(replace(key, top=4), retriever) is None
    shared.close()
    shared.keep(key, given)
    assert shared.take(key, retriever) is None, "closed"


def test_answers_are_shared_by_a_database_that_several_machines_use(database_url: str, tmp_path: Path) -> None:
    def opened(folder: str, **given: object) -> SharedAnswers | None:
        settings = Settings(_env_file=None, data_dir=tmp_path / folder, **given)  # type: ignore[call-arg, arg-type]
        return wiring.open_shared_answers(settings)

    assert opened("a") is None
    shared = [opened("a", database_url=database_url), opened("b", database_url=database_url, web_port=8081)]
    other = opened("b", database_url=database_url, dense_weight=0.9)
    key = CacheKey.of(Question("?"), "g", (), Links(), 3)
    given = Answer("", Status.NOT_FOUND, None, (), 0.1, (), "g", 1.0)
    first, second = shared
    assert first is not None
    assert second is not None
    assert other is not None
    first._shelf.keep(key.digest(first._answerer), "g", shared_answers._as_text(given))
    assert second._shelf.take(key.digest(second._answerer)) is not None
    assert other._shelf.take(key.digest(other._answerer)) is None
    for one in (first, second, other):
        one.close()
