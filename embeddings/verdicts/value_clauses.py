"""The clauses of a sentence, and whether a number stands in the one that speaks of it as a claim does."""

import re
from collections.abc import Callable

from embeddings.quantities.quantities import quantities
from embeddings.verdicts.claim_words import Claim, claim_words, spoken_words
from embeddings.verdicts.claimed_value import ClaimedValue, ValueKind
from embeddings.verdicts.read_affirmation import as_spelt

Span = tuple[int, int]

_CLAUSE = re.compile(r"(?:[^,;]|,(?=\d))+")


def clause_at(text: str, sentence: Span, place: int) -> Span:
    """What stands between the commas and semicolons around a place of a sentence."""
    start, end = sentence
    found = ((start + one.start(), start + one.end()) for one in _CLAUSE.finditer(text[start:end]))
    return next((one for one in found if one[0] <= place < one[1]), (place, place))


def said_in(text: str, span: Span, spelt: Callable[[str], str]) -> set[str]:
    """The words of a stretch, as they are compared."""
    return {spelt(word) for word in spoken_words(text[slice(*span)])}


def is_led(claim: Claim, value: ClaimedValue, text: str, sentence: Span, place: int) -> bool | None:
    """Whether the claim's last word before its number stands in the clause of a number of a sentence.

    (`tăng 45 tỷ` is not told by `đạt 45 tỷ, tăng 18 tỷ`.)

    Returns:
        None where no such word is claimed, or the sentence has it nowhere.
    """
    before = claim.text[: max(claim.text.find(value.text), 0)]
    led = [word for word in spoken_words(before) if word not in claim_words().particles][-1:]
    spelt = as_spelt(claim)
    if value.kind is not ValueKind.NUMBER or not led or spelt(led[0]) not in said_in(text, sentence, spelt):
        return None
    return spelt(led[0]) in said_in(text, clause_at(text, sentence, place), spelt)


def is_led_otherwise(claim: Claim, value: ClaimedValue | None, text: str, sentence: Span) -> bool:
    """Whether a sentence has the claimed number only where it is said of something else."""
    if value is None or value.kind is not ValueKind.NUMBER:
        return False
    own = {key for one in quantities(value.text) for key in one.keys[:1]}
    start, end = sentence
    same = [start + one.start for one in quantities(text[start:end]) if own & set(one.keys)]
    return bool(same) and all(is_led(claim, value, text, sentence, place) is False for place in same)
