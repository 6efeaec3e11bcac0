"""A number that counts other things is no answer."""

import pytest

from bot.answering.counted_things import counts_other_things
from embeddings.question.answer_type import expect


@pytest.mark.parametrize(
    ("question", "text", "other"),
    [
        ("huyện in bao nhiêu cuốn sách", "soạn sách hỏi đáp |40| trang", True),
        ("huyện in bao nhiêu cuốn sách", "soạn sách hỏi đáp |40 trang|", True),
        ("huyện in bao nhiêu cuốn sách", "in |40 quyển| hỏi đáp", False),
        ("huyện in bao nhiêu cuốn sách", "in |40 bản| hỏi đáp", False),
        ("huy động bao nhiêu người", "huy động |350 tình nguyện viên|", False),
        ("huy động bao nhiêu người", "huy động |350 tỉnh ủy viên|", False),
        ("có bao nhiêu hộ", "|40 đồng bào| Dao", False),
        ("có bao nhiêu hộ", "|120|\nNgười có công", False),
        ("có bao nhiêu hộ", "là |120| năm 2021", False),
        ("có bao nhiêu hộ", "là |120| xã", True),
        ("đường dây nóng tiếp nhận bao nhiêu phản ánh", "nhận |85 phản ánh|", False),
        ("dự án được giải mấy", "|thứ hai| toàn tỉnh", False),
        ("dự án được giải mấy", "|không đạt giải|", False),
        ("có mấy đồng chí dự", "|12 cán bộ| dự", False),
        ("có mấy đồng chí dự", "|12 đồng| mỗi suất", True),
        ("có bao nhiêu sáng kiến", "|12 hộ| dự", False),
        ("trong mấy năm", "trong |18 tháng|", False),
        ("số điện thoại là bao nhiêu", "trực |24/7|", True),
        ("số điện thoại là bao nhiêu", "gọi |0208 3855 123|", False),
        ("dự án được giải mấy", "cuộc thi |tỉnh năm 2022|", True),
        ("dự án được giải mấy", "đoạt |giải nhì|", False),
        ("đường dây nóng số mấy", "gọi |113|", False),
    ],
)
def test_what_a_number_counts(question: str, text: str, other: bool) -> None:
    before, words, _ = text.split("|")
    start = len(before)
    assert counts_other_things(expect(question), text.replace("|", ""), start, start + len(words)) is other
