"""Who holds an office, where a document names others under a part of its name."""

from pathlib import Path

from bot.answering.answerer import Answerer
from bot.answering.forms.offices import answer_office
from bot.answering.links import Links
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder

TEXT = """Hội nghị của Khối các cơ quan tỉnh bàn việc tiếp dân.

Đồng chí Lò Văn Pánh, Bí thư Đảng ủy Khối chủ trì hội nghị.

Đồng chí Hà Thị Nhan, Bí thư Đảng ủy, Giám đốc Sở Y tế phát biểu."""


def test_who_is_named_under_less_of_a_body_holds_another_office(tmp_path: Path) -> None:
    page = Document("hop", "Hội nghị của Khối", None, None, None, None, TEXT, "hop".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    answerer = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links())
    held = answer_office(answerer.ask(Question("Bí thư Đảng ủy Khối các cơ quan tỉnh là ai?")))
    assert held is not None
    assert [piece.text for piece in held.pieces] == ["Lò Văn Pánh"]
    both = answer_office(answerer.ask(Question("Bí thư Đảng ủy là ai?")))
    assert both is not None
    assert len(both.pieces) == 2
