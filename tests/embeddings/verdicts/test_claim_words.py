"""Words of a claim: what denies, and what only looks like it without marks."""

import pytest

from embeddings.verdicts.claim_words import negations, read_claim, spoken_words


@pytest.mark.parametrize(
    ("text", "denying"),
    [
        ("cán bộ dân vận và chi bộ", 0),
        ("cán bộ chưa được tập huấn", 1),
        ("không gian mạng, không quân", 0),
        ("huy động trẻ em bậc mầm non miền núi", 0),
        ("bỏ phiếu kín", 0),
        ("xã không nhận quà", 1),
    ],
)
def test_only_words_with_these_marks_deny(text: str, denying: int) -> None:
    assert len(negations(spoken_words(text))) == denying


def test_abbreviations_in_capitals_are_written_out() -> None:
    claim = read_claim("Có phải MTTQ góp ý với 80 văn bản không?", {"mat": 1.0, "tran": 1.0, "van": 1.0})
    assert claim.folded[:4] == ("mat", "tran", "to", "quoc")
    assert set(claim.worth) == {"mat", "tran", "van"}


@pytest.mark.parametrize("question", ["cán bộ hợp đồng được thưởng không", "may mặc là nghề chính không"])
def test_syllables_that_are_english_words_stay(question: str) -> None:
    assert read_claim(question, {}).text == question.removesuffix(" không")


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("có phải không dùng micro không", "không dùng micro"),
        ("có phải không ai dự họp không", "không ai dự họp"),
        ("họp sáng có đúng không", "họp sáng"),
        ("xã không thu quỹ phải không", "xã không thu quỹ"),
    ],
)
def test_a_claim_keeps_its_own_negation_behind_what_asks(question: str, claim: str) -> None:
    assert read_claim(question, {}).text == claim
