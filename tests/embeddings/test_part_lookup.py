"""Parts of documents looked up by number: which document, which part, and when nothing is to be looked up."""

from pathlib import Path

import pytest

from corpus.models import Document
from corpus.official.record import read_official
from embeddings.index.building import build
from embeddings.index.structure import Structure
from embeddings.part_lookup import FoundPart, MissingPart, PartFinder
from embeddings.question.question import Question
from embeddings.retriever import Retriever
from tests.quick import SyllableEncoder

RULES = """Chương I

QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh

Quy chế này quy định việc tiếp công dân tại huyện.

Điều 2. Nguyên tắc

1. Công khai, dân chủ, kịp thời.

2. Giữ bí mật cho người tố cáo theo quy định tại khoản 2 Điều 4 Quy chế này.

Chương II

TRÁCH NHIỆM

Điều 3. Trách nhiệm của người tiếp công dân

a) Trang phục chỉnh tề;

b) Ghi chép đầy đủ.

Điều 4. Bảo vệ người tố cáo

1. Không được tiết lộ họ tên của người tố cáo.

2. Người tiết lộ bị kỷ luật từ khiển trách đến buộc thôi việc."""

DECISION = """Điều 1. Phạm vi điều chỉnh

Quyết định này quy định mức thu phí chợ trên địa bàn tỉnh.

Điều 2. Mức thu

1. Hộ cố định nộp 6.000 đồng.

2. Hộ không cố định nộp 3.000 đồng, thu theo ngày."""


def _document(identity: str, title: str, text: str) -> Document:
    official = read_official(title, text, None)
    return Document(identity, title, None, None, None, None, text, "0" * 64, official=official)


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    documents = [
        _document("rules", "Quy chế tiếp công dân của huyện Minh Phú", RULES),
        _document("fees", "Quyết định số 21/2022/QĐ-UBND quy định mức thu phí chợ", DECISION),
        _document("news", "Huyện Minh Phú tiếp công dân", "Sáng nay, huyện đã tiếp 12 lượt công dân đến khiếu nại."),
    ]
    folder = tmp_path_factory.mktemp("parts")
    return Retriever(build(folder, documents, SyllableEncoder()), SyllableEncoder())


def _shown(retriever: Retriever, question: str, previous: str | None = None) -> list[str]:
    search = retriever.look_up(Question(question, previous))
    return [hit.passage.text[start:end] for hit in search.hits for start, end in hit.looked_up]


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (
            "Khoản 2 Điều 4 Quy chế tiếp công dân quy định gì?",
            ["2. Người tiết lộ bị kỷ luật từ khiển trách đến buộc thôi việc."],
        ),
        (
            "khoan 2 dieu 4 quy che tiep cong dan noi gi",
            ["2. Người tiết lộ bị kỷ luật từ khiển trách đến buộc thôi việc."],
        ),
        ("điểm b điều 3 quy chế tiếp công dân", ["b) Ghi chép đầy đủ."]),
        ("Khoản 2 Điều 2 Quyết định 21/2022 quy định gì", ["2. Hộ không cố định nộp 3.000 đồng, thu theo ngày."]),
        ("Khoản 2 Điều 2 về phí chợ là gì", ["2. Hộ không cố định nộp 3.000 đồng, thu theo ngày."]),
        (
            "Chương II Quy chế tiếp công dân quy định về gì?",
            ["Chương II\n\nTRÁCH NHIỆM", "Điều 3. Trách nhiệm của người tiếp công dân", "Điều 4. Bảo vệ người tố cáo"],
        ),
        (
            "Điều 4 quy chế tiếp công dân",
            [
                "Điều 4. Bảo vệ người tố cáo",
                "1. Không được tiết lộ họ tên của người tố cáo.",
                "2. Người tiết lộ bị kỷ luật từ khiển trách đến buộc thôi việc.",
            ],
        ),
    ],
)
def test_the_part_itself_comes_first(retriever: Retriever, question: str, shown: list[str]) -> None:
    assert _shown(retriever, question) == shown
    first = retriever.look_up(Question(question)).hits[0]
    assert first.looked_up
    assert first.score == 1


