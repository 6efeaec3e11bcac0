"""`Đúng` by what a reader found is said only where it is more probable than `Không`."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.answering.answerer import Answerer
from bot.answering.forms import yes_no
from bot.answering.links import Links
from bot.answers import Verdict
from corpus.models import Document
from embeddings import Retriever
from embeddings.encoder.encoder import load_encoder
from embeddings.index.building import build
from embeddings.question.question import Question
from embeddings.reading.loading_reader import load_reader
from embeddings.reading.readings import Reading
from embeddings.reranking.reranking import Reranking
from embeddings.verdicts.verdict_model import Weights, shipped

TEXT = """Lão ngư Trần Thuận sinh ngày 10/4/1958 ở xóm Rói, xã Nhơn Hòa Hải. Về xóm, ông mua chiếc thuyền thúng đầu \
tiên bằng tiền bán chiếc đồng hồ và hai chỉ vàng cưới của vợ, bà Võ Thị Chuộng. Năm 1996 ông đóng tàu 22 mã lực, năm \
2008 tàu 90 mã lực và đến năm 2015, nhờ vay theo chương trình phát triển thủy sản, ông có tàu vỏ thép 811 mã lực mang \
tên Thuận Phát 1. Ông có năm con, ba trai theo biển, hai gái dạy học.

Công dân có quyền khiếu nại việc chậm giải quyết hồ sơ. Hộ nghèo giảm từ 3.101 xuống 2.010 hộ. Hộ cận nghèo thì lại \
tăng, từ 1.208 lên 1.716 hộ.

Người đến tiếp công dân không được ghi âm, ghi hình nếu chưa được người tiếp công dân đồng ý.

Năm 2025, xã phấn đấu kết nạp 250 hội viên. Chỉ tiêu thành lập hợp tác xã không đạt: kế hoạch 3, mới thành lập được 1. \
Quỹ hỗ trợ nông dân chưa có nguồn bổ sung từ ngân sách xã.

Dự hội nghị có đồng chí Lê Văn Minh, Phó Bí thư Thường trực Huyện ủy, cùng 85 đại biểu là cán bộ dân vận.

Phòng Nội vụ chủ trì rà soát quy chế dân chủ, phối hợp với Ban Tổ chức Huyện ủy; Liên đoàn Lao động góp ý kiến. Trung \
tâm Chính trị phát biểu trước, Hội Nông dân bổ sung. Tổ hòa giải được 70.000 đồng mỗi tháng; mỗi năm họp hai lần."""


DENIED = "thành lập được 3 hợp tác xã phải không"


class Silent:
    """The bundled reader, which says nothing of claims."""

    def __init__(self) -> None:
        reader = load_reader()
        assert reader is not None
        self._reader = reader
        self.name, self.highest_margin, self.sees = reader.name, reader.highest_margin, reader.sees

    def read(self, question: str, passages: Sequence[tuple[str, str]]) -> list[Reading]:
        return [replace(one, claim=None) for one in self._reader.read(question, passages)]


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    encoder = load_encoder()
    page = Document("lao-ngu", "Lão ngư xóm Rói", "2019-05-01", None, None, None, TEXT, "a".ljust(64, "0"))
    retriever = Retriever(build(tmp_path_factory.mktemp("verdicts"), [page], encoder), encoder)
    return Answerer(retriever, Links(), Reranking(load_reader()))


@pytest.mark.parametrize(
    "question",
    ["tàu đầu tiên của ông Thuận là 90 mã lực phải không", "hộ cận nghèo cũng giảm phải không"],
)
def test_what_a_text_says_otherwise_is_not_affirmed(answerer: Answerer, question: str) -> None:
    assert answerer.answer(Question(question)).verdict is not Verdict.YES


def test_what_a_text_says_is_affirmed(answerer: Answerer) -> None:
    asked = "công dân có quyền khiếu nại việc chậm giải quyết hồ sơ phải không"
    assert answerer.answer(Question(asked)).verdict is Verdict.YES


def test_what_a_text_says_instead_denies_without_a_value_in_the_claims_place(answerer: Answerer) -> None:
    answer = answerer.answer(Question(DENIED))
    assert answer.verdict is Verdict.NO
    assert "mới thành lập được 1" in (answer.text or "")


@pytest.mark.parametrize(
    "question",
    [
        "muốn ghi âm phải được người tiếp công dân đồng ý đúng không",
        "đồng chí Lê Văn Minh phát biểu chỉ đạo hội nghị phải không",
    ],
)
def test_a_denial_with_a_condition_and_an_office_deny_nothing(answerer: Answerer, question: str) -> None:
    assert answerer.answer(Question(question)).verdict is not Verdict.NO


def test_words_alone_are_weighed_and_believed_as_such(answerer: Answerer, monkeypatch: pytest.MonkeyPatch) -> None:
    weighed_with: list[bool] = []

    def counted(*, read: bool) -> Weights:
        weighed_with.append(read)
        return shipped(read=read)

    monkeypatch.setattr(yes_no, "shipped", counted)
    question = Question(DENIED)
    by_words = Answerer(answerer.retriever, Links(), Reranking(Silent()))
    assert by_words.answer(question).verdict is None
    assert set(weighed_with) == {False}
    assert answerer.answer(question, 4).verdict is Verdict.NO
    assert True in weighed_with


@pytest.mark.parametrize(
    "question",
    [
        "ông Lê Ngọc Châu có phải là Tỉnh ủy viên không",
        "diễn đàn cán bộ, công chức, viên chức trẻ họp buổi sáng đúng không?",
    ],
)
def test_other_offices_and_the_same_words_deny_nothing(real_answerer: Answerer, question: str) -> None:
    assert real_answerer.answer(Question(question)).verdict is not Verdict.NO


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Phòng Nội vụ chủ trì rà soát quy chế dân chủ phải không", Verdict.YES),
        ("Ban Tổ chức Huyện ủy chủ trì rà soát quy chế dân chủ phải không", None),
        ("lien doan lao dong chu tri ra soat quy che dan chu phai khong", None),
        ("tổ hòa giải được 70.000 đồng mỗi năm phải không", None),
        ("tổ hòa giải được 70.000 đồng mỗi tháng phải không", Verdict.YES),
    ],
)
def test_who_helps_did_not_do_it_and_a_month_is_no_year(
    answerer: Answerer, question: str, verdict: Verdict | None
) -> None:
    assert answerer.answer(Question(question)).verdict is verdict
