"""Readers: the bundled one with its shipped weights, and any other by its id or folder."""

from pathlib import Path

import pytest

from corpus.errors import ModelError
from embeddings.reading.hub_reader import HubReader
from embeddings.reading.loading_reader import load_reader
from embeddings.reading.readings import SpanReader
from tests.embeddings.tiny_models import save_cross_encoder, save_question_answering

TITLE = "Liên hoan các nghề thủ công xã Vạn Thắng"
PASSAGE = (
    "Sáng 14/3/2018, xã Vạn Thắng khai mạc liên hoan các nghề thủ công lần thứ hai tại sân đình Thượng. Bà Lò Thị Pha, "
    "Chủ tịch Hội Phụ nữ xã, cho biết có 27 gian hàng và hơn 400 lượt khách trong ngày đầu."
)


@pytest.fixture(scope="module")
def reader() -> SpanReader:
    found = load_reader("bundled")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("liên hoan khai mạc ngày nào?", "14/3/2018"),
        ("Ai là Chủ tịch Hội Phụ nữ xã Vạn Thắng?", "Lò Thị Pha"),
        ("có bao nhiêu gian hàng?", "27"),
        ("liên hoan được tổ chức ở đâu?", "sân đình Thượng"),
    ],
)
def test_it_points_at_the_words_that_answer(reader: SpanReader, question: str, answer: str) -> None:
    [reading] = reader.read(question, [(TITLE, PASSAGE)])
    best = reading.spans[0]
    assert answer in PASSAGE[best.start : best.end]
    assert best.end - best.start < len(answer) + 15


def test_it_believes_an_answer_more_than_none(reader: SpanReader) -> None:
    asked = "có bao nhiêu gian hàng?"
    here, elsewhere = reader.read(asked, [(TITLE, PASSAGE), ("Thời tiết", "Hôm nay trời nắng, gió nhẹ trên vùng đồi.")])
    assert here.margin > 0 > elsewhere.margin
    assert here.margin > reader.read("kinh phí tổ chức là bao nhiêu tiền?", [(TITLE, PASSAGE)])[0].margin


def test_the_tail_of_a_long_passage_is_read(reader: SpanReader) -> None:
    filler = "Các hộ dân tiếp tục chăm sóc vườn cây và sửa sang nhà cửa. " * 60
    [reading] = reader.read("có bao nhiêu gian hàng?", [(TITLE, filler + PASSAGE)])
    best = reading.spans[0]
    assert best.start > len(filler)
    assert "27" in (filler + PASSAGE)[best.start : best.end]


def test_it_judges_every_token(reader: SpanReader) -> None:
    asked = "liên hoan khai mạc ngày nào?"
    [reading] = reader.read(asked, [(TITLE, PASSAGE)])
    assert [tag.start for tag in reading.tags] == sorted(tag.start for tag in reading.tags)
    assert reading.tags[-1].end == len(PASSAGE)
    day = PASSAGE.index("14/3/2018")
    inside = [tag.inside for tag in reading.tags if day <= tag.start < day + len("14/3/2018")]
    others = [tag.inside for tag in reading.tags if tag.start > day + len("14/3/2018")]
    assert min(inside) > sum(others) / len(others)


def test_passages_do_not_change_each_other(reader: SpanReader) -> None:
    asked = "có bao nhiêu gian hàng?"
    alone = reader.read(asked, [(TITLE, PASSAGE)])[0]
    together = reader.read(asked, [("", "Ngắn."), (TITLE, PASSAGE), (TITLE, PASSAGE * 3)])[1]
    assert alone.spans[0].start == together.spans[0].start
    assert alone.margin == pytest.approx(together.margin)


@pytest.mark.parametrize("text", ["", " ", "🙂" * 50, "a\u0300" * 400, "\u202e\x00", "ﷺ" * 30], ids=range(6))
def test_any_text_can_be_read(reader: SpanReader, text: str) -> None:
    for question in ("ai?", text):
        for reading in reader.read(question, [(text, text)]):
            assert all(0 <= span.start < span.end <= len(text) for span in reading.spans)


def test_it_sees_what_is_short_in_its_own_tokens(reader: SpanReader) -> None:
    assert reader.sees(
        "Đồng chí nào chủ trì hội nghị tổng kết công tác dân vận năm 2020 của thành phố và phát biểu những gì?"
    )
    assert not reader.sees("\ufdfa" * 100)
    assert not reader.sees("đ?" * 90)


def test_nothing_to_read(reader: SpanReader) -> None:
    assert reader.read("ai?", []) == []


def test_none_is_none() -> None:
    assert load_reader("none") is None


def test_another_model_by_its_folder(tmp_path: Path) -> None:
    reader = HubReader(str(save_question_answering(tmp_path)))
    text = "Sáng nay xã họp dân tại nhà văn hóa. " * 40
    readings = reader.read("họp ở đâu?", [("bỏ qua", text), ("", "Một câu.")])
    assert len(readings) == 2
    for reading, passage in zip(readings, (text, "Một câu."), strict=True):
        assert reading.spans
        assert all(passage[span.start : span.end].strip() for span in reading.spans)
    assert max(span.end for span in readings[0].spans) > len(text) // 4
    assert reader.read("ai?", [("", "")])[0].spans == ()
    for question in ("", "ai chủ trì " * 400, "x" * 4096):
        assert reader.read(question, [("", text)])[0].spans
    assert reader.sees("họp ở đâu?")
    assert not reader.sees("ai chủ trì " * 400)


def test_a_model_that_cannot_be_loaded(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="there is no such folder"):
        HubReader(str(tmp_path / "nowhere"))
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="cannot be loaded"):
        HubReader(str(tmp_path))


def test_a_reranker_is_no_reader(tmp_path: Path) -> None:
    folder = save_cross_encoder(tmp_path)
    with pytest.raises(ModelError, match="was not trained to find answers"):
        HubReader(str(folder))
