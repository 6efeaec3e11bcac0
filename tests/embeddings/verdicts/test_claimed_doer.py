"""Who a claim says does something, against who a sentence says helps."""

import pytest

from embeddings.verdicts.claim_words import read_claim
from embeddings.verdicts.claimed_doer import only_helps

TOLD = "Theo kế hoạch, Sở Tư pháp chủ trì thẩm định, phối hợp với Văn phòng Tỉnh ủy; Hội Luật gia góp ý."


@pytest.mark.parametrize(
    ("question", "helps"),
    [
        ("Văn phòng Tỉnh ủy chủ trì thẩm định phải không", True),
        ("van phong tinh uy chu tri tham dinh phai khong", True),
        ("Hội Luật gia chủ trì thẩm định phải không", True),
        ("Hội Luật gia đã chủ trì thẩm định phải không", True),
        ("Sở Tư pháp chủ trì thẩm định phải không", False),
        ("Sở Nội vụ chủ trì thẩm định phải không", False),
        ("ai đó chủ trì phải không", False),
        ("Văn phòng Tỉnh ủy thuộc Sở Tư pháp phải không", False),
    ],
)
def test_who_is_worked_with_does_not_do_it(question: str, helps: bool) -> None:
    assert only_helps(read_claim(question, {}), TOLD) is helps


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Ban Dân vận chủ trì hội nghị phải không", "Hội nghị diễn ra dưới sự chủ trì của Ban Dân vận."),
        ("Bí thư Huyện ủy chủ trì hội nghị phải không", "Đến dự và chủ trì hội nghị có đồng chí Bí thư Huyện ủy."),
        ("Sở Nội vụ chủ trì nhóm 2 phải không", "Sở Tư pháp chủ trì nhóm 1, Sở Nội vụ nhóm 2."),
        ("kế hoạch dạy nghề được phê duyệt phải không", "Tỉnh phê duyệt, phối hợp với các hội; có kế hoạch dạy nghề."),
        ("Sở Nội vụ chủ trì phải không", "Sở Tư pháp chủ trì; Sở Nội vụ chủ trì việc sau."),
    ],
)
def test_a_doer_may_stand_behind_the_deed_and_an_object_in_front(question: str, told: str) -> None:
    assert not only_helps(read_claim(question, {}), told)
