"""What every engine of an index must do, and that all of them find the same: one suite over each."""

import contextlib
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from corpus.errors import ForeignIndexError, IndexingError, MissingIndexError
from corpus.models import Document
from corpus.splitting import split
from embeddings.headings import heading_of
from embeddings.index.dense import DenseIndex
from embeddings.index.files import FilesStore
from embeddings.index.lexical import LexicalIndex, index_terms
from embeddings.index.narrowing import Narrowing
from embeddings.index.postgres.connecting import Connections
from embeddings.index.postgres.searching import PostgresIndex
from embeddings.index.postgres.store import PostgresStore
from embeddings.index.protocol import IndexStore, OpenIndex
from embeddings.index.sharded.store import ShardedStore
from embeddings.question.question import Question
from embeddings.retriever import Retriever
from tests.conftest import PATIENCE
from tests.embeddings.fakes import LIBRARY, WordEncoder, document

WORDS = WordEncoder()
DATED = (
    replace(LIBRARY[0], published="2019-05-01", publisher="Tỉnh"),
    replace(LIBRARY[1], published="2020", publisher="Huyện", groups=("y-te",)),
    replace(LIBRARY[2], published=None, publisher="Tỉnh"),
)
QUESTION = "Bà con bản Na Phương hiến bao nhiêu đất làm đường?"


