"""The tokenizer of the bundled vocabulary, ready in a tenth of the time that the `tokenizers` library's own takes.

A unigram language model (Kudo 2018, arXiv 1804.10959): of all ways to cut a text into pieces of the vocabulary the one
with the highest sum of scores. The library builds a tree of 250,002 pieces at every start, a second of processor; here
pieces are looked up in a table, and a word that was cut before is not cut again. Normalising, offsets and encodings are
the library's. The result is the same to the last token: no piece has `▁` but at its start, so words can be cut apart
from each other, and the sums are exact (scores have 24 bits, sums of some thousands of them fit into 53).
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, PreTokenizedString, Regex, Token, normalizers, pre_tokenizers, processors

from embeddings.array_files import read_array
from embeddings.network.bundled_weights import Vocabulary

_SPACE = "▁"
_UNKNOWN_PENALTY = 10.0
"""What the library takes off the lowest score of all for a character that no piece has."""
_MOST_WORDS = 20_000
_LONGEST_KEPT = 40
"""Characters of a word that is kept."""
_RECENT, _LONGEST_RECENT = 8, 5000
"""Texts whose tokens are kept, and characters of such a text: encoder and reader ask for those of the same question."""
_PIECES, _SCORES = "pieces.txt", "scores.npy"

Piece = tuple[int, str, int]
"""Id, characters, bytes of UTF-8."""


class UnigramTokenizer:
    """Cuts texts into pieces; neither truncates nor pads; safe to use from several threads.

    Args:
        pieces: by id, all different.
        scores: (pieces,) logarithms of probabilities, as stored (float32).
        unknown, first, last: ids of the piece for what is unknown, and of those around an encoding.
    """

    def __init__(
        self, pieces: Sequence[str], scores: NDArray[np.float32], *, unknown: int, first: int, last: int
    ) -> None:
        self._pieces, self._kept_scores = pieces, scores
        self._scores: list[float] = scores.astype(np.float64).tolist()
        self._ids = dict(zip(pieces, range(len(pieces)), strict=True))
        self._longest = max(map(len, pieces))
        self._unknown, self._first, self._last = unknown, first, last
        self._unknown_score = min(self._scores) - _UNKNOWN_PENALTY
        self._words: dict[str, list[Piece]] = {}
        self._recent = lru_cache(maxsize=_RECENT)(self._tokens)
        self._normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
        self._spaces = pre_tokenizers.Metaspace(replacement=_SPACE, prepend_scheme="always", split=False)
        around = [(pieces[first], first), (pieces[last], last)]
        self._around = processors.TemplateProcessing(single=f"{pieces[first]} $A {pieces[last]}", special_tokens=around)

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> "UnigramTokenizer":
        """The tokenizer of a vocabulary."""
        pieces = [piece for piece, _ in vocabulary.pieces]
        scores = np.array([score for _, score in vocabulary.pieces], np.float32)
        return cls(pieces, scores, unknown=vocabulary.unknown, first=vocabulary.bos, last=vocabulary.eos)

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        (folder / _PIECES).write_text("\n".join(self._pieces), "utf-8", newline="\n")
        np.save(folder / _SCORES, np.append(self._kept_scores, [self._unknown, self._first, self._last]))

    @classmethod
    def load(cls, folder: Path) -> "UnigramTokenizer":
        """Read what `save` wrote.

        Raises:
            OSError, ValueError: if it does not read back.
        """
        pieces = (folder / _PIECES).read_bytes().decode("utf-8").split("\n")
        numbers = read_array(folder / _SCORES)
        unknown, first, last = (int(number) for number in numbers[-3:])
        return cls(pieces, numbers[:-3].astype(np.float32), unknown=unknown, first=first, last=last)

    def encode(self, text: str, *, add_special_tokens: bool = True) -> Encoding:
        """Ids and offsets (characters of the text as it was given)."""
        parts = PreTokenizedString(text)
        parts.normalize(self._normalizer.normalize)
        self._spaces.pre_tokenize(parts)
        found = {
            stretch: self._recent(stretch) if len(stretch) <= _LONGEST_RECENT else self._tokens(stretch)
            for stretch, _, _ in parts.get_splits("normalized", "char")
        }
        parts.tokenize(found.__getitem__)  # a function of ours would have its Ctrl-C turned into the library's error
        encoding = parts.to_encoding()
        return self._around.process(encoding, add_special_tokens=add_special_tokens)

    def encode_batch(self, texts: Sequence[str]) -> list[Encoding]:
        """Encodings with the first and the last special token."""
        return [self.encode(text) for text in texts]

    def _tokens(self, text: str) -> list[Token]:
        tokens: list[Token] = []
        place = 0
        unknown_from: int | None = None
        unknown_text = ""
        for word in _words(text):
            for identity, piece, size in self._cut(word):
                if identity == self._unknown:  # neighbouring unknown characters are one token
                    unknown_from = place if unknown_from is None else unknown_from
                    unknown_text += piece
                else:
                    if unknown_from is not None:
                        tokens.append(Token(self._unknown, unknown_text, (unknown_from, place)))
                        unknown_from, unknown_text = None, ""
                    tokens.append(Token(identity, piece, (place, place + size)))
                place += size
        if unknown_from is not None:
            tokens.append(Token(self._unknown, unknown_text, (unknown_from, place)))
        return tokens

    def _cut(self, word: str) -> list[Piece]:
        found = self._words.get(word)
        if found is None:
            found = self._best(word)
            if len(word) <= _LONGEST_KEPT:
                if len(self._words) >= _MOST_WORDS:
                    self._words = {}
                self._words[word] = found
        return found

    def _best(self, word: str) -> list[Piece]:
        """The best way to cut a word (Viterbi over its characters; of equals the one with the longer last piece)."""
        count = len(word)
        best: list[float | None] = [0.0] + [None] * count
        came: list[tuple[int, int]] = [(0, 0)] * (count + 1)
        for start in range(count):
            here = best[start]
            if here is None:
                continue
            single = False
            for end in range(start + 1, min(start + self._longest, count) + 1):
                identity = self._ids.get(word[start:end])
                if identity is None:
                    continue
                single = single or end == start + 1
                score, there = here + self._scores[identity], best[end]
                if there is None or score > there:
                    best[end], came[end] = score, (start, identity)
            if not single:
                score, there = here + self._unknown_score, best[start + 1]
                if there is None or score > there:
                    best[start + 1], came[start + 1] = score, (start, self._unknown)
        pieces: list[Piece] = []
        end = count
        while end:
            start, identity = came[end]
            piece = word[start:end]
            pieces.append((identity, piece, len(piece.encode("utf-8"))))
            end = start
        return pieces[::-1]


def _words(text: str) -> Iterator[str]:
    """The text cut before every `▁`."""
    start = 0
    while start < len(text):
        end = text.find(_SPACE, start + 1)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end
