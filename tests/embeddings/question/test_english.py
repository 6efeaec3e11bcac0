"""Questions in English are put into Vietnamese words; Vietnamese typed without marks is no English."""

import pytest

from embeddings.question.english import in_vietnamese, is_english, unknown_words


@pytest.mark.parametrize(
    "question", ["who chaired the conference?", "what is the theme of 2020?", "When was Directive No. 18/2000 issued?"]
)
def test_english(question: str) -> None:
    assert is_english(question)


@pytest.mark.parametrize(
    "question", ["hop o dau, ai chu tri?", "ai chủ trì hội nghị the nao", "nam 2020 la nam gi", "UBND", "18/2000", ""]
)
def test_no_english(question: str) -> None:
    assert not is_english(question)


def test_words_names_and_numbers() -> None:
    said = in_vietnamese("who chaired the conference in Thái Nguyên on 9/1?", lambda word: False)
    assert said.startswith("ai chủ trì")
    assert "hội nghị" in said
    assert "Thái Nguyên" in said
    assert "9/1" in said
    assert "the" not in said.split()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is the fee for registering residence?", "lệ phí cho đăng ký cư trú là bao nhiêu"),
        ("What was the poverty rate in 2020?", "là bao nhiêu"),
        ("What are the duties of the committee?", "gì"),
    ],
)
def test_a_measure_is_asked_for_with_how_much(question: str, said: str) -> None:
    assert in_vietnamese(question, lambda word: False).endswith(said)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who is the chairman of Hoa Binh district People's Committee?", "Ủy ban nhân dân huyện Hoa Binh"),
        ("What are the results of the 2016 mass mobilization year?", "năm dân vận 2016"),
        ("When was Party Regulation No. 37 issued?", "37"),
        ("Who attended the Son La forum?", "diễn đàn Son La"),
        ("What did the March 2015 report say?", "báo cáo 3/2015"),
        ("Who opened the seminar on 5 June 2017?", "5/6/2017"),
    ],
)
def test_nouns_stand_as_vietnamese_has_them(question: str, said: str) -> None:
    assert said in in_vietnamese(question, lambda word: False)


def test_how_often_is_asked_last() -> None:
    asked = in_vietnamese("How often does the steering committee meet?", lambda word: False)
    assert asked == "Ban Chỉ đạo họp bao lâu một lần"


def test_who_somebody_is() -> None:
    assert in_vietnamese("Who is Le Van Ut?", lambda word: False) == "Le Van Ut là ai"
    assert "Thủ tướng" in in_vietnamese("Who is the Prime Minister?", lambda word: False)


def test_names_stay_together_and_may_is_a_verb_alone() -> None:
    asked = in_vietnamese("What did Trung Van Di propose?", lambda word: False)
    assert "Trung Van Di" in asked
    assert "5" not in in_vietnamese("Who may visit the commune?", lambda word: False)


def test_words_that_are_not_known_are_told_apart() -> None:
    asked = "how to bake sourdough in the province?"
    assert unknown_words(asked, lambda word: False) == ["bake", "sourdough"]
    assert unknown_words(asked, lambda word: word == "bake") == ["sourdough"]
    assert unknown_words("Who chaired the conference in Hanoi?", lambda word: False) == []
    assert unknown_words("who chaired the conference on june 5?", lambda word: False) == []
    assert unknown_words("How long does the conference last?", lambda word: False) == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How much was donated to the vaccine fund in 2021?", "ủng hộ quỹ vắc xin năm 2021 bao nhiêu"),
        ("How many families received the certificate in 2021?", "bao nhiêu gia đình nhận giấy chứng nhận năm 2021"),
    ],
)
def test_an_amount_is_asked_for_last_and_in_a_year_is_of_it(question: str, said: str) -> None:
    assert in_vietnamese(question, lambda _: False) == said
