"""Of the persons found those whose office, body or sex is asked for."""

import pytest

from bot.answering.answerer import Answerer
from bot.answering.drafts import Draft, Piece
from bot.answering.forms.persons_named import chair_elsewhere
from bot.answering.forms.persons_narrowed import tells_of, those_meant
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder

TEXT = (
    "Đồng chí Lê Văn An, Tỉnh ủy viên, Giám đốc Sở Y tế; đồng chí Trần Thị Bình, Phó Chủ tịch UBND tỉnh; "
    "đồng chí Ngô Cường, Bí thư Tỉnh đoàn chủ trì hội nghị. Sở Nội vụ và Sở Y tế cùng tổ chức."
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("narrowed")
    page = Document("talk", "Hội nghị tỉnh", "2031-05-02", None, None, None, TEXT, "talk".ljust(64, "0"))
    publish(folder, build(folder, [page], WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("bà nào chủ trì hội nghị", ["Trần Thị Bình"]),
        ("ông nào chủ trì hội nghị", ["Lê Văn An", "Ngô Cường"]),
        ("những đồng chí nào của Ủy ban tỉnh chủ trì hội nghị", ["Trần Thị Bình"]),
        ("ai chủ trì hội nghị", ["Lê Văn An", "Trần Thị Bình", "Ngô Cường"]),
    ],
)
def test_those_who_are_meant(answerer: Answerer, question: str, names: list[str]) -> None:
    asked = answerer.ask(Question(question))
    hit = asked.search.hits[0]
    records = asked.retriever.offices.of_passage(asked.retriever.number_of(hit.passage))
    spans = {record.name_span: record.stretch_span for record in records}
    pieces = tuple(Piece(hit, *name, office=office) for name, office in sorted(spans.items()))
    draft = Draft(AnswerKind.LIST, Status.ANSWERED, 0.9, pieces, asked.search.hits)
    assert [piece.text for piece in those_meant(asked, draft).pieces] == names


def test_where_nobody_is_meant_no_words_are_shown(answerer: Answerer) -> None:
    asked = answerer.ask(Question("bà nào chủ trì hội nghị"))
    hit, start = asked.search.hits[0], TEXT.index("Ngô Cường")
    piece = Piece(hit, start, start + len("Ngô Cường"))
    draft = those_meant(asked, Draft(AnswerKind.SPAN, Status.ANSWERED, 0.9, (piece,), asked.search.hits))
    assert (draft.status, draft.pieces) == (Status.RELATED, ())


def test_of_somebody_of_whom_nothing_tells_the_sex_the_answer_is_left_open(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = "Đồng chí Lê Văn An, đồng chí Nguyễn Vân Anh và đồng chí Trần Thị Bình dự họp."
    folder = tmp_path_factory.mktemp("unknown")
    page = Document("talk", "Họp", "2031-05-02", None, None, None, text, "talk".ljust(64, "0"))
    publish(folder, build(folder, [page], WordEncoder()))
    answerer = Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())
    asked = answerer.ask(Question("những bà nào dự họp"))
    hit = asked.search.hits[0]
    names = ("Lê Văn An", "Nguyễn Vân Anh", "Trần Thị Bình")
    pieces = tuple(Piece(hit, text.index(name), text.index(name) + len(name)) for name in names)
    draft = those_meant(asked, Draft(AnswerKind.LIST, Status.ANSWERED, 0.9, pieces, asked.search.hits))
    assert ([piece.text for piece in draft.pieces], draft.goes_on) == (["Trần Thị Bình"], True)


@pytest.mark.parametrize(
    ("offices", "wanted", "told"),
    [
        ("Ủy viên BTV, Phó Chủ tịch UBND tỉnh", "Ủy viên Ban Thường vụ", True),
        ("Ủy viên BTV, Phó Chủ tịch UBND tỉnh", "Ủy ban tỉnh", True),
        ("Ủy viên BTV, Phó Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh", False),
        ("Trưởng Ban Dân vận Tỉnh ủy", "Tỉnh ủy viên", False),
    ],
)
def test_what_offices_tell(offices: str, wanted: str, told: bool) -> None:
    assert tells_of(offices, wanted) is told


def test_a_list_in_a_sentence_that_says_of_nobody_that_he_chairs_is_not_of_who_does(answerer: Answerer) -> None:
    asked = answerer.ask(Question("những ai chủ trì hội nghị"))
    hit, start = asked.search.hits[0], TEXT.index("Lê Văn An")
    assert not chair_elsewhere(asked, [Piece(hit, start, start + len("Lê Văn An"))])
    start = TEXT.index("Sở Nội vụ")
    assert chair_elsewhere(asked, [Piece(hit, start, start + len("Sở Nội vụ"))])
