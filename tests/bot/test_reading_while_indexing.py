"""Readers never notice a reindex: 500 questions while 10 indexes are published, no answer a mixture."""

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot import wiring
from bot.answers import Answer
from bot.settings import Settings
from bot.wiring import open_live_answerer
from embeddings.index.generations import published
from embeddings.question.question import Question
from embeddings.retriever import Retriever
from tests import quick as quick_program
from tests.conftest import PATIENCE, QUICK, environment

QUESTIONS, EDITIONS, DOCUMENTS, THREADS = 500, 10, 12, 4
LASTING = "Điều này không bao giờ đổi: bản Na Phương có 41 hộ dân.\n\nĐường vào bản dài 7,5 km."


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Of a data folder whose documents all tell of edition 0, indexed by the small encoder."""
    monkeypatch.setattr("embeddings.encoder.encoder.facts_of", quick_program.facts)
    monkeypatch.setattr("embeddings.encoder.encoder.load_encoder", quick_program.load)
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", reader="none")  # type: ignore[call-arg]
    settings.corpus_dir.mkdir(parents=True)
    (settings.corpus_dir / "na-phuong.txt").write_text(f"Bản Na Phương\n\n{LASTING}\n", encoding="utf-8")
    publish_edition(settings, 0)
    return settings


def publish_edition(settings: Settings, edition: int) -> str:
    """Have every document but one tell of another edition, and reindex."""
    for number in range(DOCUMENTS):
        text = (
            f"Trưởng thôn số {number} là ông Nguyễn Văn Nam.\n\nThôn số {number} họp theo quyết định lần thứ {edition}."
        )
        (settings.corpus_dir / f"thon-{number}.txt").write_text(f"Thôn số {number}\n\n{text}\n", encoding="utf-8")
    report = wiring.open_indexer(settings).reindex()
    assert report.changed
    assert report.generation
    return report.generation


def question(number: int) -> str:
    return f"thôn số {number % DOCUMENTS} họp theo quyết định lần thứ mấy?"


def editions_in(passages: list[str]) -> set[str]:
    return {found for passage in passages for found in re.findall(r"lần thứ (\d+)", passage)}


class Editions:
    """Publishes one edition after the other while somebody else asks, each once so many questions have been asked.

    However slow indexing is here, who asks is never more than one edition ahead of it.
    """

    def __init__(self, settings: Settings) -> None:
        self.of = {published(settings.data_dir).id: "0"}
        self._settings = settings
        self._asked = 0
        self._failed = False
        self._turn = threading.Condition()

    def count(self) -> None:
        """One more question has been answered; waits for the last edition but one that is due."""
        with self._turn:
            self._asked += 1
            self._turn.notify_all()
            due = self._asked * (EDITIONS + 1) // QUESTIONS
            assert self._turn.wait_for(lambda: len(self.of) >= min(due, EDITIONS) or self._failed, PATIENCE)

    def give_up(self) -> None:
        """No more questions will come."""
        with self._turn:
            self._asked = QUESTIONS
            self._turn.notify_all()

    def publish(self) -> None:
        """Publish them all."""
        try:
            self._publish()
        except BaseException:
            with self._turn:
                self._failed = True
                self._turn.notify_all()
            raise

    def _publish(self) -> None:
        for edition in range(1, EDITIONS + 1):
            with self._turn:
                due = edition * QUESTIONS // (EDITIONS + 1)
                assert self._turn.wait_for(lambda: self._asked >= due, PATIENCE)  # noqa: B023
            published_now = publish_edition(self._settings, edition)
            with self._turn:
                self.of[published_now] = str(edition)
                self._turn.notify_all()


def ask_program(settings: Settings) -> Iterator[dict[str, Any]]:
    """Answers of `danvan ask --batch -`, each question written when the answer before it has been read."""
    program = [*QUICK, "ask", "--batch", "-", "--json", "--top", "12"]
    given = environment(data_dir=settings.data_dir)
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=given) as process:
        assert process.stdin
        assert process.stdout
        for number in range(QUESTIONS):
            process.stdin.write(json.dumps({"id": number, "question": question(number)}).encode() + b"\n")
            process.stdin.flush()
            yield json.loads(process.stdout.readline())
        process.stdin.close()
        assert process.wait(PATIENCE) == 0


def test_a_program_that_asks_moves_on_between_two_questions(settings: Settings) -> None:
    editions = Editions(settings)
    answers = []
    with ThreadPoolExecutor(1) as pool:
        publishing = pool.submit(editions.publish)
        try:
            for answer in ask_program(settings):
                answers.append(answer)
                editions.count()
        except BaseException:
            editions.give_up()
            raise
        publishing.result(PATIENCE)
    assert [answer["id"] for answer in answers] == list(range(QUESTIONS))
    for answer in answers:
        told = editions_in([citation["passage"] for citation in answer["citations"]])
        assert told == {editions.of[answer["generation"]]}, "an answer is out of one generation"
    seen = [editions.of[answer["generation"]] for answer in answers]
    assert sorted(seen, key=int) == seen, "nobody goes back"
    assert len(set(seen)) >= EDITIONS, "new generations are taken up while questions are asked"

    contents = Retriever.open(settings.data_dir, encoder=quick_program.load())
    cited = {citation["passage_id"]: citation["passage"] for answer in answers for citation in answer["citations"]}
    for identity, text in cited.items():
        kept = contents.passage(identity)
        assert kept.text == text if kept else text not in {passage.text for passage in contents.passages}
    assert any(contents.passage(identity) is None for identity in cited)


def test_a_running_bot_answers_each_question_from_one_generation(settings: Settings) -> None:
    editions = Editions(settings)
    live = open_live_answerer(settings)
    numbers = iter(range(QUESTIONS))
    answers: list[Answer] = []

    def ask_on() -> None:
        for number in numbers:
            answers.append(live.current().answer(Question(question(number)), 12))
            editions.count()

    with ThreadPoolExecutor(THREADS + 1) as pool:
        publishing = pool.submit(editions.publish)
        asking = [pool.submit(ask_on) for _ in range(THREADS)]
        for work in (*asking, publishing):
            work.result(PATIENCE)
    assert len(answers) == QUESTIONS
    for answer in answers:
        told = editions_in([citation.passage.text for citation in answer.citations])
        assert told == {editions.of[answer.generation]}
    assert live.current().retriever.generation_id == published(settings.data_dir).id
    lasting = live.current().answer(Question("bản Na Phương có bao nhiêu hộ dân?")).citations[0]
    assert lasting.passage.text == LASTING.split("\n\n", maxsplit=1)[0]
