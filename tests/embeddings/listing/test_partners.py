"""Who does something together, as sentences tell it."""

import pytest

from embeddings.listing.partners import partnerships


def told(text: str) -> list[tuple[list[str], list[str]]]:
    return [
        ([text[start:end] for start, end in one.leading], [text[start:end] for start, end in one.partners])
        for one in partnerships(text)
    ]


@pytest.mark.parametrize(
    ("text", "leading", "partners"),
    [
        (
            "Sáng 5/3, Ban Dân vận Tỉnh ủy phối hợp với Sở Y tế, Hội Chữ thập đỏ tổ chức Hội nghị hiến máu.",
            ["Ban Dân vận Tỉnh ủy"],
            ["Sở Y tế", "Hội Chữ thập đỏ"],
        ),
        (
            "Hội thi do Tỉnh đoàn và Hội Nông dân tỉnh phối hợp tổ chức tại Bến Sậy.",
            ["Tỉnh đoàn", "Hội Nông dân tỉnh"],
            [],
        ),
        (
            "Huyện ủy chủ động phối hợp chặt chẽ với Sở Văn hóa, Thể thao và Du lịch, các xã để mở lớp.",
            ["Huyện ủy"],
            ["Sở Văn hóa, Thể thao và Du lịch", "các xã"],
        ),
        (
            "Xã đã ban hành kế hoạch, phối hợp với cấp ủy, tổ chức đảng, ban chỉ đạo huyện triển khai cấy lúa.",
            [],
            ["cấp ủy", "tổ chức đảng", "ban chỉ đạo huyện"],
        ),
    ],
)
def test_who_is_named_before_and_behind(text: str, leading: list[str], partners: list[str]) -> None:
    assert told(text) == [(leading, partners)]


def test_one_alone_and_a_number_are_no_partners() -> None:
    assert told("Huyện ủy phối hợp tổ chức hội thi.") == []
    assert told("Huyện ủy phối hợp với 12 xã tổ chức hội thi.") == []


def test_what_they_do() -> None:
    text = "Tỉnh đoàn phối hợp với Sở Y tế mở lớp sơ cứu."
    (one,) = partnerships(text)
    assert text[slice(*one.deed)] == "mở lớp sơ cứu"
