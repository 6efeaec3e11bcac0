"""How far a claim's words lie over a sentence's in order, what stands in their place, and what denies them."""

from collections.abc import Sequence

from corpus.vietnamese import fold
from embeddings.verdicts.claim_alignment import Alignment, Run, aligned
from embeddings.verdicts.claim_words import Claim, claim_words, negations, spoken_spans

_NEARLY = 0.95
_BEFORE = 3
"""Words before the first of a claim's within which a negation denies it."""
_LITTLE = 0.3
"""What a word of grammar counts, of the 1 of others."""


def alignment_features(claim: Claim, spoken: Sequence[str], there: set[str]) -> dict[str, float]:
    """How the claim's words lie over the sentence's in order, and what stands in their place."""
    laid = laid_over(claim, spoken)
    places = [place for _, place in laid.pairs]
    between = list(spoken[places[0] : places[-1] + 1]) if places else []
    near = [place for place in negations(spoken) if places and places[0] - _BEFORE <= place <= places[-1]]
    new = [place for place in near if place not in places] if not negations(claim.words) else []
    weights = _weights(claim)
    kept = sum(weights[place] for place, _ in laid.pairs) / (sum(weights) or 1.0)
    replaced = _replaced(claim, spoken, laid)
    inner = [one for one in replaced if one[0][0] > 0 and one[0][1] < laid.claimed]
    unsaid = [one for one in replaced if any(fold(word) not in there for word in claim.words[slice(*one[0])])]
    return {
        "aligned": kept,
        "all aligned": float(kept > _NEARLY),
        "aligned closely": kept * min(1.0, len(places) / max(len(between), 1)),
        "denied inside": float(bool(new)),
        "aligned and denied inside": kept * float(bool(new)),
        "replaced": float(bool(replaced)),
        "replaced inside": float(bool(inner)),
        "aligned and replaced": kept * float(bool(replaced)),
        "aligned and replaced inside": kept * float(bool(inner)),
        "replaced, unsaid": kept * float(bool(unsaid)),
        "aligned, nothing else": kept * float(not replaced and not new),
    }


def other_name(claim: Claim, sentence: str) -> Run | None:
    """Where a sentence has another name in the place of one of the claim's; None where it has not.

    Names are words with capitals, on both sides (`Sở Nội vụ công bố`: `Sở Tư pháp công bố`).
    """
    spoken = spoken_spans(sentence)
    laid = laid_over(claim, [word for word, _ in spoken])
    own = [claim.text[slice(*span)] for _, span in spoken_spans(claim.text)]
    for (first, last), (begin, end) in laid.replaced():
        place = spoken[begin][1][0], spoken[end - 1][1][1]
        inner = first > 0 and last < laid.claimed
        whole = not any(word in claim_words().particles for word, _ in spoken[begin:end])
        if inner and whole and own[first][:1].isupper() and sentence[place[0]].isupper():
            return place
    return None


def laid_over(claim: Claim, spoken: Sequence[str]) -> Alignment:
    """The claim's words over those of a sentence; without their marks where the claim has none."""
    marked = any(not word.isascii() for word in claim.words)
    words, over = (claim.words, spoken) if marked else (claim.folded, list(map(fold, spoken)))
    return aligned(words, over, _weights(claim))


def _weights(claim: Claim) -> list[float]:
    """What each word of a claim counts for its alignment: little where it is only grammar."""
    return [_LITTLE if word in claim_words().particles else 1.0 for word in claim.words]


def _replaced(claim: Claim, spoken: Sequence[str], laid: Alignment) -> list[tuple[Run, Run]]:
    """What stands in the place of words of the claim, grammar apart."""
    particles = claim_words().particles
    return [
        one
        for one in laid.replaced()
        if any(word not in particles for word in claim.words[slice(*one[0])])
        and any(word not in particles for word in spoken[slice(*one[1])])
    ]
