"""Everything moves to PostgreSQL and back, goes on after it was broken off, and is compared at the end."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from bot.migrating import MigrationReport, migrate
from bot.records.access import Access
from bot.records.database import Database, DatabaseError, default_url
from bot.records.history import Asking, History
from bot.records.journal import Journal
from embeddings.encoder.encoder import ModelFacts
from embeddings.encoder.lazy_and_cached import CachedEncoder
from embeddings.index.files import FilesStore
from embeddings.index.postgres.store import PostgresStore
from embeddings.retriever import Retriever
from tests.bot.records.test_history import answer
from tests.conftest import PATIENCE, Run
from tests.embeddings.fakes import LIBRARY, WordEncoder

WORDS = WordEncoder()
QUESTION = "Bà con bản Na Phương hiến bao nhiêu đất làm đường?"


@pytest.fixture
def files(tmp_path: Path) -> FilesStore:
    """Two generations, of which the older one is published again."""
    store = FilesStore(tmp_path)
    for documents in (LIBRARY, LIBRARY[:1]):
        store.publish(store.build(documents, WORDS))
    store.rollback()
    return store


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(default_url(tmp_path))
    history = History(opened)
    for number in range(3):
        asking = Asking("telegram:1", "telegram:1/1", str(number), f"câu {number}?")
        history.rate(history.record(asking, None, answer(f"câu {number}?")), "telegram:1", helpful=True)
    Access(opened).invite()
    Journal(opened, "c").receive(1, "chưa trả lời")
    yield opened
    opened.close()


@pytest.fixture
def there(database_url: str) -> Iterator[tuple[PostgresStore, Database]]:
    with (
        contextlib.closing(PostgresStore(database_url, patience=PATIENCE)) as store,
        contextlib.closing(Database.open(database_url)) as one,
    ):
        yield store, one


def found(store: FilesStore | PostgresStore) -> list[tuple[str, float]]:
    index = store.open(store.published(), WORDS.fingerprint)
    return [(hit.passage.id, hit.score) for hit in Retriever(index, WORDS).search(QUESTION, 10)]


def test_there_and_back_everything_is_the_same(
    files: FilesStore, records: Database, there: tuple[PostgresStore, Database], tmp_path: Path
) -> None:
    store, database = there
    report = migrate((files, store), (records, database))
    ids = tuple(one.id for one in files.generations())
    assert report == MigrationReport(ids, ids, files.published_id(), report.rows)
    assert (report.rows["answers"], report.rows["feedback"], report.rows["received"]) == (3, 3, 1)
    assert [one.payload for one in Journal(database, "c").take_up()] == ["chưa trả lời"]
    for (identity, score), (other, also) in zip(found(files), found(store), strict=True):
        assert identity == other
        assert score == pytest.approx(also, abs=1e-5)
    new = History(database).record(Asking("telegram:1", "telegram:1/1", "9", "thêm?"), None, answer("thêm?"))
    assert new == 4
    (tmp_path / "back").mkdir()
    back, again = FilesStore(tmp_path / "back"), Database.open(default_url(tmp_path / "back"))
    assert migrate((store, back), (database, again)).rows["answers"] == 4
    assert back.published_id() == files.published_id()
    before, after = (one.read_parts(one.published()) for one in (files, back))
    assert (before.documents, before.passages) == (after.documents, after.passages)
    np.testing.assert_array_equal(before.vectors, after.vectors)
    again.close()


def test_what_was_embedded_is_not_embedded_again(
    files: FilesStore, records: Database, there: tuple[PostgresStore, Database], tmp_path: Path
) -> None:
    store, database = there
    facts = ModelFacts(WORDS.fingerprint, WORDS.dimension, WORDS.max_tokens)
    with contextlib.closing(files.vector_cache(facts)) as cache:
        files.discard(files.build(LIBRARY, CachedEncoder(WORDS, cache)))  # numbers of tokens are known from here
    back = FilesStore(tmp_path / "back")
    with contextlib.closing(Database.open(default_url(tmp_path / "back"))) as again:
        migrate((files, store), (records, database))
        migrate((store, back), (database, again))
    for target in (store, back):
        with contextlib.closing(target.vector_cache(facts)) as cache:
            encoder = CachedEncoder(Forgetful(), cache)
            rebuilt = target.build(LIBRARY, encoder)
        assert encoder.embedded == 0
        published = files.read_parts(next(one for one in files.generations() if one.manifest.documents > 1))
        np.testing.assert_array_equal(target.read_parts(rebuilt).vectors, published.vectors)
        target.discard(rebuilt)


class Forgetful(WordEncoder):
    """Is never to be asked."""

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        raise AssertionError(texts)


def test_a_migration_broken_off_goes_on(
    files: FilesStore, records: Database, there: tuple[PostgresStore, Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, database = there
    read = files.read_parts
    asked = []

    def failing(generation):  # type: ignore[no-untyped-def]
        asked.append(generation.id)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return read(generation)

    monkeypatch.setattr(files, "read_parts", failing)
    with pytest.raises(KeyboardInterrupt):
        migrate((files, store), (records, database))
    with database.writing() as session:
        session.execute(text("DELETE FROM feedback"))
    report = migrate((files, store), (records, database))
    assert report.copied == tuple(one.id for one in files.generations())[1:]
    assert report.rows["feedback"] == 3
    assert store.published_id() == files.published_id()
    assert migrate((files, store), (records, database)).copied == ()


def test_other_records_are_not_mixed_in(
    files: FilesStore, records: Database, there: tuple[PostgresStore, Database]
) -> None:
    store, database = there
    Access(database).invite()
    with pytest.raises(DatabaseError, match="name an empty database"):
        migrate((files, store), (records, database))
    assert store.published_id() is None


def test_the_command_moves_and_says_what_to_set(quick: Run, tmp_path: Path, database_url: str) -> None:
    assert quick("reindex", data_dir=tmp_path).status == 0
    done = quick("migrate", database_url, data_dir=tmp_path)
    assert done.status == 0, done.err
    assert "DANVAN_INDEX=postgres" in done.out
    there = {"data_dir": tmp_path / "empty", "index": "postgres", "index_seconds": 600, "database_url": database_url}
    asked = quick("ask", "Năm 2020 được chọn là năm gì?", "--json", **there)
    assert asked.status == 0, asked.err
    assert '"status"' in asked.out
    refused = quick("migrate", "mysql://a/b", data_dir=tmp_path)
    assert (refused.status, refused.err.count("\n")) == (1, 1)
