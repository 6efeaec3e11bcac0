"""An index over two databases finds what one finds, and says so when one of them is away."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.phrases import VIETNAMESE
from corpus.errors import ForeignIndexError, UnreachableIndexError
from corpus.models import Document
from corpus.splitting import split
from embeddings.index.lexical import index_terms
from embeddings.index.postgres.store import PostgresStore
from embeddings.index.sharded.dividing import shard_of
from embeddings.index.sharded.store import ShardedStore
from embeddings.question.question import Question
from embeddings.retriever import Retriever
from tests.conftest import PATIENCE
from tests.embeddings.fakes import LIBRARY, WordEncoder, document
from tests.postgres_server import Server, servers

WORDS = WordEncoder()
PLACES = ("Na Phương", "Hòa Sơn", "Dương Quang", "Tân Lập", "Phú Xá", "Đồng Tâm", "Bình Minh", "Cao Sơn")
DOCUMENTS = (
    *LIBRARY,
    *(
        document(
            f"xa-{number}",
            f"Phong trào ở xã {place}",
            f"Xã {place} hiến {100 + number} m2 đất làm đường và {number} ngày công.",
            f"Trạm y tế xã {place} khám bệnh cho {200 * number} người trong năm {2010 + number}.",
            "Các xã cùng thi đua dân vận khéo.",
        )
        for number, place in enumerate(PLACES)
    ),
)
QUESTIONS = (
    "Bà con bản Na Phương hiến bao nhiêu đất làm đường?",
    "Trạm y tế xã Tân Lập khám bệnh cho bao nhiêu người?",
    "Xã nào thi đua dân vận khéo?",
    "Chỉ thị 18/2000/CT-TTg nói gì?",
    "Ai phụ trách trạm y tế?",
)


@pytest.fixture
def urls(database_url: str, second_url: str) -> list[str]:
    return [database_url, second_url]


@pytest.fixture
def sharded(urls: list[str]) -> Iterator[ShardedStore]:
    with contextlib.closing(store_over(urls)) as opened:
        yield opened


def store_over(urls: list[str], patience: float = PATIENCE) -> ShardedStore:
    return ShardedStore([PostgresStore(url, patience=patience, shards=len(urls)) for url in urls])


def in_shard(shard: int) -> list[Document]:
    found = [one for one in DOCUMENTS if shard_of(one.id, 2) == shard]
    assert found
    return found


def test_two_databases_find_what_one_finds(sharded: ShardedStore, postgres: Server) -> None:
    name = postgres.new_database()
    with contextlib.closing(PostgresStore(postgres.url(name), patience=PATIENCE)) as one:
        whole = one.open(one.build(DOCUMENTS, WORDS), WORDS.fingerprint)
        divided = sharded.open(sharded.build(DOCUMENTS, WORDS), WORDS.fingerprint)
        for question in QUESTIONS:
            vector, terms = WORDS.encode_questions([question]), dict.fromkeys(index_terms(question), 1.0)
            assert divided.nearest(vector, 20) == whole.nearest(vector, 20)
            found, expected = divided.match_words(terms, 20), whole.match_words(terms, 20)
            assert list(found.candidates) == list(expected.candidates)
            np.testing.assert_array_equal(found.scores(found.candidates), expected.scores(found.candidates))
            np.testing.assert_array_equal(found.coverage(range(9)), expected.coverage(range(9)))
            hits = [(hit.passage.id, hit.score) for hit in Retriever(divided, WORDS).search(question, 10)]
            assert hits == [(hit.passage.id, hit.score) for hit in Retriever(whole, WORDS).search(question, 10)]
            assert divided.away == ()
    postgres.drop(name)


def test_both_databases_hold_a_part_and_neither_is_taken_for_the_whole(sharded: ShardedStore, urls: list[str]) -> None:
    generation = sharded.build(DOCUMENTS, WORDS)
    sharded.publish(generation)
    assert generation.manifest.documents == len(DOCUMENTS)
    assert generation.manifest.passages == sum(len(split(one)) for one in DOCUMENTS)
    for shard, url in enumerate(urls):
        with contextlib.closing(PostgresStore(url, patience=PATIENCE, shards=2)) as part:
            texts, _ = part.read_texts(part.published())
            assert list(texts) == [one.id for one in in_shard(shard)]
        with contextlib.closing(PostgresStore(url, patience=PATIENCE)) as alone:
            assert list(alone.generations()) == []
            with pytest.raises(ForeignIndexError, match="DANVAN_INDEX_SHARDS"):
                alone.published()


def test_an_index_of_one_database_is_not_taken_for_a_divided_one(sharded: ShardedStore, urls: list[str]) -> None:
    with contextlib.closing(PostgresStore(urls[0], patience=PATIENCE)) as alone:
        alone.publish(alone.build(LIBRARY, WORDS))
    with pytest.raises(ForeignIndexError, match="danvan reindex"):
        sharded.published()


def test_what_was_moved_from_it_is_whole(sharded: ShardedStore, postgres: Server) -> None:
    generation = sharded.build(DOCUMENTS, WORDS)
    name = postgres.new_database()
    with contextlib.closing(PostgresStore(postgres.url(name), patience=PATIENCE)) as one:
        built = one.build(DOCUMENTS, WORDS)
        moved, expected = sharded.read_parts(generation), one.read_parts(built)
    postgres.drop(name)
    assert (list(moved.documents), list(moved.passages)) == (list(expected.documents), list(expected.passages))
    np.testing.assert_array_equal(moved.rows, expected.rows)
    np.testing.assert_array_equal(moved.vectors, expected.vectors)
    assert moved.derived.to_files() == expected.derived.to_files()


def test_a_view_of_a_view_shows_what_both_show(sharded: ShardedStore) -> None:
    hidden = [replace(one, groups=(f"nhom-{number % 3}",)) for number, one in enumerate(DOCUMENTS)]
    index = sharded.open(sharded.build(hidden, WORDS), WORDS.fingerprint)
    view = index.visible_to(frozenset({"nhom-0", "nhom-1"}))
    assert list(view.documents) == [one.id for one in hidden if one.groups != ("nhom-2",)]
    inner = view.visible_to(frozenset({"nhom-1", "nhom-2"}))
    assert list(inner.documents) == [one.id for one in hidden if one.groups == ("nhom-1",)]
    assert [one.document_id for one in inner.passages] == [
        passage.document_id for one in hidden if one.groups == ("nhom-1",) for passage in split(one)
    ]


def test_a_lost_database_is_said_and_found_back(database_url: str) -> None:
    with servers() as folder:
        second = Server.set_up(folder / "second").start()
        store = store_over([database_url, second.url(second.new_database())], patience=8)  # the loss is waited for
        with contextlib.closing(store):
            generation = store.build(DOCUMENTS, WORDS)
            store.publish(generation)
            retriever = Retriever(store.open(generation, WORDS.fingerprint), WORDS)
            answerer = Answerer(retriever, Links())
            assert VIETNAMESE.part_away not in answerer.answer(Question(QUESTIONS[0])).notes
            lost = in_shard(1)[0]
            second.kill()
            search = retriever.look_up(Question(QUESTIONS[0]))
            assert len(search.away) == 1
            assert {hit.passage.document_id for hit in search.hits} <= {one.id for one in in_shard(0)}
            assert answerer.answer(Question(QUESTIONS[1])).notes[0] == VIETNAMESE.part_away
            for asked in (
                lambda: retriever.documents[lost.id],
                lambda: retriever.passages_of(lost.id),
                lambda: retriever.passage("aaaaaaaaaaaaaaaa"),
                lambda: list(retriever.documents),
            ):
                with pytest.raises(UnreachableIndexError, match="part of the index"):
                    asked()
            with pytest.raises(UnreachableIndexError):
                store.publish(generation)
            assert store.published_id() == generation.id

            started_meanwhile = Retriever(store.open(generation, WORDS.fingerprint), WORDS)
            assert started_meanwhile.generation_id == store.published_id() != generation.id
            assert len(started_meanwhile.look_up(Question(QUESTIONS[0])).away) == 1
            assert [one.id for one in started_meanwhile.documents.values()] == [one.id for one in in_shard(0)]

            second.start()
            while store.published_id() != generation.id:  # what looks for it has not found it yet
                threading.Event().wait(0.1)
            assert retriever.look_up(Question(QUESTIONS[0])).away == ()
            assert retriever.documents[lost.id] == lost
            assert len(started_meanwhile.look_up(Question(QUESTIONS[0])).away) == 1
            opened_anew = Retriever(store.open(generation, WORDS.fingerprint), WORDS)
            assert opened_anew.generation_id == store.published_id() == generation.id
            assert opened_anew.look_up(Question(QUESTIONS[0])).away == ()
        second.stop()


def test_a_database_that_missed_a_publication_follows_at_the_next(sharded: ShardedStore, urls: list[str]) -> None:
    built = []
    for _ in range(3):
        built.append(sharded.build(DOCUMENTS, WORDS))
        sharded.publish(built[-1], keep=2)
    assert [one.id for one in sharded.generations()] == [one.id for one in built[1:]]
    assert sharded.rollback().id == built[1].id
    for url in urls:
        with contextlib.closing(PostgresStore(url, patience=PATIENCE, shards=2)) as part:
            assert part.published_id() == built[1].id
            assert [one.id for one in part.generations()] == [one.id for one in built[1:]]
