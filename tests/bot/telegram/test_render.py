"""An answer as one message: cut at clauses, exact where it quotes, within Telegram's limits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Answer, Citation, Status
from bot.telegram.outgoing.message_html import excerpt_around, headline, render_answer
from bot.telegram.outgoing.text_html import clip, published_on
from corpus.splitting import sentence_spans, split
from tests.bot.telegram.fakes import document
from tests.bot.telegram.markup import parse

LONG = (
    "Ngày 12/3, tại trụ sở, Ủy ban nhân dân xã Bình An tổ chức hội nghị tổng kết phong trào, với sự tham dự của đại "
    "diện các đoàn thể, các thôn và đông đảo bà con; tại đây, Chủ tịch xã công bố chủ đề của năm tới là Năm vì môi "
    "trường xanh, đồng thời phát động đợt thi đua cao điểm từ nay đến hết quý II, kêu gọi mọi nhà cùng hưởng ứng."
)


def answer_of(text: str, quote: str, words: str | None, status: Status = Status.ANSWERED, notes: int = 0) -> Answer:
    source = document("a", "Tiêu đề <dài> & “lạ” " * 20, text, "2031-02-10", "https://a.example.vn/?x=1&y=2")
    passage = next(found for found in split(source) if quote in found.text)
    citation = Citation(source, passage, quote, "https://a.example.vn/?x=1&y=2#:~:text=a", 0.9, 1)
    return Answer("?", status, words, (citation,), 0.9, ("Không tài liệu nào nhắc đến “Hà Giang”.",) * notes, "g", 1.0)


def test_a_long_sentence_is_cut_at_clauses_around_the_answer() -> None:
    text, entities = parse(headline(LONG, "Năm vì môi trường xanh"))
    assert text == (
        "…tại đây, Chủ tịch xã công bố chủ đề của năm tới là Năm vì môi trường xanh, "
        "đồng thời phát động đợt thi đua cao điểm từ nay đến hết quý II, kêu gọi mọi nhà cùng hưởng ứng."
    )
    assert len(text) <= 200
    assert entities[0].kind == "bold"
    assert entities[0].text == "Năm vì môi trường xanh"


def test_a_short_sentence_stays_as_it_is() -> None:
    assert headline("Giá nước là 6.500 đồng.", "6.500 đồng") == "Giá nước là <b>6.500 đồng</b>."


words = st.text(alphabet="abđ ,;.<>&“”ề", min_size=1, max_size=40)


@given(st.lists(words, min_size=1, max_size=40), st.data())
def test_the_headline_never_loses_the_answer(parts: list[str], data: st.DataObject) -> None:
    sentence = " ".join(" ".join(parts).split())
    start = data.draw(st.integers(0, max(0, len(sentence) - 1)))
    answer = " ".join(sentence[start : start + data.draw(st.integers(1, 150))].split())
    if not answer:
        return
    text, entities = parse(headline(sentence, answer))
    assert len(text) <= 200
    assert answer in " ".join(text.split())
    assert [entity.text for entity in entities] == [answer] or answer != answer.strip(",;: ")


@given(st.lists(words, min_size=1, max_size=80))
def test_the_excerpt_is_an_exact_substring_that_holds_the_quote(parts: list[str]) -> None:
    passage = "Mở đầu. " + ". ".join(parts)
    for start, end in sentence_spans(passage):
        quote = passage[start:end][:300]
        excerpt = excerpt_around(passage, quote, 600)
        assert excerpt in passage
        assert len(excerpt) <= 600
        assert quote.strip() in excerpt


def test_the_excerpt_of_a_long_passage_begins_and_ends_with_sentences() -> None:
    sentences = [f"Đây là câu số {number} của một đoạn văn dài hơn một màn hình." for number in range(40)]
    passage = " ".join(sentences)
    excerpt = excerpt_around(passage, sentences[20], 600)
    assert excerpt in passage
    assert 400 < len(excerpt) <= 600
    assert sentences[20] in excerpt
    assert excerpt.startswith("Đây là câu số")
    assert excerpt.endswith("màn hình.")
    assert excerpt_around(passage, sentences[0], 600).startswith(sentences[0])
    assert excerpt_around(passage, sentences[39], 600).endswith(sentences[39])


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.RELATED, Status.NOT_FOUND])
def test_a_message_keeps_to_its_length_and_to_telegrams_markup(status: Status) -> None:
    answer = answer_of(f"{LONG} {LONG} {LONG} {LONG}", LONG, "Năm vì môi trường xanh", status, notes=30)
    text, entities = parse(render_answer(answer))
    assert len(text) <= 1200
    quotes = [entity.text for entity in entities if entity.kind == "expandable_blockquote"]
    assert all(quote in answer.citations[0].document.text for quote in quotes)
    assert bool(quotes) is (status is not Status.NOT_FOUND)
    link = next(entity for entity in entities if entity.kind == "text_link")
    assert link.url == "https://a.example.vn/?x=1&y=2#:~:text=a"


def test_what_is_only_related_is_visibly_no_answer() -> None:
    text, entities = parse(render_answer(answer_of(LONG, LONG[:100], None, Status.RELATED, notes=1)))
    assert text.startswith(
        "Chưa tìm thấy câu trả lời trực tiếp. Không tài liệu nào nhắc đến “Hà Giang”.\nĐoạn liên quan nhất:\n"
        + LONG[:50]
    )
    assert not [entity for entity in entities if entity.kind == "bold"]


def test_not_found_says_what_is_missing_and_names_the_nearest_document() -> None:
    text = parse(render_answer(answer_of(LONG, LONG[:100], None, Status.NOT_FOUND, notes=1)))[0]
    first, label, nearest = text.split("\n")
    assert first == "Không tìm thấy câu trả lời trong kho tài liệu. Không tài liệu nào nhắc đến “Hà Giang”."
    assert label == "Tài liệu liên quan nhất:"
    assert nearest.startswith("• Tiêu đề <dài> & “lạ”")


@pytest.mark.parametrize(
    ("published", "shown"),
    [("2020-01-10", "đăng ngày 10/01/2020"), ("2020-01", "đăng tháng 01/2020"), ("2020", "đăng năm 2020"), (None, "")],
)
def test_dates_are_written_as_people_write_them(published: str | None, shown: str) -> None:
    assert published_on(published) == shown


def test_clipping_keeps_whole_words() -> None:
    assert clip("một hai ba bốn", 11) == "một hai ba…"
    assert clip("một  hai", 11) == "một hai"


def test_the_page_of_a_passage_stands_with_its_source() -> None:
    given = answer_of(LONG, LONG, None)
    paged = replace(given.citations[0], passage=replace(given.citations[0].passage, page=12))
    text, _ = parse(render_answer(replace(given, citations=(paged,))))
    assert "đăng ngày 10/02/2031 · trang 12" in text
    assert "trang" not in parse(render_answer(given))[0].rsplit("\n", 1)[-1]
