"""A number that a question itself names is no answer to how many (`21 tỷ ... mua được bao nhiêu liều`)."""

import re

from embeddings.quantities.quantities import quantities
from embeddings.question.answer_type import Expectation, Kind

_CONFIRMED = re.compile(r"\b(?:có phải|phải không|đúng không|co phai|phai khong|dung khong)\b", re.IGNORECASE)
"""A question that names the number it waits for (`bao nhiêu phút, có phải 45 phút`)."""


def repeats_numbers(expected: Expectation, words: str) -> bool:
    """Whether a number is asked for and words have none but those of the question.

    Args:
        expected: what the question waits for.
        words: that may answer it.
    """
    if expected.kind is not Kind.NUMBER or _CONFIRMED.search(expected.question):
        return False
    known = {one.keys[0] for one in quantities(expected.question)}
    told = {one.keys[0] for one in quantities(words)}
    return bool(told) and told <= known
