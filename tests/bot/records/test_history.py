"""What is kept, how long, for whom; and that the layout in the migrations is the layout in the code."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text, update

from bot.answers import Answer, Citation, Status
from bot.records.access import Access, Redeemed, Role
from bot.records.database import Database, DatabaseError, default_url
from bot.records.history import Asking, History
from bot.records.journal import Journal
from bot.records.ledger import Ledger
from bot.records.statistics import misses, statistics
from bot.records.tables import AnswerRow, Base, InviteRow, QuestionRow, ReceivedRow
from corpus.models import Document, Passage

DOCUMENT = Document("d", "Tiêu đề", "2031", None, None, None, "Giá nước là 6.500 đồng.", "0" * 64)
PASSAGE = Passage("abcdefghijklmnop", "d", 0, 0, 23, DOCUMENT.text)
CITATION = Citation(DOCUMENT, PASSAGE, "Giá nước là 6.500 đồng.", None, 0.9, 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, in each engine."""
    return default_url(tmp_path) if request.param == "sqlite" else request.getfixturevalue("database_url")


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = Database.open(url)
    yield opened
    opened.close()


def everything_in(database: Database) -> str:
    """All that any table holds, as text."""
    with database.reading() as session:
        if not database.is_shared:
            session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        tables = (session.execute(text(f"SELECT * FROM {name}")).all() for name in Base.metadata.tables)
        return repr([list(rows) for rows in tables])


def answer(question: str, status: Status = Status.ANSWERED) -> Answer:
    return Answer(question, status, "6.500 đồng", (CITATION,), 0.9, ("Ghi chú.",), "g1", 12.5)


def asked(history: History, question: str, person: str = "telegram:1", status: Status = Status.ANSWERED) -> int:
    number = str(abs(hash((question, person))))
    return history.record(Asking(person, f"telegram:1/{person}", number, question), None, answer(question, status))


def test_an_exchange_comes_back_as_it_was(database: Database) -> None:
    history = History(database)
    asking = Asking("telegram:1", "telegram:1/1", "5", "giá nước?", again=True)
    answer_id = history.record(asking, "câu trước?", answer("giá nước?"))
    history.sent(answer_id, "77")
    found = history.exchange(answer_id)
    assert found is not None
    assert (found.question, found.previous, found.status, found.text) == (
        "giá nước?", "câu trước?", Status.ANSWERED, "6.500 đồng",
    )  # fmt: skip
    assert (found.notes, found.generation, found.sent_as) == (("Ghi chú.",), "g1", "77")
    assert [(one.passage, one.document, one.quote) for one in found.citations] == [
        (PASSAGE.id, "d", "Giá nước là 6.500 đồng.")
    ]
    assert datetime.now(UTC) - found.asked < timedelta(minutes=1)
    assert history.asked_before(asking) == found


def test_an_edited_question_keeps_one_place(database: Database) -> None:
    history = History(database)
    first = history.record(Asking("p", "c/1", "5", "một?"), None, answer("một?"))
    second = history.record(Asking("p", "c/1", "5", "hai?", again=True), None, answer("hai?"))
    assert history.exchange(first) is None
    newest = history.exchange(second)
    assert newest is not None
    assert newest.question == "hai?"
    assert statistics(database).questions == 1


def test_a_channel_that_counts_its_messages_anew_asks_new_questions(database: Database) -> None:
    history = History(database)
    asking = Asking("p", "c/1", "5", "một?")
    first = history.record(asking, None, answer("một?"))
    assert history.asked_before(asking) is None
    second = history.record(asking, None, answer("một?"))
    assert history.exchange(first) is not None
    assert history.exchange(second) is not None
    assert statistics(database).questions == 2


