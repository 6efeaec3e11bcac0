"""Capitals as the documents write them."""

import pytest

from embeddings.index.corpus_language import CorpusLanguage
from embeddings.question.casing import Casing, calm

TEXTS = (
    "Hội nghị tại tỉnh Thái Nguyên do ông Phạm Hoàng Sơn chủ trì.",
    "Năm 2020 là năm dân vận. Trong năm 2020 tỉnh Thái Nguyên có nhiều mô hình.",
    "Nghị quyết khóa XIII nêu rõ trách nhiệm của cán bộ.",
    "Ông nói: Cán bộ phải gần dân. Theo ông Phạm Hoàng Sơn, cán bộ phải gần dân.",
)


@pytest.fixture(scope="module")
def casing() -> Casing:
    return Casing(CorpusLanguage.count(TEXTS))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ai chủ trì hội nghị ở thái nguyên", "ai chủ trì hội nghị ở Thái Nguyên"),
        ("phạm hoàng sơn là ai", "Phạm Hoàng Sơn là ai"),
        ("Năm 2020 là năm gì", "năm 2020 là năm gì"),
        ("nghị quyết khóa xiii nói gì", "nghị quyết khóa XIII nói gì"),
        ("Cán bộ phải thế nào", "cán bộ phải thế nào"),
        ("UBND xã ở đâu", "UBND xã ở đâu"),
        ("Ông Trần Văn Khéo là ai", "ông Trần Văn Khéo là ai"),
        ("", ""),
    ],
)
def test_the_documents_tell(casing: Casing, typed: str, read: str) -> None:
    assert casing.apply(typed) == read


def test_small_and_large_first_letters_are_read_alike(casing: Casing) -> None:
    for question in ("năm 2020 là năm gì", "cán bộ phải thế nào", "thái nguyên có gì"):
        assert casing.apply(question) == casing.apply(question[0].upper() + question[1:])


def test_nothing_but_case_changes(casing: Casing) -> None:
    for text in (*TEXTS, "“Năm” (2020)… là  gì?!"):
        assert casing.apply(text).lower() == text.lower()


def test_a_shouted_question_is_read_in_small_letters() -> None:
    assert calm("UBND XÃ HỌP KHI NÀO", lambda word: word == "UBND") == "UBND xã họp khi nào"
    assert calm("UBND TP HCM", lambda word: True) == "UBND TP HCM"
    assert calm("Ai chủ trì HỘI NGHỊ", lambda word: False) == "Ai chủ trì HỘI NGHỊ"
    assert calm("KPI LÀ", lambda word: False) == "KPI LÀ"
