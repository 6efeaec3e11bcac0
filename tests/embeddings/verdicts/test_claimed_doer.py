"""Who a claim says does something, against who a sentence says does it."""

import pytest

from embeddings.verdicts.claim_words import read_claim
from embeddings.verdicts.claimed_doer import other_doer

TOLD = "Theo kế hoạch: Sở Tư pháp chủ trì thẩm định, phối hợp với Văn phòng Tỉnh ủy; Hội Luật gia được phát biểu."


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Văn phòng Tỉnh ủy chủ trì thẩm định phải không", "Sở Tư pháp chủ trì"),
        ("van phong tinh uy chu tri tham dinh phai khong", "Sở Tư pháp chủ trì"),
        ("Sở Tư pháp chủ trì thẩm định phải không", None),
        ("Sở Nội vụ chủ trì thẩm định phải không", None),
        ("ai đó chủ trì phải không", None),
        ("Văn phòng Tỉnh ủy thuộc Sở Tư pháp phải không", None),
    ],
)
def test_the_doer_stands_before_the_deed(question: str, other: str | None) -> None:
    found = other_doer(read_claim(question, {}), TOLD)
    assert (TOLD[found.start : found.end] if found else None) == other


def test_what_many_may_do_is_denied_to_nobody() -> None:
    said = "Ban Dân vận phát biểu trước Hội Luật gia."
    found = other_doer(read_claim("Hội Luật gia phát biểu phải không", {}), said)
    assert found is not None
    assert not found.alone
    alone = other_doer(read_claim("Hội Luật gia chủ trì phải không", {}), said.replace("phát biểu", "chủ trì"))
    assert alone is not None
    assert alone.alone


def test_a_doer_named_before_any_telling_of_the_deed_did_it() -> None:
    said = "Sở Tư pháp chủ trì thẩm định, Hội Luật gia góp ý, sau đó chủ trì công bố."
    assert other_doer(read_claim("Hội Luật gia chủ trì phải không", {}), said) is None
