"""Passages and sentences on the side of a rule that is asked for: who is exempt is not answered with who must pay."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from embeddings.hits import Hit, Search
from embeddings.question.polarity import Polarity, agreement, polarity
from embeddings.reading.readings import Reading
from embeddings.syllables import folded_words

_BEHIND = 0.75
"""Share of the best score on the side asked for that a passage on the other side keeps at most."""
_ON_THE_SUBJECT = 2
"""Words of the question that a sentence must have for its side to count."""
_CLOSE = 5
"""Hits, best first, among which one on the side asked for is taken for an answer at all."""


def on_the_side_asked(search: Search) -> Search:
    """The same hits; those that only take the other side behind those that take the one asked for.

    Where a passage takes both sides, its sentences and what was read in it are those of the side asked for. Where none
    takes it and the first takes the other, `side` says so.
    """
    asked = polarity(search.understanding.restored)
    if asked is None or not search.hits or search.part or search.fact or search.cell:
        return search
    worth = search.understanding.worth
    sides = [_side(asked, hit, worth) for hit in search.hits]
    close = zip(sides[:_CLOSE], search.hits, strict=False)
    ahead = max((hit.score for side, hit in close if side > 0), default=None)
    hits = []
    for side, hit in zip(sides, search.hits, strict=True):
        one = _within(hit, lambda sentence: agreement(asked, sentence) >= 0) if side > 0 else hit
        behind = ahead is not None and side < 0
        hits.append(
            (behind, replace(one, score=min(hit.score, _BEHIND * ahead)) if ahead is not None and behind else one)
        )
    ordered = (hit for _, hit in sorted(hits, key=lambda pair: (-pair[1].score, pair[0])))
    ranked = tuple(replace(hit, rank=rank) for rank, hit in enumerate(ordered, start=1))
    side = min(sides[0], 0) if ahead is None else int(asked.negative)
    return replace(search, hits=ranked, side=side)


def _side(asked: Polarity, hit: Hit, worth: Mapping[str, float]) -> int:
    """1 if a sentence of a passage takes the side asked for, else -1 if one takes the other."""
    sentences = [hit.passage.text[start:end] for start, end, _ in hit.sentences]
    sides = [agreement(asked, sentence) for sentence in sentences if _is_on_the_subject(worth, sentence)]
    return max(sides) if 1 in sides else min(sides, default=0)


def _is_on_the_subject(worth: Mapping[str, float], sentence: str) -> bool:
    shared = worth.keys() & folded_words(sentence)
    return len(shared) >= min(_ON_THE_SUBJECT, len(worth))


def _within(hit: Hit, fits: Callable[[str], bool]) -> Hit:
    """A hit with only those of its sentences that fit, and what was read in them."""
    text = hit.passage.text
    kept = tuple(sentence for sentence in hit.sentences if fits(text[sentence[0] : sentence[1]]))
    return replace(hit, sentences=kept, reading=_read_in(hit.reading, kept)) if kept else hit


def _read_in(reading: Reading | None, sentences: Sequence[tuple[int, int, float]]) -> Reading | None:
    if reading is None:
        return None
    spans = tuple(span for span in reading.spans if any(start <= span.start < end for start, end, _ in sentences))
    tags = tuple(tag for tag in reading.tags if any(start <= tag.start < end for start, end, _ in sentences))
    return replace(reading, spans=spans, tags=tags) if spans else None
