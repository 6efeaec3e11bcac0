"""Learns which words of the documents the words of questions stand for: `python -m embeddings.training.translations`.

A word-to-word translation model (IBM model 1: Brown et al., Computational Linguistics 19(2), 1993; for finding
answers: Xue, Jeon and Croft, SIGIR 2008) between questions of ours, read as the program reads them, and the sentences
that answer them. Its terms are syllables and pairs of neighbouring ones; names and numbers, which few texts share, are
left out.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.splitting import sentence_spans
from embeddings.question.translations import FILE, terms_of
from embeddings.training.training_texts import Asked, Text, read_texts
from embeddings.training.understanding import Readers

_LEAST_ASKED, _LEAST_TOLD = 4, 5
"""Families of texts in whose questions and answers a term has to stand."""
_EVERYWHERE = 0.12
"""Share of answers from which a term is too usual to tell anything."""
_FEW = 100
_ROUNDS = 6
_SMOOTHING = 3.0
"""What is asked less often than this is as uncertain as if it were asked so often."""
_LEAST_LIKELY, _LEAST_SEEN = 0.02, 1.5
_MOST = 8
"""Words that one stands for, at most, and how likely and how often seen they have to be."""

Pair = tuple[str, set[str], set[str]]
"""A family of texts, terms of a question, terms of its answer."""
Ints = NDArray[np.int32]


def answered(texts: Sequence[Text]) -> Iterator[Pair]:
    """Terms of each answered question, and of the sentences that answer it."""
    readers = Readers(texts)
    for text in texts:
        for paragraph in text.paragraphs:
            spans = sentence_spans(paragraph.text)
            for asked in paragraph.asked:
                if asked.answers and not asked.styles & {"en", "follow"}:
                    told = " . ".join(paragraph.text[start:end] for start, end in spans if _answers(asked, start, end))
                    yield (
                        text.family,
                        set(terms_of(readers.read(asked.question, text.family))),
                        set(terms_of(told or paragraph.text)),
                    )


def _answers(asked: Asked, start: int, end: int) -> bool:
    return end > asked.answers[0][0] and start < asked.answers[-1][1]


def learn(pairs: Iterable[Pair]) -> dict[str, list[tuple[str, float]]]:
    """Term of questions -> terms of answers with the probability that it stands for each, most probable first."""
    pairs = list(pairs)
    asked = _numbered(((family, term) for family, one, _ in pairs for term in one), _LEAST_ASKED)
    often = Counter(term for _, _, other in pairs for term in other)
    told = _numbered(
        (
            (family, term)
            for family, _, other in pairs
            for term in other
            if often[term] <= _EVERYWHERE * max(len(pairs), _FEW)
        ),
        _LEAST_TOLD,
    )
    from_, to, place = _aligned(pairs, asked, told)
    known, number = np.unique(from_.astype(np.int64) * max(len(told), 1) + to, return_inverse=True)
    source, target = (part.astype(np.int32) for part in np.divmod(known, max(len(told), 1)))
    share, seen = _expected(source, number.astype(np.int32), place, len(asked) + 1)
    found: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    names, others = ["", *asked], list(told)
    kept = np.flatnonzero((share >= _LEAST_LIKELY) & (seen >= _LEAST_SEEN) & (source > 0))
    for i in kept[np.argsort(-share[kept], kind="stable")].tolist():
        term, other = names[source[i]], others[target[i]]
        if term != other and len(found[term]) < _MOST:
            found[term].append((other, float(share[i])))
    return dict(found)


def _numbered(terms: Iterable[tuple[str, str]], least: int) -> dict[str, int]:
    """Terms without digits that enough families have, and their numbers."""
    families: defaultdict[str, set[str]] = defaultdict(set)
    for family, term in terms:
        if not any(map(str.isdigit, term)):
            families[term].add(family)
    return {term: number for number, term in enumerate(t for t, found in families.items() if len(found) >= least)}


def _aligned(pairs: Sequence[Pair], asked: dict[str, int], told: dict[str, int]) -> tuple[Ints, Ints, Ints]:
    """Every term of a question (0 is none of them) beside every term of its answer: both, and the latter's place."""
    from_, to, place, places = [], [], [], 0
    for _, one, other in pairs:
        sources = np.array([0, *sorted(asked[term] + 1 for term in one if term in asked)], np.int32)
        targets = np.array(sorted(told[term] for term in other if term in told), np.int32)
        from_.append(np.repeat(sources, len(targets)))
        to.append(np.tile(targets, len(sources)))
        place.append(np.tile(np.arange(places, places + len(targets), dtype=np.int32), len(sources)))
        places += len(targets)
    empty = np.zeros(0, np.int32)
    return tuple(np.concatenate([empty, *part]) for part in (from_, to, place))  # type: ignore[return-value]


def _expected(source: Ints, number: Ints, place: Ints, sources: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Probability of each pair of terms, and how often it was seen in expectation (expectation maximisation)."""
    share = np.full(len(source), 1e-3, np.float32)
    seen = np.zeros(len(source), np.float32)
    for _ in range(_ROUNDS):
        weight = share[number]
        whole = np.bincount(place, weights=weight).astype(np.float32)
        weight /= whole[place]
        seen = np.bincount(number, weights=weight, minlength=len(source)).astype(np.float32)
        total = np.bincount(source, weights=seen, minlength=sources)
        share = (seen / np.maximum(total[source], _SMOOTHING)).astype(np.float32)
    return share, seen


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, default=Path("embeddings/data") / FILE)
    given = parser.parse_args()
    found = learn(answered(list(read_texts())))
    lines = ["\t".join((term, *(f"{other}\t{share:.3f}" for other, share in found[term]))) for term in sorted(found)]
    given.write.write_text("\n".join(lines) + "\n", "utf-8")
    sys.stdout.write(f"{given.write}: {len(lines)} terms, {given.write.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