def test_the_previous_question_is_of_this_conversation_and_not_too_old(database: Database) -> None:
    history = History(database)
    history.record(Asking("p", "c/1", "1", "một?"), None, answer("một?"))
    history.record(Asking("p", "c/2", "2", "nơi khác?"), None, answer("nơi khác?"))
    asking = Asking("p", "c/1", "3", "còn nữa?")
    assert history.previous_question(asking) == "một?"
    with database.writing() as session:
        session.execute(update(QuestionRow).values(asked=datetime.now(UTC) - timedelta(hours=13)))
    assert history.previous_question(asking) is None
    history.record(Asking("p", "c/1", "4", "hai?"), None, answer("hai?"))
    assert history.previous_question(asking) == "hai?"
    assert history.previous_question(Asking("p", "c/1", "4", "hai sửa?", again=True)) is None
    history.restart("c/1")
    assert history.previous_question(asking) is None


def test_ratings_are_one_a_person(database: Database) -> None:
    history = History(database)
    answer_id = asked(history, "một?")
    assert history.rate(answer_id, "a", helpful=True)
    assert history.rate(answer_id, "a", helpful=False)
    assert history.rate(answer_id, "b", helpful=True)
    assert history.ratings(answer_id) == (1, 1)
    assert not history.rate(999, "a", helpful=True)


def test_forgetting_leaves_no_trace_of_a_person_and_all_of_the_others(database: Database) -> None:
    history = History(database)
    mine, theirs = asked(history, "điều riêng tư?", "telegram:1"), asked(history, "chuyện khác?", "telegram:2")
    history.rate(theirs, "telegram:1", helpful=True)
    assert history.forget("telegram:1") == 1
    assert history.exchange(mine) is None
    assert history.exchange(theirs) is not None
    assert history.ratings(theirs) == (0, 0)
    assert "riêng tư" not in everything_in(database)
    assert "chuyện khác" in everything_in(database)


def test_purging_keeps_what_is_young(database: Database) -> None:
    history = History(database)
    old, young = asked(history, "cũ?"), asked(history, "mới?")
    with database.writing() as session:
        age = datetime.now(UTC) - timedelta(days=181)
        session.execute(update(QuestionRow).where(QuestionRow.text == "cũ?").values(asked=age))
    assert history.purge(180) == 1
    assert history.exchange(old) is None
    assert history.exchange(young) is not None


def test_an_old_button_never_finds_a_younger_answer(database: Database) -> None:
    history = History(database)
    first = asked(history, "một?")
    history.forget("telegram:1")
    assert asked(history, "hai?") > first


def test_figures_are_those_worked_out_by_hand(database: Database) -> None:
    history = History(database)
    asked(history, "một?", "a")
    liked = asked(history, "hai?", "b")
    asked(history, "ba?", "b", Status.NOT_FOUND)
    asked(history, "bốn?", "b", Status.RELATED)
    history.rate(liked, "b", helpful=False)
    with database.writing() as session:
        for number, elapsed in enumerate((10.0, 20.0, 30.0, 40.0), start=1):
            session.execute(update(AnswerRow).where(AnswerRow.id == number).values(elapsed_ms=elapsed))
    figures = statistics(database)
    assert (figures.questions, figures.people) == (4, 2)
    assert (figures.answered, figures.related, figures.not_found) == (2, 1, 1)
    assert (figures.helpful, figures.unhelpful) == (0, 1)
    assert figures.median_ms == 25.0
    assert figures.p95_ms == pytest.approx(38.5)
    assert {miss.question for miss in misses(database)} == {"hai?", "ba?", "bốn?"}


def test_an_update_is_open_until_finished_and_wiped_then(database: Database) -> None:
    journal = Journal(database, "c")
    first, second = journal.receive(1, "điều riêng"), journal.receive(2, "b")
    assert first is not None
    assert second is not None
    assert journal.receive(1, "điều riêng") is None
    assert journal.receive(1, "another with the number of the first") is not None
    assert Journal(database, "other").take_up() == []
    journal.finish(first)
    assert [left.payload for left in journal.take_up()] == ["b", "another with the number of the first"]
    assert [left.attempts for left in journal.take_up()] == [2, 2]
    assert "điều riêng" not in everything_in(database)


