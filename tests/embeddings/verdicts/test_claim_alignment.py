"""A claim laid over a sentence word by word."""

from embeddings.verdicts.claim_alignment import aligned


def lay(claim: str, sentence: str) -> tuple[float, list[tuple[str, str]]]:
    words, said = claim.split(), sentence.split()
    laid = aligned(words, said, [1.0] * len(words))
    return laid.share, [(" ".join(words[slice(*one)]), " ".join(said[slice(*other)])) for one, other in laid.replaced()]


def test_a_claim_that_a_sentence_says_lies_over_it_whole() -> None:
    assert lay("thôn có chín tổ", "đến nay thôn đã có chín tổ hòa giải")[0] == 1.0


def test_what_stands_in_the_place_of_the_claims_words_is_found() -> None:
    share, replaced = lay("xã Đông công bố danh mục", "xã Tây công bố danh mục")
    assert (share, replaced) == (5 / 6, [("Đông", "Tây")])


def test_words_in_another_order_do_not_lie_over_each_other() -> None:
    assert lay("khám mắt cho 310 người", "cắt tóc cho 310 người khám mắt cho 188 cụ")[0] < 1.0
