"""Why and what for: answered by a clause that gives the reason or purpose of what is asked, else not at all."""

import pytest

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder

REPORT = """Báo cáo phí vệ sinh xã Bến Tre năm 2031

Xã Bến Tre chưa thu phí vệ sinh theo đầu người do chưa có phần mềm quản lý dân cư. Kinh phí cả năm là 900 triệu đồng.

Xã lắp thêm bốn mươi thùng rác ở chợ nhằm giảm rác đổ xuống kênh.

Chi hội nghề nghiệp nói trong báo cáo này là chi hội của những người cùng làm một nghề.

Chủ tịch xã nêu rõ, ngày xanh là đợt dọn rác chung vào thứ bảy đầu tháng."""


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("reasons")
    page = Document("report", REPORT.split("\n", 1)[0], None, None, None, None, REPORT, "report".ljust(64, "0"))
    publish(folder, build(folder, [page], WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("vì sao xã Bến Tre chưa thu phí vệ sinh theo đầu người?", "do chưa có phần mềm quản lý dân cư"),
        ("vi sao xa Ben Tre chua thu phi ve sinh theo dau nguoi", "do chưa có phần mềm quản lý dân cư"),
        ("xã lắp thêm bốn mươi thùng rác ở chợ nhằm mục đích gì?", "nhằm giảm rác đổ xuống kênh"),
    ],
)
def test_the_clause_that_gives_it(answerer: Answerer, question: str, words: str) -> None:
    answer = answerer.answer(Question(question))
    assert (answer.status, answer.kind) == (Status.ANSWERED, AnswerKind.SENTENCE)
    assert [one.text for one in answer.answers] == [words]


@pytest.mark.parametrize(
    "question",
    ["vì sao kinh phí vệ sinh cả năm là 900 triệu đồng?", "vì sao xã lắp thêm bốn mươi thùng rác ở chợ vào ban đêm?"],
)
def test_another_reason_of_the_passage_is_no_answer(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(Question(question))
    assert answer.status is not Status.ANSWERED
    assert answer.answers == ()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("chi hoi nghe nghiep la gi", "Chi hội nghề nghiệp nói trong báo cáo này là"),
        ("ngày xanh là gì", "ngày xanh là đợt dọn rác chung"),
        ("thế nào là ngày xanh theo báo cáo phí vệ sinh", "ngày xanh là đợt dọn rác chung"),
    ],
)
def test_definitions_behind_who_gives_them_and_where(answerer: Answerer, question: str, words: str) -> None:
    answer = answerer.answer(Question(question))
    assert answer.status is Status.ANSWERED
    assert answer.answers[0].text.startswith(words)
