"""Bodies whose names have commas or `và` in them."""

import pytest

from embeddings.listing.whole_bodies import whole_bodies


@pytest.mark.parametrize(
    ("text", "items", "whole"),
    [
        (
            "Sở Thông tin và Truyền thông, Hội Nông dân",
            ["Sở Thông tin", "Truyền thông", "Hội Nông dân"],
            ["Sở Thông tin và Truyền thông", "Hội Nông dân"],
        ),
        (
            "Sở Văn hóa, Thể thao và Du lịch",
            ["Sở Văn hóa", "Thể thao", "Du lịch"],
            ["Sở Văn hóa, Thể thao và Du lịch"],
        ),
        ("Sở Nội vụ và Ban Dân vận", ["Sở Nội vụ", "Ban Dân vận"], ["Sở Nội vụ", "Ban Dân vận"]),
        ("Sở Nội vụ, Yên Sậy, Bến Lụa", ["Sở Nội vụ", "Yên Sậy", "Bến Lụa"], ["Sở Nội vụ", "Yên Sậy", "Bến Lụa"]),
        ("chè và Mía", ["chè", "Mía"], ["chè", "Mía"]),
    ],
)
def test_parts_of_one_name_stay_together(text: str, items: list[str], whole: list[str]) -> None:
    spans = [(text.index(item), text.index(item) + len(item)) for item in items]
    assert [text[start:end] for start, end in whole_bodies(text, spans)] == whole
