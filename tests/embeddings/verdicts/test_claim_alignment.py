"""A claim laid over a sentence word by word."""

import random
from functools import cache

import pytest

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


def test_no_other_alignment_is_worth_more() -> None:
    """Against all of them, word by word: what is kept minus what is lost and skipped behind the first word."""
    chance = random.Random(3)
    for _ in range(150):
        claim, said = (chance.choices("abcd", k=chance.randrange(1, size)) for size in (6, 9))
        worth = [chance.choice((0.3, 1.0)) for _ in claim]

        @cache
        def best(i: int, j: int, claim: str = "".join(claim), said: str = "".join(said)) -> float:
            if i == len(claim):
                return 0.0
            if j == len(said):
                return best(i + 1, j) - 0.3 * worth[i]  # noqa: B023
            ways = [best(i + 1, j) - 0.3 * worth[i], best(i, j + 1) - (0.04 if i else 0.0)]  # noqa: B023
            return max([*ways, best(i + 1, j + 1) + worth[i]] if claim[i] == said[j] else ways)  # noqa: B023

        pairs = aligned(claim, said, worth).pairs
        assert all(claim[i] == said[j] for i, j in pairs)
        first, last = (pairs[0][1], pairs[-1][1]) if pairs else (0, 0)
        skipped = last - first + 1 - len(pairs) if pairs else 0
        kept = sum(worth[i] for i, _ in pairs)
        lost = sum(worth) - kept
        assert kept - 0.3 * lost - 0.04 * skipped == pytest.approx(best(0, 0))
