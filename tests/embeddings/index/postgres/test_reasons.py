"""What cannot be reached is said with the reason and what to do, in one sentence that shows no password."""

from collections.abc import Callable

import psycopg
import pytest

from bot.records.database import Database, DatabaseError
from corpus.errors import DanvanError, UnreachableIndexError
from embeddings.index.postgres.connecting import Connections
from embeddings.index.postgres.reasons import AGAIN, CHECK, next_step, reason_of
from tests.ports import free_port
from tests.postgres_server import Server

SECRET = "geheim"
NOBODY = "postgresql+psycopg://danvan:geheim@127.0.0.1:{port}/danvan"
NOWHERE = "postgresql+psycopg://danvan:geheim@khong-co.invalid/danvan"
NOTHING = "postgresql+psycopg://danvan:geheim@127.0.0.1:{port}/khong-co"


def open_records(url: str) -> None:
    """As what keeps the history does."""
    Database.open(url).close()


def open_index(url: str) -> None:
    """As what keeps the index does."""
    with Connections(url).working():
        pass


@pytest.mark.parametrize("opened", [open_records, open_index])
@pytest.mark.parametrize("address", [NOBODY, NOWHERE])
def test_a_server_that_is_not_there(opened: Callable[[str], None], address: str) -> None:
    with pytest.raises((DatabaseError, UnreachableIndexError)) as told:
        opened(address.format(port=free_port()))
    sentence = str(told.value)
    assert "refused" in sentence or "resolve" in sentence
    assert sentence.endswith(CHECK)
    assert SECRET not in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("opened", [open_records, open_index])
def test_a_database_that_does_not_exist(opened: Callable[[str], None], postgres: Server) -> None:
    with pytest.raises(DanvanError, match=r"khong-co.*does not exist.*check its"):
        opened(NOTHING.format(port=postgres.port))


@pytest.mark.parametrize("url", ["postgresql+psycopg://danvan@127.0.0.1:abc/x", "postgresql", "://"])
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(DatabaseError, match="must be such as"):
        Database.open(url)


def test_what_is_cut_off_may_be_there_again(postgres: Server) -> None:
    with psycopg.connect(postgres.conninfo("postgres"), autocommit=True) as other:
        cut = psycopg.connect(postgres.conninfo("postgres"), autocommit=True)
        other.execute("SELECT pg_terminate_backend(%s, 60000)", (cut.info.backend_pid,))
        with pytest.raises(psycopg.OperationalError) as told:
            cut.execute("SELECT 1")
        cut.close()
    assert next_step(told.value) == AGAIN
    assert reason_of(told.value)


def test_an_error_without_words_is_named() -> None:
    assert reason_of(TimeoutError()) == "TimeoutError"
