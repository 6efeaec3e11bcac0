"""As many passages as wanted, recombined from real ones, with vectors recombined from theirs.

Three sentences of tests/gold/practice and the five articles, drawn at random, make a passage, twenty passages a
document under a real title with a number. So words and pairs are as frequent as in real documents, but the vocabulary
stops growing where theirs ends. Embedding a million texts takes days; real sentences and titles are embedded once, and
of a sentence in a passage the vector is

    v(sentence) + (v(title) - v(its own title)) / 4 + (v(one) - v(another)) / 2        brought to unit length,

where one and another are any two real sentences: what sets two real texts apart sets apart two copies of one. The whole
passage's is the sum of its sentences' and half such a difference.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.folder.reading_folder import DEFAULT_DOCUMENTS
from corpus.models import Document, Passage
from corpus.splitting import sentence_spans
from embeddings.encoder.encoder import Encoder, Vectors
from embeddings.index.dense import SENTENCE, WHOLE, Rows, titled
from tests.benchmarks.benchmark_files import lines

A_PASSAGE, A_DOCUMENT = 3, 20
_SHORTEST = 20
"""Characters of a sentence."""
_TITLE, _APART = 0.25, 0.5
_AT_ONCE = 20_000
"""Passages whose vectors are made at a time."""


@dataclass(frozen=True, slots=True)
class RealPieces:
    """What passages are put together from.

    Attributes:
        titles, sentences: texts.
        owners: (sentences,) number of the title that each stood under.
        title_vectors, sentence_vectors: (n, dim) float32 of unit length; a sentence is embedded with its title.
    """

    titles: list[str]
    sentences: list[str]
    owners: np.ndarray
    title_vectors: Vectors
    sentence_vectors: Vectors

    @classmethod
    def embedded(cls, practice: Path, encoder: Encoder) -> "RealPieces":
        """The sentences of the practice documents and the five articles, embedded."""
        documents = [(one["title"], one["text"]) for one in lines(practice / "corpus.jsonl")]
        documents += [(first_line(path), path.read_text("utf-8")) for path in sorted(DEFAULT_DOCUMENTS.glob("*.txt"))]
        pieces = [(number, part) for number, (_, text) in enumerate(documents) for part in sentences_of(text)]
        titles, sentences = [title for title, _ in documents], [part for _, part in pieces]
        owners = np.array([number for number, _ in pieces], np.int64)
        texts = [titled(titles[number], part) for number, part in pieces]
        return cls(titles, sentences, owners, encoder.encode_documents(titles), encoder.encode_documents(texts))


@dataclass(frozen=True, slots=True)
class Recombined:
    """So many passages.

    Attributes:
        documents, passages: in the order of the index.
        rows: one for each passage and each of its sentences; see `embeddings.index.dense.DenseIndex`.
        chosen: (passages, A_PASSAGE) sentences of each.
        under: (passages,) number of the title of each.
    """

    documents: list[Document]
    passages: list[Passage]
    rows: Rows
    chosen: np.ndarray
    under: np.ndarray

    @classmethod
    def of(cls, size: int, real: RealPieces) -> "Recombined":
        """Draw them; the same for the same size."""
        chance = random.Random(size)
        chosen = np.random.default_rng(size).integers(0, len(real.sentences), (size, A_PASSAGE))
        documents: list[Document] = []
        passages: list[Passage] = []
        spans: list[tuple[int, int, int, int]] = []
        under = []
        for first in range(0, size, A_DOCUMENT):
            number, title = len(documents), chance.randrange(len(real.titles))
            identity, start, pieces = f"van-ban-{number}", 0, []
            for ordinal, places in enumerate(chosen[first : first + A_DOCUMENT].tolist()):
                said = [real.sentences[place] for place in places]
                text = " ".join(said)
                owner = len(passages)
                spans.append((owner, 0, len(text), WHOLE))
                ends = np.cumsum([len(sentence) + 1 for sentence in said]).tolist()
                spans += [
                    (owner, end - 1 - len(sentence), end - 1, SENTENCE)
                    for sentence, end in zip(said, ends, strict=True)
                ]
                passages.append(Passage(f"{number:08}{ordinal:08}", identity, ordinal, start, start + len(text), text))
                pieces.append(text)
                start += len(text) + 2
                under.append(title)
            named = f"{real.titles[title]} ({number})"
            documents.append(Document(identity, named, None, None, None, None, "\n\n".join(pieces), snapshot=""))
        return cls(documents, passages, np.array(spans, np.int32), chosen, np.array(under))

    def write_vectors(self, path: Path, real: RealPieces) -> Vectors:
        """The vectors of all rows, in a file that is mapped."""
        chance = np.random.default_rng(1)
        dimension = real.sentence_vectors.shape[1]
        shape = (len(self.passages), 1 + A_PASSAGE, dimension)
        vectors = np.lib.format.open_memmap(path, "w+", np.float32, shape)
        for first in range(0, len(self.passages), _AT_ONCE):
            chosen, under = self.chosen[first : first + _AT_ONCE], self.under[first : first + _AT_ONCE]
            titles = real.title_vectors[under][:, None] - real.title_vectors[real.owners[chosen]]
            alone = real.sentence_vectors[chosen] + _TITLE * titles + _apart(real, chosen.shape, chance)
            alone = _unit(alone)
            whole = _unit(alone.mean(axis=1) + _apart(real, (len(chosen),), chance))
            vectors[first : first + _AT_ONCE, 0], vectors[first : first + _AT_ONCE, 1:] = whole, alone
        vectors.flush()
        return np.load(path, mmap_mode="r").reshape(-1, dimension)  # type: ignore[no-any-return]


def _apart(real: RealPieces, shape: tuple[int, ...], chance: np.random.Generator) -> Vectors:
    """Differences of two real sentences each."""
    one, other = chance.integers(0, len(real.sentences), (2, *shape))
    return np.asarray(_APART * (real.sentence_vectors[one] - real.sentence_vectors[other]), np.float32)


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), np.float32)


def first_line(path: Path) -> str:
    """The first line that says something."""
    return next(line.strip() for line in path.read_text("utf-8").splitlines() if line.strip())


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a text that are longer than `_SHORTEST`."""
    for start, end in sentence_spans(text):
        part = " ".join(text[start:end].split())
        if len(part) > _SHORTEST:
            yield part
