"""Where the last item ends that was found in the middle of its words."""

import pytest

from embeddings.extraction.enumerations import stretches
from embeddings.listing.item_ends import may_end, to_the_end


@pytest.mark.parametrize(
    ("text", "found", "whole"),
    [
        ("Do doanh nghiệp, nhà hảo tâm 70 tỷ đồng.", "nhà hảo", "nhà hảo tâm 70 tỷ đồng"),
        ("Xử lý tranh chấp, khiếu kiện về đất đai.", "khiếu kiện về", "khiếu kiện về đất đai"),
        ("Lập đề án, chương trình kinh tế - xã hội.", "chương trình kinh tế", "chương trình kinh tế - xã hội"),
        ("Nổi bật là bến đò, mô hình “Nghe dân” của huyện.", "mô hình “Nghe", "mô hình “Nghe dân”"),
        ("Các thôn, bản của xã đã họp.", "bản", "bản"),
        ("Các thôn, bản vùng cao đã họp.", "bản vùng cao", "bản vùng cao"),
    ],
)
def test_the_rest_of_the_last_item(text: str, found: str, whole: str) -> None:
    stretch = next(one for one in stretches(text) if one.start <= text.index(found) < one.end)
    first = (stretch.segments[0].start, stretch.segments[0].end)
    items = [first, (text.index(found), text.index(found) + len(found))]
    assert [text[start:end] for start, end in to_the_end(text, stretch, items)] == [text[slice(*first)], whole]


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("quyền lợi| của dân", True),
        ("quyền lợi của| dân", False),
        ("quyền| lợi của dân", False),
        ("quyền lợi|", True),
        ("chịu trách nhiệm| trước dân", False),
        ("phối hợp| với Mặt trận", False),
    ],
)
def test_ends_inside_a_clause(text: str, may: bool) -> None:
    assert may_end(text.replace("|", ""), 0, text.index("|")) is may