def test_what_looks_the_same_long_after_is_a_new_update(database: Database) -> None:
    journal = Journal(database, "c")
    first = journal.receive(1, "a")
    assert first is not None
    assert journal.receive(1, "a") is None
    journal.finish(first)
    assert journal.receive(1, "a") is None
    with database.writing() as session:
        session.execute(update(ReceivedRow).values(finished=datetime.now(UTC) - timedelta(minutes=11)))
    assert journal.receive(1, "a") is not None
    assert [left.payload for left in journal.take_up()] == ["a"]


def test_finished_updates_are_forgotten_after_two_days(database: Database) -> None:
    journal = Journal(database, "c")
    for number in (1, 2):
        journal.finish(journal.receive(number, "a") or 0)
    with database.writing() as session:
        long_ago = datetime.now(UTC) - timedelta(days=3)
        session.execute(update(ReceivedRow).where(ReceivedRow.id == 1).values(finished=long_ago))
    assert journal.purge() == 1


def test_roles_come_from_settings_invitations_and_revocations(database: Database) -> None:
    access = Access(database, admins=["a"], members=["m"])
    assert [access.role(person) for person in ("a", "m", "s")] == [Role.ADMIN, Role.MEMBER, Role.STRANGER]
    code = access.invite()
    assert access.redeem(code, "s") == Redeemed(Role.MEMBER, None)
    assert access.redeem(code, "t") is None
    assert access.revoke("s")
    assert access.revoke("m")
    assert not access.revoke("a")
    assert [access.may_ask(person) for person in ("a", "m", "s")] == [True, False, False]
    assert not Access(database, is_open=True).may_ask("s")
    assert Access(database, is_open=True).may_ask("nobody")
    again = access.invite(Role.ADMIN)
    assert access.redeem(again, "s") == Redeemed(Role.ADMIN, None)
    member = access.invite(by="a")
    assert access.redeem(member, "s") == Redeemed(Role.ADMIN, "a")


def test_an_invitation_ends_after_a_week_and_only_its_hash_is_kept(database: Database, tmp_path: Path) -> None:
    access = Access(database)
    code = access.invite()
    assert code not in everything_in(database)
    if not database.is_shared:
        assert code.encode() not in (tmp_path / "danvan.db").read_bytes() + (tmp_path / "danvan.db-wal").read_bytes()
    with database.writing() as session:
        session.execute(update(InviteRow).values(expires=datetime.now(UTC) - timedelta(seconds=1)))
    assert access.redeem(code, "s") is None


def test_the_first_admins_invitation_replaces_the_one_before_and_ends_with_an_admin(database: Database) -> None:
    access = Access(database)
    first, second = access.invite_first_admin(), access.invite_first_admin()
    assert first is not None
    assert second is not None
    assert access.redeem(first, "s") is None
    assert access.redeem(second, "s") == Redeemed(Role.ADMIN, None)
    assert access.invite_first_admin() is None
    assert access.admins() == ["s"]


def test_the_migrations_lead_to_the_layout_of_the_code(database: Database) -> None:
    with database.reading() as session:
        differences = compare_metadata(MigrationContext.configure(session.connection()), Base.metadata)
    assert differences == []


def test_opening_again_keeps_everything(url: str) -> None:
    for expected in (0, 1, 2):
        opened = Database.open(url)
        assert statistics(opened).questions == expected
        asked(History(opened), f"câu {expected}?")
        opened.close()


def test_many_writers_at_once_lose_nothing(url: str) -> None:
    databases = [Database.open(url) for _ in range(4)]

    def write(number: int) -> None:
        for turn in range(25):
            asked(History(databases[number]), f"câu {turn} của {number}?")

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statistics(databases[0]).questions == 100
    assert [line.number for line in Ledger(databases[0]).lines()] == list(range(1, 101))
    assert Ledger(databases[0]).gaps() == []
    for opened in databases:
        opened.close()


@pytest.mark.parametrize("content", [b"not a database at all, certainly " * 50])
def test_what_is_no_database_is_said_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "danvan.db").write_bytes(content)
    with pytest.raises(DatabaseError, match="cannot be opened"):
        Database.open(default_url(tmp_path))
