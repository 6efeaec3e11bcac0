"""What a reader found as the sentence that affirms a claim."""

import pytest

from embeddings.reading.readings import Reading, Span
from embeddings.verdicts.claim_words import read_claim
from embeddings.verdicts.read_affirmation import other_year, read_affirmation

SETTING = "Kế hoạch thi tuyển công chức xã Vân Sơn năm 2021\n15/3/2021"
TEXT = (
    "Vòng 1 thi trắc nghiệm trên máy. Vòng 2 phỏng vấn, thang điểm 100, có một tình huống tiếp dân; người đạt điểm "
    "cao nhất được tuyển."
)


@pytest.mark.parametrize(
    ("question", "margin", "affirmed"),
    [
        ("thi công chức xã Vân Sơn 2021 có tình huống tiếp dân ở vòng phỏng vấn không", 4.0, True),
        ("thi công chức xã Vân Sơn 2021 có tình huống tiếp dân ở vòng phỏng vấn không", -4.0, False),
        ("thi công chức xã Vân Sơn 2021 có tình huống tiếp dân ở vòng thi viết không", 4.0, False),
        ("thi công chức xã Vân Sơn 2021 có tình huống tiếp dân, người cao nhất được tuyển không", 4.0, False),
    ],
)
def test_the_claims_last_words_stand_in_the_clause_that_was_read(question: str, margin: float, affirmed: bool) -> None:
    start = TEXT.index("có một tình huống")
    reading = Reading((Span(start, start + len("có một tình huống tiếp dân"), margin),))
    found = read_affirmation(TEXT, SETTING, read_claim(question, {}), reading)
    assert (found is not None) is affirmed


def test_a_sentence_of_another_year_affirms_nothing() -> None:
    claim = read_claim("Tháng Công nhân 2019 có khám sức khỏe không", {})
    assert other_year(claim, "Tháng Công nhân năm 2018 đã khám sức khỏe cho 4.200 người.")
    assert not other_year(claim, "Từ năm 2018 đến năm 2019 đã khám sức khỏe.")
    assert not other_year(claim, "Tháng Công nhân có khám sức khỏe.")
