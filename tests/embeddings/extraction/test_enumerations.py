"""Where a text enumerates and how it is cut into items."""

from itertools import chain

import pytest

from embeddings.extraction.enumerations import goes_on, items_of, stretches


def cuts(text: str) -> list[list[str]]:
    """All ways in which the whole stretches of a text are cut."""
    ways = chain.from_iterable(items_of(text, one, one.start, one.end) for one in stretches(text))
    return [[text[start:end] for start, end in items] for items in ways]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("cam, quýt và bưởi", ["cam", "quýt", "bưởi"]),
        (
            "đổi mới nội dung, phương thức, nâng cao chất lượng giám sát, phản biện",
            ["đổi mới nội dung, phương thức", "nâng cao chất lượng giám sát, phản biện"],
        ),
        ("cây xanh; tạp vụ, bếp; bảo vệ", ["cây xanh", "tạp vụ, bếp", "bảo vệ"]),
        ("Gồm:\n1. Trồng cây.\n2. Dọn vệ sinh.", ["Trồng cây", "Dọn vệ sinh"]),
        ("nêu rõ vai trò, trách nhiệm và đẩy mạnh công tác", ["nêu rõ vai trò, trách nhiệm", "đẩy mạnh công tác"]),
    ],
)
def test_items(text: str, items: list[str]) -> None:
    assert items in cuts(text)


def test_a_name_and_its_offices_stay_together() -> None:
    text = "Đồng chí Lê Văn An, Bí thư Huyện ủy, và đồng chí Trần Thị Bình, Phó Bí thư Huyện ủy chủ trì."
    assert all("Bí thư Huyện ủy" not in items for items in cuts(text))


@pytest.mark.parametrize(("text", "more"), [("cam, quýt…", True), ("cam, quýt, v.v.", True), ("cam, quýt.", False)])
def test_a_list_that_has_more(text: str, more: bool) -> None:
    assert goes_on(text, text.index("quýt") + 4) is more
