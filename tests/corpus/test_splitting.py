"""Passages: offsets, coverage, lengths, ids; sentences."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import clean
from corpus.models import Document
from corpus.splitting import LONGEST_PASSAGE, passage_id, sentence_spans, split

GOLDEN_ID = "g5albxznrmyyiy7p"  # base32(sha256(b"d\x1fD\xc3\xa2n v\xe1\xba\xadn kh\xc3\xa9o\x1f1")), by hand
PIECES = st.sampled_from(
    [
        "Đồng chí Lê Văn A phát biểu. ",
        "I. Mục tiêu",
        "\n\n",
        "\n",
        "a ",
        "TP. Huế ",
        "Kết quả:",
        "- một;",
        " ",
        "“Ừ.” ",
        "x" * 400,
    ]
)
TEXTS = st.one_of(st.text(max_size=400), st.lists(PIECES, max_size=80).map("".join)).map(clean)


def document(text: str, identifier: str = "d") -> Document:
    return Document(identifier, "T", None, None, None, None, text, "")


@given(TEXTS)
def test_passages_stand_where_they_say_and_hold_everything(text: str) -> None:
    passages = split(document(text))
    covered = [False] * len(text)
    for ordinal, passage in enumerate(passages):
        assert passage.ordinal == ordinal
        assert text[passage.start : passage.end] == passage.text
        assert passage.text == passage.text.strip() != ""
        assert len(passage.text) <= LONGEST_PASSAGE
        assert re.fullmatch("[a-z2-7]{16}", passage.id)
        assert not any(covered[passage.start : passage.end])
        covered[passage.start : passage.end] = [True] * len(passage.text)
    assert all(held or character.isspace() for held, character in zip(covered, text, strict=True))
    assert len({passage.id for passage in passages}) == len(passages)


@given(TEXTS)
def test_sentences_hold_everything_in_order(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


@pytest.mark.parametrize(
    "sentences",
    [
        ["Đ/c Lê Văn A, TP. Huế, phát biểu.", "Hội nghị bế mạc."],
        ["PGS.TS. Trần Văn B và Th.S Lê C trình bày tham luận.", "Đ/c. Nguyễn D kết luận."],
        ["Trên 3.300 hội nghị, 21,5 tỷ đồng.", "Số 18/2000/CT-TTg."],
        ["trong sạch vững mạnh.", "Cấp ủy các cấp đã lãnh đạo."],
        ["Gồm y tế, giáo dục, v.v.", "Ngoài ra còn có giao thông."],
        ["Gồm y tế, giáo dục v.v. và giao thông."],
        ["phục vụ nhân dân…", "Đã góp ý 80 văn bản."],
        ["Ông hỏi: “Ai làm?”", "Không ai trả lời."],
        ["Bác dạy: “Dân vận kém thì việc gì cũng kém.”", "Chúng ta ghi nhớ."],
        ["Một là, làm; hai là, nói; ba là, nghe."],
        ["1. Về tổ chức.", "2. Về cán bộ."],
        ["Xem tại chinhphu.vn và Mic.gov.vn ngày 12.6.2019."],
        ["GS. Hoàng Chí B. nói.", "Đúng vậy!", "Thật thế ư?", "Thật."],
        ["Thái độ... chưa tốt.", "Cần sửa."],
    ],
)
def test_sentences_of_official_vietnamese(sentences: list[str]) -> None:
    joined = "".join(s + ("" if s.endswith("vững mạnh.") else " ") for s in sentences).strip()
    assert [joined[start:end] for start, end in sentence_spans(joined)] == sentences


def test_a_line_break_ends_a_sentence() -> None:
    assert sentence_spans("Óc nghĩ,\nmắt trông,") == [(0, 8), (9, 19)]


def test_an_id_survives_what_is_inserted_before_it() -> None:
    before = split(document("Một đoạn.\n\nHai đoạn.\n\nMột đoạn."))
    after = split(document("Đoạn mới.\n\nMột đoạn.\n\nHai đoạn.\n\nMột đoạn."))
    assert [passage.id for passage in before] == [passage.id for passage in after[1:]]
    assert before[0].id != before[2].id


def test_an_id_depends_on_document_words_and_occurrence_but_not_on_form() -> None:
    base = passage_id("d", "Dân vận khéo", 1)
    assert base == passage_id("d", "Dân  vận\nkhe\u0301o", 1)
    assert (
        len(
            {
                base,
                passage_id("e", "Dân vận khéo", 1),
                passage_id("d", "dân vận khéo", 1),
                passage_id("d", "Dân vận khéo", 2),
            }
        )
        == 4
    )
    assert base == GOLDEN_ID


def test_a_long_paragraph_is_cut_at_sentence_ends_into_even_pieces() -> None:
    sentence = "Các cấp ủy, tổ chức đảng tiếp tục quan tâm đổi mới nội dung, phương thức dân vận trong tình hình mới. "
    text = (sentence * 30).strip()
    passages = split(document(text))
    lengths = [len(passage.text) for passage in passages]
    assert all(passage.text.endswith("mới.") for passage in passages)
    assert max(lengths) <= LONGEST_PASSAGE
    assert max(lengths) - min(lengths) <= 2 * len(sentence)


@pytest.mark.parametrize(("clauses", "longest"), [(40, 750), (24, 1500)])
def test_what_goes_on_without_a_full_stop_is_cut_into_shorter_pieces(clauses: int, longest: int) -> None:
    text = " ".join(
        f"các cấp ủy tiếp tục quan tâm đổi mới phương thức dân vận trong tình hình mới lần {n}," for n in range(clauses)
    )
    lengths = [len(passage.text) for passage in split(document(text))]
    assert longest / 2 < max(lengths) <= longest
    assert " ".join(passage.text for passage in split(document(text))) == text


def test_headings_and_lists_stay_with_what_they_belong_to() -> None:
    text = "\n\n".join(
        (
            "I. Kết quả",
            "Toàn huyện có 12 mô hình.",
            "Toàn cảnh hội nghị",
            "Hội nghị thống nhất ba việc:",
            "- Công khai tiến độ;",
            "- Đối thoại định kỳ;",
            "- Gắn với xếp loại.",
            "Hội nghị kết thúc lúc 11 giờ.",
        )
    )
    assert [passage.text.split("\n\n") for passage in split(document(text))] == [
        ["I. Kết quả", "Toàn huyện có 12 mô hình."],
        ["Toàn cảnh hội nghị"],
        ["Hội nghị thống nhất ba việc:", "- Công khai tiến độ;", "- Đối thoại định kỳ;", "- Gắn với xếp loại."],
        ["Hội nghị kết thúc lúc 11 giờ."],
    ]
