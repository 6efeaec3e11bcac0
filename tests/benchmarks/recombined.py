"""Very many documents out of few real ones: sentences of which words are exchanged, with vectors in between theirs.

To embed 100,000 passages takes hours; what an index does with them is asked here, not what they say. Each new document
has the layout of a real one. In each of its sentences a run of words (a fifth to three fifths) is replaced by a run
of another real sentence: one of the fifty nearest in meaning, or for every third any. Its vector is the mean of the
vectors that the model gave the two real sentences under their titles, weighted by words, at unit length; that of a
passage is the mean of its sentences'. So words and vectors are distributed like those of real official text, and lie as
densely as those of so many documents on the same matters, though no model has read the new sentences.
"""

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.models import Document
from corpus.splitting import sentence_spans, split
from embeddings.encoder.encoder import Encoder, Progress, Vectors
from embeddings.index.dense import titled

NEAREST = 50
ANY_OF = 3
"""One sentence of so many is mixed with any other."""
LEAST, MOST = 0.2, 0.6
"""Shares of words that are replaced."""
FEWEST_WORDS = 5
"""A shorter sentence, such as a heading, stays as it is."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A real sentence, its place among the vectors, and what stands before it in its passage."""

    words: list[str]
    place: int
    gap: str


class RecombinedEncoder:
    """Knows the vectors of the sentences that `Recombined` has written; see `embeddings.encoder.Encoder`.

    Attributes:
        unknown: texts that were asked for and hold no sentence that it knows, since they were cut otherwise.
    """

    fingerprint = "recombined"
    max_tokens = 512

    def __init__(self, dimension: int, known: dict[str, Vectors]) -> None:
        self.dimension, self._known, self.unknown = dimension, known, 0
        self._with_word: dict[str, list[Vectors]] = {}

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Questions are embedded by the model itself."""
        raise NotImplementedError

    def encode_documents(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """(n,) texts under titles -> (n, dimension) float32, rows of unit length."""
        rows = np.empty((len(texts), self.dimension), np.float32)
        for number, text in enumerate(texts):
            body = text.partition("\n")[2]
            sentences = [self._known.get(body[start:end]) for start, end in sentence_spans(body)]
            found = [vector for vector in sentences if vector is not None]
            if not found:
                self.unknown += 1
                found = [self._by_words(body)]
            rows[number] = np.mean(found, axis=0)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def _by_words(self, text: str) -> Vectors:
        """The mean of all sentences with its rarest words: of a piece that was cut otherwise than it was written."""
        if not self._with_word:
            for sentence, vector in self._known.items():
                for word in set(sentence.split()):
                    self._with_word.setdefault(word, []).append(vector)
        lists = sorted((self._with_word[word] for word in set(text.split()) if word in self._with_word), key=len)
        vectors = [vector for vectors in lists[:3] for vector in vectors[:20]]
        return np.asarray(np.mean(vectors, axis=0), np.float32)

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        """Words of each text."""
        return [len(text.split()) for text in texts]


class Recombined:
    """Writes documents out of real ones.

    Args:
        real: the documents.
        model: embeds their sentences.
        seed: of what is drawn.
    """

    def __init__(self, real: Sequence[Document], model: Encoder, seed: int = 18) -> None:
        self._random = np.random.default_rng(seed)
        self._layouts: list[list[list[Sentence]]] = []
        self._of_text: dict[str, Vectors] = {}
        texts: list[str] = []
        for document in real:
            layout = []
            for passage in split(document):
                sentences, before = [], 0
                for start, end in sentence_spans(passage.text):
                    sentence = passage.text[start:end]
                    sentences.append(Sentence(sentence.split(), len(texts), passage.text[before:start]))
                    texts.append(titled(document.title, sentence))
                    before = end
                layout.append(sentences)
            self._layouts.append(layout)
        self._sentences = [sentence for layout in self._layouts for passage in layout for sentence in passage]
        self._vectors = model.encode_documents(texts)
        self._near = nearest(self._vectors, NEAREST)

    @property
    def sentences(self) -> int:
        """How many real sentences there are."""
        return len(self._sentences)

    def documents(self, passages: int) -> tuple[list[Document], RecombinedEncoder]:
        """New documents, which have about so many passages together, and what knows the vectors of their sentences."""
        known: dict[str, Vectors] = {}
        documents: list[Document] = []
        written = 0
        while written < passages:
            layout = self._layouts[self._random.integers(len(self._layouts))]
            paragraphs = [
                "".join(sentence.gap + self._mixed(sentence, known) for sentence in passage) for passage in layout
            ]
            title = paragraphs[0].partition("\n")[0][:100]
            number = f"d{len(documents)}"
            documents.append(Document(number, title, None, None, None, None, "\n\n".join(paragraphs), "0" * 64))
            written += len(layout)
        return documents, RecombinedEncoder(self._vectors.shape[1], known)

    def _mixed(self, sentence: Sentence, known: dict[str, Vectors]) -> str:
        """A sentence with words of another one; its vector is noted."""
        words = sentence.words
        mine = self._vectors[sentence.place]
        if len(words) < FEWEST_WORDS:
            known[" ".join(words)] = mine
            return " ".join(words)
        among = self._near[sentence.place] if self._random.integers(ANY_OF) else range(len(self._sentences))
        other = self._sentences[among[self._random.integers(len(among))]]
        count = min(max(1, round(self._random.uniform(LEAST, MOST) * len(words))), len(words) - 2, len(other.words))
        to = 1 + self._random.integers(len(words) - 1 - count)  # numbering and full stop stay where they are
        since = self._random.integers(len(other.words) - count + 1)
        replaced = [word.rstrip(".!?…;:") for word in other.words[since : since + count]]
        text = " ".join(filter(None, [*words[:to], *replaced, *words[to + count :]]))
        vector = (len(words) - count) * mine + count * self._vectors[other.place]
        known[text] = vector / np.linalg.norm(vector)
        return text


def nearest(vectors: Vectors, count: int) -> NDArray[np.int64]:
    """(n, count) numbers of the rows nearest to each row, itself left out."""
    found = np.empty((len(vectors), count), np.int64)
    for start in range(0, len(vectors), 1000):
        cosines = vectors[start : start + 1000] @ vectors.T
        cosines[np.arange(len(cosines)), start + np.arange(len(cosines))] = -1
        found[start : start + 1000] = np.argpartition(-cosines, count, axis=1)[:, :count]
    return found


def read(files: Sequence[Path]) -> list[Document]:
    """Real documents out of files of JSON lines with a "text", of which the first line, or a "title", is the title."""
    documents: list[Document] = []
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
            for line in lines:
                given = json.loads(line)
                title = given.get("title") or given["text"].split("\n")[0][:100]
                number = f"r{len(documents)}"
                documents.append(Document(number, title, None, None, None, None, given["text"], "0" * 64))
    return documents
