"""The objects of the verb that a question asks about."""

import pytest

from embeddings.listing.objects_asked import objects_asked

TEXT = (
    "Huyện tiếp tục đổi mới nội dung, phương thức hoạt động, nâng cao hiệu quả giám sát. Các xã xây dựng tiêu chuẩn "
    "đạo đức công vụ, thường xuyên kiểm tra; nâng cao tinh thần trách nhiệm của cán bộ để phục vụ nhân dân."
)


@pytest.mark.parametrize(
    ("question", "objects"),
    [
        ("huyện đổi mới cái gì", "nội dung, phương thức hoạt động"),
        ("xã xây dựng tiêu chuẩn gì", "tiêu chuẩn đạo đức công vụ"),
        ("phải nâng cao gì ở cán bộ", "tinh thần trách nhiệm"),
        ("huyện nâng cao hiệu quả gì", "giám sát"),
        ("huyện khen thưởng cái gì", None),
        ("việc huyện đổi mới là gì", None),
        ("ai đổi mới phương thức hoạt động", None),
    ],
)
def test_objects(question: str, objects: str | None) -> None:
    found = objects_asked(question, TEXT, lambda said: sum(word in said.split() for word in question.split()))
    assert (TEXT[slice(*found.span)] if found else None) == objects


def test_of_two_places_that_are_as_good_none_is_taken() -> None:
    text = "Xã nâng cao nhận thức. Xã nâng cao trách nhiệm."
    assert objects_asked("xã nâng cao gì", text, lambda _: 1.0) is None
