"""Lists that stand on marked lines: found whole over the passages they fill, and only where they are asked for."""

import pytest

from bot.answering.answerer import Answerer
from bot.answering.forms.marked_runs import Kind, MarkedRun, leads_to, lines_of, runs_at
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.models import Document, Passage
from corpus.splitting import split
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder

RULES = """Điều 3. Hành vi bị cấm ở chợ

1. Bày bán hàng giả, hàng không rõ nguồn gốc; nâng giá, ép giá người mua.

2. Đốt lửa, để xe chắn lối thoát nạn, bao gồm:

a) Đốt vàng mã;

b) Để xe máy, xe đẩy trước cửa thoát nạn.

3. Mang theo vũ khí, chất nổ.

Điều 4. Giờ mở cửa

1. Chợ mở cửa từ 5 giờ đến 18 giờ.

2. Ngày lễ do Ban Quản lý chợ thông báo."""
PLAN = """Kế hoạch sửa chợ Bến Tre năm 2031

1. Mục đích

- Bảo đảm an toàn, trật tự ở chợ.

- Tạo thuận lợi cho tiểu thương, người mua, người giao hàng.

2. Kinh phí

Ngân sách huyện chi 900 triệu đồng."""


def page(name: str, text: str) -> Document:
    return Document(name, text.split("\n", 1)[0], None, None, None, None, text, name.ljust(64, "0"))


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("marked")
    publish(folder, build(folder, [page("rules", RULES), page("plan", PLAN)], WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


def passages(text: str) -> list[Passage]:
    return split(page("page", text))


def texts(run: MarkedRun) -> list[str]:
    return [line.text.split(",")[0].rstrip(".;:") for line in run.items]


def holding(text: str, words: str) -> int:
    return next(passage.ordinal for passage in passages(text) if words in passage.text)


def test_marks_of_lines() -> None:
    whole = Passage("p", "page", 0, 0, 0, "Điều 3. Cấm\n1. Một\nb) Hai\n- Ba\n+ Bốn\nNăm 2031")
    counted = Passage("p", "page", 0, 0, 0, "Một là, Sáu\nThứ hai, Bảy\nHai là Tám")
    assert [(line.kind, line.place, line.text) for line in lines_of(counted)] == [
        (Kind.CARDINAL, 1, "Sáu"),
        (Kind.ORDINAL, 2, "Bảy"),
        (Kind.CARDINAL, 2, "Tám"),
    ]
    assert [(line.kind, line.place, line.text) for line in lines_of(whole)] == [
        (Kind.PART, 0, "Điều 3. Cấm"),
        (Kind.NUMBER, 1, "Một"),
        (Kind.LETTER, 2, "Hai"),
        (Kind.BULLET, 0, "Ba"),
        (Kind.PLUS, 0, "Bốn"),
        (None, 0, "Năm 2031"),
    ]


@pytest.mark.parametrize("words", ["Bày bán", "vũ khí"])
def test_a_run_goes_on_over_inner_marks_and_ends_with_its_part(words: str) -> None:
    *_, run = runs_at(passages(RULES), holding(RULES, words))
    assert texts(run) == ["Bày bán hàng giả", "Đốt lửa", "Mang theo vũ khí"]
    assert run.lead.text == "Điều 3. Hành vi bị cấm ở chợ"


def test_inner_runs_come_first() -> None:
    inner, outer = runs_at(passages(RULES), holding(RULES, "Đốt vàng mã"))
    assert texts(inner) == ["Đốt vàng mã", "Để xe máy"]
    assert texts(outer)[0] == "Bày bán hàng giả"


def test_bullets_end_with_the_next_number() -> None:
    run = runs_at(passages(PLAN), holding(PLAN, "trật tự"))[0]
    assert texts(run) == ["Bảo đảm an toàn", "Tạo thuận lợi cho tiểu thương"]
    assert run.lead.text == "Mục đích"


def test_the_line_before_has_to_say_what_is_asked() -> None:
    *_, run = runs_at(passages(RULES), holding(RULES, "vũ khí"))
    assert leads_to(run, {"hanh": 1.0, "cam": 2.0, "cho": 1.0}, "")
    assert not leads_to(run, {"vu": 1.0, "khi": 1.0, "cho": 1.0}, "")
    assert not leads_to(run, {"gio": 1.0, "mo": 1.0, "cua": 1.0, "cho": 1.0}, "")


def test_sections_of_a_report_are_no_items() -> None:
    report = "Báo cáo chợ năm 2031\n\n1. Sửa chữa. Đã lợp lại mái.\n\n2. Thu phí. Thu được 3 triệu đồng."
    (run,) = runs_at(passages(report), holding(report, "Thu phí"))
    assert run.lead.text == "Báo cáo chợ năm 2031"
    assert not leads_to(run, {"bao": 1.0, "cao": 1.0, "cho": 1.0}, "")


def test_a_list_is_told_whole_over_its_passages(answerer: Answerer) -> None:
    answer = answerer.answer(Question("các hành vi bị cấm ở chợ gồm những gì?"), 1)
    assert (answer.status, answer.kind) == (Status.ANSWERED, AnswerKind.LIST)
    assert [text.text for text in answer.answers] == [
        "Bày bán hàng giả, hàng không rõ nguồn gốc; nâng giá, ép giá người mua",
        "Đốt lửa, để xe chắn lối thoát nạn, bao gồm",
        "Mang theo vũ khí, chất nổ",
    ]
    shown = {citation.rank: citation.passage.text for citation in answer.citations}
    assert all(text.text in shown[text.citation] for text in answer.answers)
    assert not answer.goes_on


def test_one_thing_is_not_answered_with_all_lines_beside_it(answerer: Answerer) -> None:
    answer = answerer.answer(Question("chợ mở cửa lúc mấy giờ?"), 1)
    assert not any("Ngày lễ" in text.text for text in answer.answers)
