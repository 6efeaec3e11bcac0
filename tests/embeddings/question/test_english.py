"""Questions in English are put into Vietnamese words; Vietnamese typed without marks is no English."""

import pytest

from embeddings.question.english import in_vietnamese, is_english


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
