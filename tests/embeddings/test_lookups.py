"""Documents named by number: their short forms, what is asked of them, and which of several holds."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.models import Document
from corpus.official.record import read_official
from embeddings.fact_lookup import Fact
from embeddings.in_force import Validity
from embeddings.index.building import build
from embeddings.index.known_numbers import KnownNumbers
from embeddings.question.asked_time import asked_time
from embeddings.question.document_names import respell_numbers
from embeddings.question.question import Question
from embeddings.retriever import Retriever
from tests.quick import SyllableEncoder

TODAY = date(2026, 3, 1)


def _document(identity: str, title: str, text: str, published: str) -> Document:
    official = read_official(title, text, published)
    return Document(identity, title, published, None, None, None, text, "", official=official)


DOCUMENTS = [
    _document(
        "old",
        "Nghị quyết số 11/2018/NQ-HĐND quy định mức phụ cấp Tổ trưởng dân vận",
        "Tổ trưởng Tổ dân vận được hưởng phụ cấp 300.000 đồng một tháng.\n\nNghị quyết này có hiệu lực từ 01/8/2018.",
        "2018-07-12",
    ),
    _document(
        "new",
        "Nghị quyết số 27/2023/NQ-HĐND quy định mức phụ cấp Tổ trưởng dân vận",
        "Tổ trưởng Tổ dân vận được hưởng phụ cấp 500.000 đồng một tháng.\n\nNghị quyết này có hiệu lực từ ngày "
        "01/01/2024 và thay thế Nghị quyết số 11/2018/NQ-HĐND ngày 12 tháng 7 năm 2018.",
        "2023-12-08",
    ),
    _document(
        "decree",
        "Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư",
        "Văn bản đi phải gửi trong ngày ký.\n\nNghị định này có hiệu lực thi hành từ ngày 05 tháng 3 năm 2020 và bãi "
        "bỏ Nghị định số 110/2004/NĐ-CP.",
        "2020-03-05",
    ),
]


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    found = Retriever(build(tmp_path_factory.mktemp("numbers"), DOCUMENTS, SyllableEncoder()), SyllableEncoder())
    found.validity = Validity.of(found.documents, lambda: TODAY)
    return found


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("NĐ 30/2020 hiệu lực từ khi nào", "Nghị định số 30/2020/NĐ-CP hiệu lực từ khi nào"),
        ("nđ30/2020/nđcp nói gì", "Nghị định số 30/2020/NĐ-CP nói gì"),
        ("nghi dinh 30 noi gi", "Nghị định số 30/2020/NĐ-CP noi gi"),
        ("NQ 27 và NQ 11/2018", "Nghị quyết số 27/2023/NQ-HĐND và Nghị quyết số 11/2018/NQ-HĐND"),
        ("Nghị định 110", "Nghị định số 110/2004/NĐ-CP"),
        ("Nghị định 99/2019", "Nghị định 99/2019"),
        ("Nghị định số 30/2020/NĐ-CP", "Nghị định số 30/2020/NĐ-CP"),
    ],
)
def test_short_forms_are_read_as_the_documents_write_them(typed: str, read: str, tmp_path: Path) -> None:
    KnownNumbers.build(DOCUMENTS).save(tmp_path)
    found, told = respell_numbers(typed, KnownNumbers.load(tmp_path))
    assert found == read
    assert bool(told) is (found != typed)


@pytest.mark.parametrize("question", ["Nghị định 30 có hiệu lực khi nào", "nd 30/2020 co hieu luc tu khi nao", "ND 30"])
def test_a_document_that_is_known_is_never_called_missing(retriever: Retriever, question: str) -> None:
    assert retriever.look_up(Question(question)).understanding.missing == ()


def test_a_document_that_is_not_known_is(retriever: Retriever) -> None:
    assert retriever.look_up(Question("Nghị định 99/2019 nói gì?")).understanding.missing == ("Nghị định 99/2019",)


@pytest.mark.parametrize(
    ("question", "fact", "document", "words"),
    [
        ("NĐ 30/2020 hiệu lực từ khi nào", Fact.EFFECTIVE, "decree", "05 tháng 3 năm 2020"),
        ("nghi dinh 30 co hieu luc tu ngay nao", Fact.EFFECTIVE, "decree", "05 tháng 3 năm 2020"),
        ("NQ 27/2023 thay thế văn bản nào?", Fact.REPLACES, "new", "Nghị quyết số 11/2018/NQ-HĐND"),
        ("Nghị định 30 bãi bỏ nghị định nào", Fact.REPLACES, "decree", "Nghị định số 110/2004/NĐ-CP"),
    ],
)
def test_facts_are_looked_up(retriever: Retriever, question: str, fact: Fact, document: str, words: str) -> None:
    search = retriever.look_up(Question(question))
    assert search.fact is not None
    assert (search.fact.fact, search.fact.document_id) == (fact, document)
    first = search.hits[0]
    assert [first.passage.text[start:end] for start, end in first.looked_up] == [words]
    assert first.quote is not None
    assert words in first.passage.text[slice(*first.quote)]


def test_what_has_replaced_a_document_is_told_by_the_newer_one(retriever: Retriever) -> None:
    for question in ("Nghị quyết 11/2018 bị thay thế bởi văn bản nào?", "Nghị quyết 11/2018 còn hiệu lực không?"):
        fact = retriever.look_up(Question(question)).fact
        assert fact is not None
        assert (fact.about, fact.document_id) == ("old", "new")


def test_a_question_that_asks_more_is_searched_within_the_document(retriever: Retriever) -> None:
    search = retriever.look_up(Question("Theo Nghị quyết 11/2018, Tổ trưởng được phụ cấp bao nhiêu?"))
    assert search.fact is None
    assert search.hits[0].passage.document_id == "old"
    assert "300.000" in search.hits[0].passage.text


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Tổ trưởng Tổ dân vận được phụ cấp bao nhiêu một tháng?", "new"),
        ("Hiện nay phụ cấp Tổ trưởng Tổ dân vận là bao nhiêu?", "new"),
        ("năm 2019 Tổ trưởng Tổ dân vận được phụ cấp bao nhiêu?", "old"),
        ("năm 2025 Tổ trưởng Tổ dân vận được phụ cấp bao nhiêu?", "new"),
        ("ngày 01/9/2022 Tổ trưởng Tổ dân vận được phụ cấp bao nhiêu?", "old"),
        ("trước đây Tổ trưởng Tổ dân vận được phụ cấp bao nhiêu?", "old"),
    ],
)
def test_the_document_that_holds_then_comes_first(retriever: Retriever, question: str, document: str) -> None:
    hits = retriever.look_up(Question(question)).hits
    assert hits[0].passage.document_id == document
    assert [hit.rank for hit in hits] == list(range(1, len(hits) + 1))
    assert all(one.score >= other.score for one, other in pairwise(hits))


@pytest.mark.parametrize(
    ("question", "first", "last", "before"),
    [
        ("mức phụ cấp là bao nhiêu", "2026-03-01", "2026-03-01", False),
        ("năm 2019 mức nào", "2019-01-01", "2019-12-31", False),
        ("Nghị quyết 11/2018/NQ-HĐND quy định gì", "2026-03-01", "2026-03-01", False),
        ("từ 1/7/2025 thế nào", "2025-07-01", "2025-07-01", False),
        ("truoc day muc nao", "2026-03-01", "2026-03-01", True),
        ("năm 2030 thế nào", "2026-03-01", "2026-03-01", False),
    ],
)
def test_the_time_a_question_is_about(question: str, first: str, last: str, before: bool) -> None:
    time = asked_time(question, TODAY)
    assert (time.first, time.last, time.before) == (first, last, before)
