"""Questions for all who do something together, and for those that somebody does it with."""

import pytest

from bot.answering.answerer import Answerer
from bot.answering.forms.lists import answer_list
from bot.answering.forms.partners_named import answer_partners
from bot.answering.links import Links
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder

CAMP = "Ngày 5/3/2031, Tỉnh đoàn phối hợp với Sở Y tế, Hội Chữ thập đỏ tỉnh tổ chức trại hè sơ cứu ở Bến Sậy."
CREW = (
    "Bầu Tổ sơ cứu trại hè gồm năm người: ông Lê Văn Tư làm tổ trưởng; bà Ngô Thị Nga làm tổ phó; các thành viên là "
    "bà Đỗ Thị Hoa, anh Trần Văn Bốn, ông Vũ Đình Sáu."
)


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("partners")
    texts = {
        "camp": ("Trại hè sơ cứu", CAMP),
        "crew": ("Tổ sơ cứu trại hè", CREW),
    }
    pages = [
        Document(name, title, None, None, None, None, text, name.ljust(64, "0"))
        for name, (title, text) in texts.items()
    ]
    publish(folder, build(folder, pages, WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("những cơ quan nào phối hợp tổ chức trại hè sơ cứu", ["Tỉnh đoàn", "Sở Y tế", "Hội Chữ thập đỏ tỉnh"]),
        ("trại hè sơ cứu do những cơ quan nào tổ chức", ["Tỉnh đoàn", "Sở Y tế", "Hội Chữ thập đỏ tỉnh"]),
        ("Tỉnh đoàn phối hợp với những ai tổ chức trại hè sơ cứu", ["Sở Y tế", "Hội Chữ thập đỏ tỉnh"]),
        ("Sở Y tế phối hợp với những ai tổ chức trại hè sơ cứu", ["Tỉnh đoàn", "Hội Chữ thập đỏ tỉnh"]),
        ("Hội Nông dân phối hợp với những ai tổ chức trại hè sơ cứu", None),
        ("những cơ quan nào phối hợp mở hội thi đua thuyền", None),
        ("trại hè sơ cứu tổ chức ở đâu", None),
    ],
)
def test_all_but_those_the_question_names(answerer: Answerer, question: str, names: list[str] | None) -> None:
    draft = answer_partners(answerer.ask(Question(question)))
    assert ([piece.text for piece in draft.pieces] if draft else None) == names


def test_as_many_persons_as_are_announced_are_all(answerer: Answerer) -> None:
    draft = answer_list(answerer.ask(Question("tổ sơ cứu trại hè gồm những ai")))
    assert draft is not None
    assert [piece.text for piece in draft.pieces] == [
        "ông Lê Văn Tư",
        "bà Ngô Thị Nga",
        "bà Đỗ Thị Hoa",
        "anh Trần Văn Bốn",
        "ông Vũ Đình Sáu",
    ]
