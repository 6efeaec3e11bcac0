"""The noun that a question asks for, and where a text says which."""

import pytest

from embeddings.question.asked_noun import completions

TEXT = (
    "Chi bộ bàn về nâng cao chất lượng sinh hoạt, xây dựng văn hoá đọc sách và giữ gìn trật tự; "
    "thực hiện chính sách phát triển kinh tế - xã hội để giảm nghèo."
)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("chi bộ xây dựng văn hóa gì?", ["văn hoá đọc sách"]),
        ("chi bo ban nang cao chat luong gi", []),  # marks are restored before
        ("bàn nâng cao chất lượng gì", ["chất lượng sinh hoạt"]),
        ("chính sách nào được thực hiện", ["chính sách phát triển kinh tế - xã hội"]),
        ("chi bộ làm gì", []),
        ("bàn về cái gì", []),
        ("giữ gìn trật tự gì", []),  # nothing stands behind it
        ("xây dựng văn hóa", []),
        ("gì", []),
    ],
)
def test_the_noun_and_what_stands_behind_it(question: str, found: list[str]) -> None:
    assert [TEXT[start:end] for start, end in completions(question, TEXT)] == found


def test_every_place_is_told() -> None:
    text = "Văn hóa làng xã; văn hóa công sở."
    assert [text[start:end] for start, end in completions("đó là văn hóa gì", text)] == [
        "Văn hóa làng xã",
        "văn hóa công sở",
    ]


@pytest.mark.parametrize("said", ["tinh thần tự giác", "tinh thần đền ơn đáp nghĩa", "tinh thần độ lượng"])
def test_syllables_that_only_fold_to_a_preposition_end_nothing(said: str) -> None:
    text = f"Chi bộ nêu cao {said}, đoàn kết."
    assert [text[start:end] for start, end in completions("chi bộ nêu cao tinh thần gì", text)] == [said]
