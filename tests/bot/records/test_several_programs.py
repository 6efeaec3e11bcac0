"""Several programs on one PostgreSQL database: each update is worked on by one of them, none is lost when one dies."""

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.records.claims import Claims
from bot.records.database import Database, DatabaseError
from bot.records.journal import Journal
from tests.postgres_server import Server, servers

TAKER = """
import sys
from bot.records.database import Database
from bot.records.journal import Journal
journal = Journal(Database.open(sys.argv[1]), "c")
print(*sorted(left.payload for left in journal.take_up()), flush=True)
sys.stdin.read()
"""
"""A program that takes up what is open, says so, and hangs."""

CLAIMS = """
FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
WHERE locktype = 'advisory' AND datname = current_database()
"""


@pytest.fixture
def databases(database_url: str) -> Iterator[list[Database]]:
    opened = [Database.open(database_url) for _ in range(3)]
    yield opened
    for one in opened:
        one.close()


def test_an_update_delivered_to_all_is_received_by_one(databases: list[Database]) -> None:
    journals = [Journal(one, "c") for one in databases]
    received: list[int | None] = []

    def receive(journal: Journal) -> None:
        received.extend(journal.receive(number, f"p{number}") for number in range(20))

    threads = [threading.Thread(target=receive, args=(journal,)) for journal in journals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entries = [entry for entry in received if entry is not None]
    assert len(entries) == 20
    assert len(set(entries)) == 20
    assert [journal.take_up(entries) for journal in journals] == [[], [], []]


def test_what_one_works_on_no_other_takes_up(databases: list[Database]) -> None:
    first, second, third = (Journal(one, "c") for one in databases)
    entries = [first.receive(number, f"p{number}") for number in range(3)]
    assert second.take_up() == []
    first.close()
    taken = second.take_up()
    assert [one.payload for one in taken] == ["p0", "p1", "p2"]
    assert third.take_up() == []
    second.finish(taken[0].entry)
    second.close()
    assert [one.entry for one in third.take_up()] == entries[1:]
    assert [one.attempts for one in third.take_up()] == [3, 3]


def test_what_a_killed_program_worked_on_another_takes_up(database_url: str) -> None:
    database = Database.open(database_url)
    journal = Journal(database, "c")
    for number in range(3):
        journal.receive(number, f"p{number}")
    journal.close()
    command = [sys.executable, "-P", "-c", TAKER, database_url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as taker:
        assert taker.stdout is not None
        assert taker.stdout.readline().split() == ["p0", "p1", "p2"]
        assert journal.take_up() == []
        taker.send_signal(signal.SIGKILL)
        taker.wait()
    left: dict[int, str] = {}
    while (
        len(left) < 3
    ):  # the database notices in a moment that the program is gone, and lets go of one after the other
        left |= {one.entry: one.payload for one in journal.take_up(left)}
    assert sorted(left.values()) == ["p0", "p1", "p2"]
    database.close()


def test_of_several_that_work_on_an_update_one_sends_the_answer(databases: list[Database]) -> None:
    first, second, third = (Journal(one, "c") for one in databases)
    entry = first.receive(1, "p1")
    assert entry is not None
    first.close()  # as when the database is lost with its claims
    assert [one.in_doubt for one in second.take_up()] == [False]
    assert second.may_send(entry)
    assert second.may_send(entry)  # asked again, since nobody heard what the first word was
    assert not first.may_send(entry)
    second.close()
    assert [(one.entry, one.in_doubt) for one in third.take_up()] == [(entry, True)]
    third.finish(entry)
    assert not second.may_send(entry)


def test_what_certainly_was_not_sent_is_in_no_doubt(databases: list[Database]) -> None:
    first, second, _ = (Journal(one, "c") for one in databases)
    entry = first.receive(1, "p1")
    assert entry is not None
    assert first.may_send(entry)
    first.put_back(entry)
    first.close()
    assert [one.in_doubt for one in second.take_up()] == [False]
    assert second.may_send(entry)


def test_of_an_update_written_down_late_there_is_one_entry(databases: list[Database]) -> None:
    first, second, _ = (Journal(one, "c") for one in databases)
    entry = first.receive(1, "p1")
    assert entry is not None
    assert first.receive_late(1, "p1") == entry
    assert second.receive_late(1, "p1") is None
    first.finish(entry)
    assert first.receive_late(1, "p1") is None
    assert second.receive_late(2, "p2") is not None


def test_claims_outlive_their_connection(databases: list[Database]) -> None:
    first, second, third = (Journal(one, "c") for one in databases)
    entries = [first.receive(number, f"p{number}") for number in range(2)]
    with databases[2].writing() as session:
        assert session.execute(text(f"SELECT pg_terminate_backend(pid) {CLAIMS}")).all()
    while is_anything_claimed(databases[2]):  # until the server has let go
        pass
    first.keep()
    assert second.take_up() == []
    first.close()
    assert [one.entry for one in third.take_up()] == entries


def is_anything_claimed(database: Database) -> bool:
    """Whether anybody has a claim in this database."""
    with database.reading() as session:
        return session.execute(text(f"SELECT 1 {CLAIMS}")).first() is not None


def test_of_several_one_is_elected_and_replaced(databases: list[Database]) -> None:
    first, second = Claims(databases[0], "polling"), Claims(databases[1], "polling")
    assert first.claim([7]) == {7}
    assert second.claim([7]) == set()
    assert first.holds(7)
    assert not second.holds(7)
    assert Claims(databases[2], "another").claim([7]) == {7}
    first.close()
    assert second.claim([7]) == {7}


def test_a_standby_takes_the_place_of_a_lost_primary() -> None:
    with servers() as folder:
        primary = Server.set_up(folder / "primary").start()
        standby = primary.standby(folder / "standby").start()
        name = primary.new_database()
        hosts = "&".join(f"host=127.0.0.1:{one.port}" for one in (primary, standby))
        database = Database.open(f"postgresql+psycopg://danvan@/{name}?{hosts}")
        journal = Journal(database, "c")
        entry = journal.receive(1, "p1")
        assert entry is not None
        _wait_for(standby, name)
        primary.kill()
        with pytest.raises(DatabaseError, match="cannot be used"):
            journal.receive(2, "p2")
        standby.promote()
        assert journal.receive(2, "p2") is not None
        assert journal.receive(1, "p1") is None
        assert [one.payload for one in journal.take_up()] == ["p1", "p2"]
        journal.finish(entry)
        assert [one.payload for one in journal.take_up()] == ["p2"]
        database.close()
        standby.stop()


def _wait_for(standby: Server, name: str) -> None:
    """Until the standby has what the primary has, the database itself to begin with."""
    import psycopg  # noqa: PLC0415

    for _ in range(6000):
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(standby.conninfo(name)) as connection:
            row = connection.execute("SELECT to_regclass('received') IS NOT NULL").fetchone()
            if row and row[0] and connection.execute("SELECT 1 FROM received").fetchone():
                return
        threading.Event().wait(0.1)
    raise AssertionError("the standby does not follow")


def test_programs_that_start_at_once_create_the_tables_once(database_url: str, tmp_path: Path) -> None:
    opened: list[Database] = []
    threads = [threading.Thread(target=lambda: opened.append(Database.open(database_url))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for one in opened:
        one.close()
