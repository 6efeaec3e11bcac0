"""The ledger: a line an answer, and every way of meddling with it past the program shows."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.records.database import FILE_NAME, Database, default_url
from bot.records.history import Asking, History
from bot.records.ledger import Ledger
from tests.bot.records.test_history import answer


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(default_url(tmp_path))
    history = History(opened)
    for number in range(1, 5):
        history.record(
            Asking(f"telegram:{number % 2}", "telegram:1/1", str(number), f"câu {number}?"), None, answer("x")
        )
    yield opened
    opened.close()


def test_every_answer_has_a_line_and_all_is_whole(database: Database) -> None:
    ledger = Ledger(database)
    lines = list(ledger.lines())
    assert [(line.number, line.question, line.gap) for line in lines] == [(n, f"câu {n}?", None) for n in range(1, 5)]
    assert list(reversed(ledger.last(10))) == lines
    assert ledger.last(2) == lines[:1:-1]
    assert ledger.gaps() == []


@pytest.mark.parametrize(
    ("tampering", "gap"),
    [
        ("update answers set text = 'khác' where id = 2", "changed"),
        ("update answers set notes = '[\"khác\"]' where id = 2", "changed"),
        ("update answers set citations = '[]', generation = 'g9' where id = 2", "changed"),
        ("update questions set person = 'telegram:7' where id = 2", "changed"),
        ("update questions set text = 'khác' where id = 2", "changed"),
        ("update ledger set at = '2020-01-01 00:00:00' where id = 2", "changed"),
        ("update ledger set answer_digest = question_digest where id = 2", "changed"),
        ("delete from answers where id = 2", "removed"),
        ("delete from questions where id = 2", "removed"),
        ("delete from ledger where id = 2", "missing"),
        ("delete from ledger where id = 1", "missing"),
    ],
)
def test_meddling_shows(database: Database, tmp_path: Path, tampering: str, gap: str) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as meddler:
        meddler.execute("pragma foreign_keys = on")
        meddler.execute(tampering)
    assert [line.gap for line in Ledger(database).gaps()][:1] == [gap]
    assert [line.gap for line in reversed(Ledger(database).last(10)) if line.gap][:1] == [gap]


def test_forgetting_and_growing_old_leave_lines_without_words(database: Database) -> None:
    History(database).forget("telegram:0")
    lines = list(Ledger(database).lines())
    assert [line.gap for line in lines] == [None] * 4
    assert [line.question for line in lines] == ["câu 1?", None, "câu 3?", None]
    assert [bool(line.forgotten) for line in lines] == [False, True, False, True]
    History(database).purge(0)
    assert all(line.forgotten and line.question is None and not line.gap for line in Ledger(database).lines())


def test_an_edited_question_and_a_moved_chat_are_no_meddling(database: Database) -> None:
    history = History(database)
    history.record(Asking("telegram:1", "telegram:1/1", "3", "câu 3 sửa?", again=True), None, answer("y"))
    history.move("telegram", 1, -100)
    assert Ledger(database).gaps() == []
