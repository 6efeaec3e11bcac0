"""Items of several owners in one enumeration."""

import pytest

from embeddings.listing.list_features import ListQuestion, PassageView
from embeddings.listing.owners import of_the_asked_owner
from embeddings.question.answer_type import expect

TEXT = "Xã phổ biến các nghị quyết, chỉ thị, quy định của Đảng, nghị định, quy chế của Chính phủ về đất đai."


@pytest.mark.parametrize(
    ("question", "items", "owned"),
    [
        ("các văn bản của Đảng là gì", ["nghị quyết", "chỉ thị", "quy định"], ["nghị quyết", "chỉ thị", "quy định"]),
        ("các văn bản của Chính phủ là gì", ["nghị quyết", "chỉ thị", "quy định"], ["nghị định", "quy chế"]),
        (
            "các văn bản của Đảng là gì",
            ["nghị quyết", "chỉ thị", "quy định của Đảng", "nghị định"],
            ["nghị quyết", "chỉ thị", "quy định"],
        ),
        ("các văn bản của Đảng, Chính phủ là gì", ["nghị quyết", "chỉ thị"], ["nghị quyết", "chỉ thị"]),
        ("các văn bản là gì", ["chỉ thị", "quy định của Đảng"], ["chỉ thị", "quy định của Đảng"]),
    ],
)
def test_the_items_of_the_owner_that_is_asked_for(question: str, items: list[str], owned: list[str]) -> None:
    view = PassageView(TEXT, ListQuestion({}, expect(question)), None)
    spans = [(TEXT.index(item), TEXT.index(item) + len(item)) for item in items]
    assert [TEXT[start:end] for start, end in of_the_asked_owner(view, spans)] == owned
