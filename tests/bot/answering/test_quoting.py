"""The quote is a piece of its passage, at most 300 characters, and the sentence that answers."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.quoting import Quoter, covered
from bot.answering.quoting_parts import LONGEST_QUOTE
from corpus.models import Passage
from corpus.splitting import sentence_spans
from corpus.vietnamese import fold
from embeddings.hits import Hit
from embeddings.question.answer_type import expect
from embeddings.reading.readings import Reading, Span
from embeddings.syllables import tokens


def hit(text: str, *cosines: float) -> Hit:
    spans = sentence_spans(text) or [(0, len(text))]
    values = cosines or (0.85,) * len(spans)
    sentences = tuple((*span, value) for span, value in zip(spans, values, strict=True))
    return Hit(Passage("a" * 16, "d", 0, 0, len(text), text), 1.0, 1, 0.85, 1.0, 0.5, sentences)


def quote_of(question: str, wanted: dict[str, float], found: Hit) -> str:
    return Quoter(expect(question), wanted).quote(found).text


def answer_in(question: str, wanted: dict[str, float], found: Hit) -> str | None:
    quoter = Quoter(expect(question), wanted)
    span = quoter.answer(quoter.quote(found))
    return found.passage.text[span[0] : span[1]] if span else None


def worth(question: str) -> dict[str, float]:
    return {fold(word): 1.0 for word in tokens(question)}


def test_words_and_kind_decide_between_sentences_of_equal_meaning() -> None:
    text = "Hội nghị bế mạc. Đồng chí Trần Hồng Hà chủ trì buổi gặp mặt. Ngày 20/2 trời mưa."
    assert quote_of("Ai chủ trì?", worth("chủ trì"), hit(text)) == ("Đồng chí Trần Hồng Hà chủ trì buổi gặp mặt.")
    assert quote_of("Khi nào?", {}, hit(text)) == "Ngày 20/2 trời mưa."


def test_meaning_decides_between_sentences_of_equal_words() -> None:
    text = "Câu thứ nhất. Câu thứ hai. Câu thứ ba."
    assert quote_of("vì sao", {}, hit(text, 0.7, 0.9, 0.8)) == "Câu thứ hai."


def test_of_a_long_sentence_the_clauses_that_answer_are_taken() -> None:
    filler = "; ".join(f"nội dung thứ {i} được quan tâm chỉ đạo thường xuyên" for i in range(12))
    sentence = f"{filler}; năm 2020 được chọn là “Năm dân vận khéo”; {filler}."
    quote = quote_of("năm 2020 là năm gì", worth("năm 2020 chọn"), hit(sentence))
    assert "được chọn là “Năm dân vận khéo”" in quote
    assert len(quote) <= LONGEST_QUOTE
    assert quote in sentence


WORDS = st.sampled_from(["dân", "vận;", "Năm", "2020,", "là:", "“khéo”", "x" * 310, "– và", "…", "Hà", "Nội.", "\n"])


@settings(max_examples=150)
@given(
    st.lists(WORDS, min_size=1, max_size=120),
    st.sampled_from(["Ai?", "năm nào", "bao nhiêu năm", "ở đâu", "gì"]),
    st.none() | st.tuples(st.integers(0, 400), st.integers(1, 90), st.floats(-20, 20)),
)
def test_any_quote_is_an_exact_piece_and_any_answer_a_piece_of_it(
    words: list[str], question: str, read: tuple[int, int, float] | None
) -> None:
    text = " ".join(words).strip()
    if not text:
        return
    found = hit(text)
    if read:
        start = min(read[0], len(text) - 1)
        found = replace(found, reading=Reading((Span(start, min(start + read[1], len(text)), read[2]),)))
    quote = quote_of(question, worth("dân vận"), found)
    assert quote in text
    assert 0 < len(quote) <= 300
    answer = answer_in(question, worth("dân vận"), found)
    assert answer is None or answer in quote


def test_what_a_reader_found_decides_between_sentences_and_is_the_answer() -> None:
    text = "Hội nghị họp buổi sáng. Hội nghị họp buổi chiều. Hội nghị họp buổi tối."
    start = text.index("chiều")
    found = replace(hit(text), reading=Reading((Span(start, start + 5, 3.0), Span(0, 3, -4.0))))
    assert quote_of("họp buổi nào", worth("hội nghị họp"), found) == "Hội nghị họp buổi chiều."
    assert answer_in("họp buổi nào", worth("hội nghị họp"), found) == "chiều"


def test_a_number_is_not_marked_in_part() -> None:
    text = "Ngày 18/02/2019, Bộ Chính trị ban hành quy định số 11-QĐi/TW về đối thoại."
    start = text.index("11-QĐi")
    reading = Reading((Span(start, start + len("11-QĐi"), 5.0),))
    found = replace(hit(text, 0.8), reading=reading)
    assert answer_in("quy định số mấy?", {"quy": 1.0, "dinh": 1.0}, found) == "11-QĐi/TW"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("17 gia đình nhận quà gồm bao nhiêu suất?", "40 suất"),
        ("có bao nhiêu gia đình nhận quà?", "17 gia đình"),
        ("17 gia đình mua được bao nhiêu liều?", None),
        ("bao nhiêu gia đình, có phải 17 không?", "17 gia đình"),
    ],
)
def test_a_number_of_the_question_is_no_answer_to_how_many(question: str, answer: str | None) -> None:
    text = "Xã tặng 17 gia đình 40 suất quà."
    found = tuple(
        Span(at := text.index(one), at + len(one), margin) for one, margin in (("17 gia đình", 5.0), ("40 suất", 2.0))
    )
    assert answer_in(question, {}, replace(hit(text), reading=Reading(found))) == answer


def test_a_cut_keeps_the_words_that_a_reader_found() -> None:
    filler = "; ".join(f"nội dung thứ {i} được quan tâm chỉ đạo thường xuyên" for i in range(12))
    text = f"{filler}; riêng xã Đồng Văn làm khác; {filler}."
    start = text.index("Đồng Văn")
    found = replace(hit(text), reading=Reading((Span(start, start + 8, 3.0),)))
    assert "Đồng Văn" in quote_of("nội dung được quan tâm chỉ đạo", worth("nội dung quan tâm chỉ đạo"), found)
    assert answer_in("xã nào", {}, found) == "Đồng Văn"


@pytest.mark.parametrize(
    ("question", "quote", "answer"),
    [
        ("Năm 2020 được chọn là năm gì?", "năm 2020 được chọn là “Năm dân vận khéo”, vì vậy", "Năm dân vận khéo"),
        ("Hội nghị diễn ra ngày nào?", "Ngày 9/1, tổ chức Hội nghị tổng kết", "Ngày 9/1"),
        ("Diễn đàn diễn ra ở đâu?", "sáng 13/10, tại Hải Phòng diễn ra diễn đàn", "Hải Phòng"),
        ("Ai phát biểu?", "Đồng chí Phan Cao Thanh phát biểu", "Phan Cao Thanh"),
        ("Tổ chức bao nhiêu hội nghị?", "góp ý 80 văn bản; tổ chức trên 3.300 hội nghị", "3.300"),
        ("Vì sao?", "vì Phan Cao Thanh nói thế năm 2019", None),
        ("Ai phát biểu?", "hội nghị bế mạc", None),
    ],
)
def test_answers(question: str, quote: str, answer: str | None) -> None:
    found = answer_in(question, worth(question), hit(quote))
    assert (found is None) == (answer is None)
    assert answer is None or answer in (found or "")


def test_covered() -> None:
    assert covered({"dan": 1.0, "kheo": 3.0}, "Dân vận") == pytest.approx(0.25)
    assert covered({"dan": 1.0, "kheo": 3.0}, "dân vận KHÉO") == 1
    assert covered({"tran": 1.0, "quoc": 1.0}, "MTTQ các cấp họp.") == 1, "an abbreviation says what it stands for"
    assert covered({}, "gì cũng được") == 0


def test_of_several_things_read_together_the_one_whose_noun_is_asked_for_is_marked() -> None:
    text = "Cán bộ cần nâng cao trình độ, kỹ năng, đạo đức công vụ trong thời kỳ mới."
    words = "trình độ, kỹ năng, đạo đức công vụ"
    read = replace(hit(text), reading=Reading((Span(text.index(words), text.index(words) + len(words), 3.0),)))
    assert answer_in("cán bộ cần nâng cao đạo đức gì", {}, read) == "đạo đức công vụ"
    assert answer_in("cán bộ cần nâng cao những gì", {}, read) == words


def test_not_the_office_of_the_speaker_but_what_was_said_is_marked() -> None:
    text = "Đồng chí Lê Văn An, Phó Chủ tịch UBND huyện, đánh giá cao tinh thần của bà con."
    office, deed = (text.index(words) for words in ("Phó Chủ tịch", "tinh thần"))
    spans = (Span(office, office + len("Phó Chủ tịch UBND huyện"), 4.0), Span(deed, len(text) - 1, 3.0))
    read = replace(hit(text), reading=Reading(spans))
    assert answer_in("Lê Văn An đánh giá cao điều gì", {}, read) == "tinh thần của bà con"
    assert answer_in("Lê Văn An giữ chức gì", {}, read) == "Phó Chủ tịch UBND huyện"


@pytest.mark.parametrize(
    ("question", "text", "read", "answer"),
    [
        (
            "ai làm giám đốc",
            "Chị Gạch làm Giám đốc, còn bà Phan nghỉ.",
            "Chị Gạch làm Giám đốc, còn bà Phan",
            "Chị Gạch làm Giám đốc",
        ),
        (
            "việc gì xảy ra",
            "Mưa to, còn đường hỏng nặng.",
            "Mưa to, còn đường hỏng nặng",
            "Mưa to, còn đường hỏng nặng",
        ),
        ("giảm bao nhiêu hộ", "Giảm từ 20 hộ xuống còn 12 hộ.", "từ 20 hộ xuống còn 12 hộ", "từ 20 hộ xuống còn 12 hộ"),
        ("nhờ cái gì", "Giảm nhờ “quỹ bút mực” của Hội.", "quỹ bút mực” của Hội", "“quỹ bút mực” của Hội"),
        ("nhờ cái gì", "Giảm nhờ “quỹ bút mực” của Hội.", "bút mực", "bút mực"),
    ],
)
def test_where_read_words_begin_and_end(question: str, text: str, read: str, answer: str) -> None:
    start = text.index(read)
    found = replace(hit(text), reading=Reading((Span(start, start + len(read), 5.0),)))
    assert answer_in(question, {}, found) == answer