@pytest.fixture(params=["files", "postgres", "postgres, approximately", "sharded"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[IndexStore]:
    if request.param == "files":
        yield FilesStore(tmp_path)
        return
    url = request.getfixturevalue("database_url")
    if request.param == "sharded":
        second = request.getfixturevalue("second_url")
        stores = [PostgresStore(each, patience=PATIENCE, shards=2) for each in (url, second)]
        with contextlib.closing(ShardedStore(stores)) as sharded:
            yield sharded
        return
    with contextlib.closing(PostgresStore(url, 20_000 if request.param == "postgres" else 0, PATIENCE)) as opened_store:
        yield opened_store


def opened(store: IndexStore, documents: tuple[Document, ...] = LIBRARY) -> OpenIndex:
    return store.open(store.build(documents, WORDS), WORDS.fingerprint)


def terms(text: str) -> dict[str, float]:
    return dict.fromkeys(index_terms(text), 1.0)


def oracle(documents: tuple[Document, ...]) -> tuple[DenseIndex, LexicalIndex]:
    """The two channels computed in memory, whatever the engine does."""
    passages = [passage for one in documents for passage in split(one)]
    titles = {one.id: heading_of(one) for one in documents}
    named, texts = [titles[one.document_id] for one in passages], [one.text for one in passages]
    return (
        DenseIndex.build(named, texts, WORDS),
        LexicalIndex.build(f"{title}\n{text}" for title, text in zip(named, texts, strict=True)),
    )


def test_a_generation_is_published_in_one_step_and_gone_back_from(store: IndexStore) -> None:
    assert store.published_id() is None
    with pytest.raises(MissingIndexError, match="run: danvan reindex"):
        store.published()
    first = store.build(LIBRARY, WORDS)
    assert store.published_id() is None
    store.publish(first)
    second = store.build(LIBRARY[:1], WORDS)
    assert store.published_id() == first.id
    store.publish(second)
    assert store.published().id == second.id
    assert [one.id for one in store.generations()] == [first.id, second.id]
    assert (second.manifest.documents, first.manifest.documents) == (1, 3)
    assert store.rollback().id == first.id
    assert store.published_id() == first.id
    with pytest.raises(IndexingError, match="no earlier generation"):
        store.rollback()
    store.publish(second)
    with pytest.raises(IndexingError, match="DANVAN_MODEL"):
        store.rollback(fingerprint="another")


def test_a_generation_that_is_named_is_gone_back_to(store: IndexStore) -> None:
    built = []
    for _ in range(3):
        built.append(store.build(LIBRARY, WORDS))
        store.publish(built[-1])
    assert store.rollback(to=built[0].id).id == built[0].id
    assert store.published_id() == built[0].id
    assert store.rollback(to=built[2].id).id == built[2].id
    with pytest.raises(IndexingError, match="answers already"):
        store.rollback(to=built[2].id)
    with pytest.raises(IndexingError, match=f"no generation 'x'.* kept are: {built[0].id}, {built[1].id}"):
        store.rollback(to="x")
    with pytest.raises(IndexingError, match="DANVAN_MODEL"):
        store.rollback(fingerprint="another", to=built[1].id)
    assert store.published_id() == built[2].id


def test_the_oldest_beyond_those_kept_is_removed(store: IndexStore) -> None:
    built = []
    for _ in range(3):
        built.append(store.build(LIBRARY, WORDS))
        store.publish(built[-1], keep=2)
    assert [one.id for one in store.generations()] == [one.id for one in built[1:]]


def test_what_was_never_published_is_swept_away(store: IndexStore) -> None:
    published = store.build(LIBRARY, WORDS)
    store.publish(published)
    discarded = store.build(LIBRARY[:1], WORDS)
    store.discard(discarded)
    store.build(LIBRARY[:2], WORDS)
    assert store.sweep() == 1
    assert [one.id for one in store.generations()] == [published.id]


def test_a_whole_generation_is_proven(store: IndexStore) -> None:
    generation = store.build(LIBRARY, WORDS)
    assert store.verify(generation) == []
    checked = store.check_vectors(generation, WORDS, 1000)
    assert checked.problems == ()
    assert checked.checked == generation.manifest.vectors
    assert checked.least > 0.9999


def test_readers_see_all_of_the_old_or_all_of_the_new(store: IndexStore) -> None:
    versions = [
        tuple(replace(one, title=f"{one.title} {version}") for one in LIBRARY[: 2 + version % 2])
        for version in range(6)
    ]
    published = {(generation := store.build(versions[0], WORDS)).id: versions[0]}
    store.publish(generation, keep=100)
    seen: list[tuple[str, list[Document], list[str]]] = []
    seen_last: list[str] = []
    done = threading.Event()

    def read() -> None:
        while True:
            last = done.is_set()
            index = store.open(store.published(), WORDS.fingerprint)
            found = index.passages_at(index.nearest(WORDS.encode_questions([QUESTION]), 200))
            seen.append((index.generation_id, list(index.documents.values()), [one.document_id for one in found]))
            if last:
                seen_last.append(index.generation_id)
                return

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for version in versions[1:]:
        generation = store.build(version, WORDS)
        published[generation.id] = version
        store.publish(generation, keep=100)
    done.set()
    for reader in readers:
        reader.join()
    assert seen
    for identity, documents, owners in seen:
        assert documents == list(published[identity])
        assert set(owners) == {one.id for one in published[identity]}
    assert seen_last == [generation.id] * len(readers)


def test_nothing_to_index_is_refused(store: IndexStore) -> None:
    with pytest.raises(IndexingError, match="nothing to index"):
        store.build((), WORDS)


def test_another_model_is_refused(store: IndexStore) -> None:
    generation = store.build(LIBRARY, WORDS)
    with pytest.raises(ForeignIndexError, match="danvan reindex"):
        store.open(generation, "another")


def test_documents_and_passages_come_back_as_they_were(store: IndexStore) -> None:
    documents = (*DATED[:2], replace(DATED[2], pages=((0, 1), (5, 2)), headings=((0, "I. Đầu"),), url="https://a.vn/b"))
    generation = store.build(documents, WORDS)
    index = store.open(generation, WORDS.fingerprint)
    passages = [passage for one in documents for passage in split(one)]
    assert list(index.documents) == [one.id for one in documents]
    assert list(index.documents.values()) == list(documents)
    assert index.documents.get("no-such") is None
    assert list(index.passages) == passages
    assert index.passages[1] == passages[1]
    assert len(index.passages) == len(passages)
    assert index.passages_at([2, 0]) == [passages[2], passages[0]]
    assert index.number_of(passages[3].id) == 3
    assert index.number_of("aaaaaaaaaaaaaaaa") is None
    assert list(index.passages_of("y-te")) == [one for one in passages if one.document_id == "y-te"]
    assert index.passages_of("no-such") == ()
    assert list(index.texts()) == [*(one.title for one in documents), *(one.text for one in passages)]
    texts = store.read_texts(generation)
    assert texts == ({one.id: one for one in documents}, tuple(passages))


def test_words_are_scored_as_by_an_oracle(store: IndexStore) -> None:
    index, (_, lexical) = opened(store), oracle(LIBRARY)
    asked = terms(QUESTION) | {"~no-such-word": 2.0, "~xa": 0.25}
    numbers = list(range(len(index.passages)))
    found = index.match_words(asked, 200)
    np.testing.assert_allclose(found.scores(numbers), lexical.scores(asked), rtol=1e-5)
    np.testing.assert_allclose(found.coverage(numbers), lexical.coverage(asked), rtol=1e-5)
    assert found.best_coverage == pytest.approx(lexical.coverage(asked).max())
    assert list(found.candidates) == np.argsort(-lexical.scores(asked), kind="stable").tolist()
    assert list(index.match_words(asked, 2).candidates) == list(found.candidates[:2])
    for term in asked:
        assert index.lexicon.rarity(term) == pytest.approx(lexical.rarity(term))
        assert (term in index.lexicon) == (term in lexical)


def test_what_was_looked_up_ahead_is_at_hand(store: IndexStore, monkeypatch: pytest.MonkeyPatch) -> None:
    index, (_, lexical) = opened(store), oracle(LIBRARY)
    asked = [*terms(QUESTION), "~no-such-word"]
    index.lexicon.look_ahead(term for term in asked)

    def away(_: Connections) -> NoReturn:
        raise AssertionError("the database is asked again")

    monkeypatch.setattr(Connections, "searching", away)
    for term in asked:
        assert index.lexicon.rarity(term) == pytest.approx(lexical.rarity(term))
        assert (term in index.lexicon) == (term in lexical)
    assert index.lexicon.rarities(asked) == pytest.approx(lexical.rarities(asked))


def test_a_question_is_understood_with_one_look_into_the_database(
    store: IndexStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    retriever = Retriever(opened(store), WORDS)
    ask, rounds = PostgresIndex.frequencies, dict[PostgresIndex, int]()

    def frequencies(self: PostgresIndex, terms: Sequence[str]) -> dict[str, int]:
        if not self._terms.frequencies.take(terms).keys() >= set(terms):
            rounds[self] = rounds.get(self, 0) + 1
        return ask(self, terms)

    monkeypatch.setattr(PostgresIndex, "frequencies", frequencies)
    retriever.look_up(Question("ba con ban Na Phuong hien bao nhieu dat lam duong"))
    assert set(rounds.values()) == (set() if isinstance(store, FilesStore) else {1})


@pytest.mark.parametrize("term", ["~a\0b", "~\ud800", "~" + 300 * "dài"], ids=["nul", "surrogate", "long"])
def test_words_that_no_document_has_whatever_they_are_of(store: IndexStore, term: str) -> None:
    index = opened(store)
    assert term not in index.lexicon
    assert list(index.match_words({term: 1.0, "~xa": 1.0}, 3).candidates) == list(
        index.match_words({"~xa": 1.0}, 3).candidates
    )
    assert Retriever(index, WORDS).search(f"{QUESTION} {term}", 1)[0].passage.document_id == "giao-thong"


def test_vectors_are_scored_as_by_an_oracle(store: IndexStore) -> None:
    index, (dense, _) = opened(store), oracle(LIBRARY)
    vector = WORDS.encode_questions([QUESTION])
    assert index.nearest(vector, 5) == dense.nearest(vector, 5)
    numbers = [3, 0, 1]
    found, expected = index.vector_scores(vector, numbers), dense.scores(vector, numbers)
    np.testing.assert_allclose(found.whole, expected.whole, atol=1e-5)
    np.testing.assert_allclose(found.sentence, expected.sentence, atol=1e-5)
    assert [[(a, b) for a, b, _ in each] for each in found.sentences] == [
        [(a, b) for a, b, _ in each] for each in expected.sentences
    ]


@pytest.mark.parametrize(
    ("narrowing", "expected"),
    [
        (Narrowing(), {"giao-thong", "y-te", "hop"}),
        (Narrowing(since="2020-06-01"), {"y-te"}),
        (Narrowing(until="2019-12-31"), {"giao-thong"}),
        (Narrowing(since="2019", until="2020-12-31"), {"giao-thong", "y-te"}),
        (Narrowing(publisher="Tỉnh"), {"giao-thong", "hop"}),
        (Narrowing(publisher="Tỉnh", since="2019-01-01"), {"giao-thong"}),
        (Narrowing(documents=frozenset({"hop", "no-such"})), {"hop"}),
        (Narrowing(since="2031"), set()),
    ],
)
def test_a_search_is_narrowed(store: IndexStore, narrowing: Narrowing, expected: set[str]) -> None:
    index = opened(store, DATED)
    vector = WORDS.encode_questions([QUESTION])
    for numbers in (
        index.nearest(vector, 200, narrowing),
        list(index.match_words(terms(QUESTION), 200, narrowing).candidates),
    ):
        assert {passage.document_id for passage in index.passages_at(numbers)} == expected
    hits = Retriever(index, WORDS).search(QUESTION, 50, narrowing)
    assert {hit.passage.document_id for hit in hits} == expected


def test_what_is_hidden_leaves_no_trace_in_what_is_counted(store: IndexStore) -> None:
    index = opened(store, DATED)
    view, (_, lexical) = index.visible_to(frozenset({"khac"})), oracle((DATED[0], DATED[2]))
    assert list(view.documents) == ["giao-thong", "hop"]
    assert len(view.passages) == lexical.size
    assert view.documents.get("y-te") is None
    assert view.passages_of("y-te") == ()
    assert view.number_of(index.passages_of("y-te")[0].id) is None
    assert not any("trạm y tế" in text.lower() for text in view.texts())
    for term in terms("trạm y tế xã đường"):
        assert view.lexicon.rarity(term) == pytest.approx(lexical.rarity(term))
        assert (term in view.lexicon) == (term in lexical)
    many = [*terms("trạm y tế xã đường"), "~xyz"]
    assert view.lexicon.rarities(many) == pytest.approx(lexical.rarities(many))
    asked = terms(QUESTION)
    numbers = list(view.match_words(asked, 200).candidates)
    shown = {
        one.id: score
        for one, score in zip(view.passages_at(numbers), view.match_words(asked, 200).scores(numbers), strict=True)
    }
    passages = [passage for one in (DATED[0], DATED[2]) for passage in split(one)]
    expected = {one.id: score for one, score in zip(passages, lexical.scores(asked), strict=True)}
    assert shown == pytest.approx(expected, rel=1e-5)
    nearest = view.nearest(WORDS.encode_questions([QUESTION]), 200)
    assert {one.document_id for one in view.passages_at(nearest)} == {"giao-thong", "hop"}
    assert index.visible_to(frozenset({"y-te"})) is index
    assert index.visible_to(None) is index


def test_a_question_is_answered_from_the_passage_that_says_it(store: IndexStore) -> None:
    retriever = Retriever(opened(store, (*DATED, document("trong", "Không có gì", "Trống."))), WORDS)
    hits = retriever.search(QUESTION, 3)
    assert hits[0].passage.text.startswith("Bà con bản Na Phương")
    assert retriever.passage(hits[0].passage.id) == hits[0].passage
    unseen = retriever.visible_to(frozenset()).search("Ai phụ trách trạm y tế?", 10)
    assert {hit.passage.document_id for hit in unseen} == {"giao-thong", "hop", "trong"}