def test_a_question_about_something_in_a_part_is_searched_within_it(retriever: Retriever) -> None:
    search = retriever.look_up(Question("Theo Điều 2 Quyết định 21/2022, hộ cố định nộp bao nhiêu?"))
    assert isinstance(search.part, FoundPart)
    assert not search.part.for_content
    assert "6.000 đồng" in search.hits[0].passage.text
    assert not search.hits[0].looked_up


def test_a_part_that_the_named_document_does_not_have(retriever: Retriever) -> None:
    part = retriever.look_up(Question("Điều 9 Quy chế tiếp công dân quy định gì?")).part
    assert isinstance(part, MissingPart)
    assert (part.document_id, part.asked[1], part.numbers) == ("rules", "9", ("1", "2", "3", "4"))


def test_a_part_of_several_documents_is_told_with_its_rivals(retriever: Retriever) -> None:
    part = retriever.look_up(Question("Điều 1 nói gì?")).part
    assert isinstance(part, FoundPart)
    assert {part.document_id, *part.rivals} == {"rules", "fees"}


def test_the_question_before_names_the_document(retriever: Retriever) -> None:
    before = "Quyết định 21/2022 quy định mức thu phí chợ thế nào?"
    assert "mức thu phí chợ" in _shown(retriever, "Điều 1 nói gì?", before)[0]
    part = retriever.look_up(Question("Điều 1 nói gì?", before)).part
    assert isinstance(part, FoundPart)
    assert (part.document_id, part.rivals) == ("fees", ())
    assert _shown(retriever, "còn khoản 1?", "Khoản 2 Điều 2 phí chợ quy định gì") == ["1. Hộ cố định nộp 6.000 đồng."]


@pytest.mark.parametrize(
    "question", ["Huyện đã tiếp bao nhiêu lượt công dân?", "Điều 77 Luật Đất đai nói gì?", "khoản 2 nói gì"]
)
def test_nothing_is_looked_up(retriever: Retriever, question: str) -> None:
    search = retriever.look_up(Question(question))
    assert search.part is None
    assert not any(hit.looked_up for hit in search.hits)


@pytest.mark.parametrize(
    ("question", "identity"),
    [
        ("nội dung khoản 1 Điều 1 Luật Thủy lợi", "water"),
        ("Luật Phân bổ, khoản 1 Điều 1 ghi thế nào?", "sharing"),
        ("khoan 1 dieu 1 luat phan bo dieu hoa noi gi", "sharing-more"),
        ("khoản 1 Điều 1 của Luật Chung cư nói gì", "flats"),
    ],
)
def test_a_document_is_known_by_its_whole_title_whatever_words_it_has(question: str, identity: str) -> None:
    titles = {
        "flats": "Luật Chung cư",
        "water": "Luật Thủy lợi số 08/2017/QH14",
        "sharing": "Luật Phân bổ",
        "sharing-more": "Luật Phân bổ điều hòa",
    }
    others = "Luật này về chung cư, thủy lợi, phân bổ, điều hòa."
    text = "Điều 1. Phạm vi\n\n1. {about}\n\n2. Không áp dụng cho nước ngoài."
    documents = {
        one: _document(one, title, text.format(about=others if one != identity else "Nơi khác."))
        for one, title in titles.items()
    }
    found = PartFinder(documents, Structure.build(documents.values()), lambda word: 1.0).find(question)
    assert isinstance(found, FoundPart)
    assert (found.document_id, found.rivals, found.for_content) == (identity, (), True)


def test_a_generation_without_structure_still_opens(tmp_path: Path) -> None:
    assert Structure.load(tmp_path).units == {}
