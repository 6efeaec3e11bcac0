"""Prepares training: `python -m embeddings.training.prepare --data FOLDER --write FOLDER` (see README.md)."""

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from corpus.splitting import sentence_spans
from embeddings.extraction.event_setting import BEGINNING, event_setting
from embeddings.headings import headed
from embeddings.network.bundled_weights import build_tokenizer, open_weights
from embeddings.training.base import write_base
from embeddings.training.negatives import names_of, swapped
from embeddings.training.prepared import (
    BOS,
    EOS,
    KINDS,
    NEAR_MISS,
    PAD,
    UNKNOWN,
    Prepared,
    Ragged,
    compact,
)
from embeddings.training.public_sets import read_law_headings, read_public
from embeddings.training.training_texts import OWN, Asked, Span, Text, read_texts
from embeddings.training.typing_variants import variants
from embeddings.training.understanding import Readers

SEED = 0
LONGEST_PASSAGE = 400
LONGEST_QUESTION = 72
_SWAPS = 0.5
_UNDERSTOOD = 0.8
"""How many questions are shown as the program reads them, and not as they were typed."""


@dataclass(slots=True)
class _Tables:
    """What is collected before it is packed."""

    passages: list[list[int]] = field(default_factory=list)
    sentences: list[list[Span]] = field(default_factory=list)
    passage_text: list[int] = field(default_factory=list)
    questions: list[list[int]] = field(default_factory=list)
    passage_of: list[int] = field(default_factory=list)
    kind: list[int] = field(default_factory=list)
    answers: list[list[Span]] = field(default_factory=list)
    tempting: list[Span] = field(default_factory=list)
    source: list[int] = field(default_factory=list)
    validation: list[int] = field(default_factory=list)


class Preparer:
    """Turns texts into the arrays of `Prepared`.

    Args:
        tokenizer: the bundled model's; its settings are not touched.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = Tokenizer.from_str(tokenizer.to_str())
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._tables = _Tables()
        self._sources: list[str] = []

    def add(self, texts: Sequence[Text]) -> None:
        """Take in texts of one set and one language."""
        names = names_of(texts)
        readers = Readers([text for text in texts if text.source == OWN])
        for text in texts:
            number = self._tables.passage_text[-1] + 1 if self._tables.passage_text else 0
            rng = random.Random(f"{SEED}/{text.family}/{text.language}")  # noqa: S311 - to be repeated
            heading = _heading(text)
            for paragraph in text.paragraphs:
                place, ends = self._passage(heading, paragraph.text, number)
                for typed in paragraph.asked:
                    asked = _as_understood(typed, text, readers, rng)
                    self._question(asked, text, place, ends, rng)
                    twin = swapped(asked, f"{heading}\n{paragraph.text}", names, rng) if asked.answers else None
                    if twin and rng.random() < _SWAPS:
                        self._question(twin, text, place, ends, rng)

    def add_headings(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take in headings as questions for their articles; they say nothing of where an answer stands."""
        for heading, body in pairs:
            number = self._tables.passage_text[-1] + 1 if self._tables.passage_text else 0
            place, ends = self._passage("", body, number)
            text = Text("laws", "vi", "", (), validation=False, source="law-headings")
            rng = random.Random(f"{SEED}/{heading}")  # noqa: S311
            self._question(Asked(heading, "heading", ((0, 1),)), text, place, ends, rng)

    def finish(self) -> Prepared:
        """Pack everything."""
        tables = self._tables
        rows = [*tables.passages, *tables.questions]
        vocabulary, number_of = compact(rows, (BOS, PAD, EOS, UNKNOWN))
        return Prepared(
            passages=Ragged.of([[number_of[i] for i in row] for row in tables.passages]),
            sentences=Ragged.of(tables.sentences, 2),
            passage_text=np.array(tables.passage_text, np.int32),
            questions=Ragged.of([[number_of[i] for i in row] for row in tables.questions]),
            passage_of=np.array(tables.passage_of, np.int32),
            kind=np.array(tables.kind, np.int32),
            answers=Ragged.of(tables.answers, 2),
            tempting=np.array(tables.tempting, np.int32).reshape(-1, 2),
            source=np.array(tables.source, np.int32),
            validation=np.array(tables.validation, np.int32),
            vocabulary=vocabulary,
            sources=np.frombuffer("\n".join(self._sources).encode(), np.uint8),
        )

    def _passage(self, title: str, text: str, number: int) -> tuple[int, list[Span]]:
        """Keep a passage; returns its number and where each of its tokens stands in the text ((0, 0) before it)."""
        head = f"passage: {title}\n" if title else "passage: "
        encoded = self._tokenizer.encode(head + text)
        ids = encoded.ids[: LONGEST_PASSAGE - 1]
        ids = [*ids, EOS] if ids[-1] != EOS else ids
        spans = [(max(start - len(head), 0), max(end - len(head), 0)) for start, end in encoded.offsets[: len(ids) - 1]]
        tables = self._tables
        tables.passages.append(ids)
        tables.passage_text.append(number)
        tables.sentences.append([tokens for span in sentence_spans(text) if (tokens := _tokens_of(span, spans))])
        return len(tables.passages) - 1, spans

    def _question(self, asked: Asked, text: Text, place: int, spans: list[Span], rng: random.Random) -> None:
        answers = [_tokens_of(span, spans) for span in asked.answers]
        found = [answer for answer in answers if answer]
        if len(found) < len(answers):
            return  # cut off with the end of a long passage
        tables = self._tables
        source = text.source if text.source != "xquad" or text.language == "vi" else "xquad-other"
        if source not in self._sources:
            self._sources.append(source)
        joined = asked.question
        if asked.previous and rng.random() < 0.5:  # noqa: PLR2004 - half of the time alone, as the reader reads them
            joined = f"{asked.previous.rstrip('?. ')}. {asked.question}"
        for typed in variants(joined, text.language, rng):
            ids = self._tokenizer.encode(f"query: {typed}").ids
            tables.questions.append(ids if len(ids) <= LONGEST_QUESTION else [*ids[: LONGEST_QUESTION - 1], EOS])
        tables.passage_of.append(place)
        tables.kind.append(KINDS.index(asked.kind) if found else NEAR_MISS)
        tables.answers.append(found)
        tempting = _tokens_of(asked.tempting, spans) if asked.tempting else None
        tables.tempting.append(tempting or (-1, -1))
        tables.source.append(self._sources.index(source))
        tables.validation.append(int(text.validation))


def _as_understood(asked: Asked, text: Text, readers: Readers, rng: random.Random) -> Asked:
    """A question of ours as the program reads it, mostly; what is asked in English stays as it is."""
    if text.source != OWN or "en" in asked.styles or rng.random() > _UNDERSTOOD:
        return asked
    return replace(asked, question=readers.read(asked.question, text.family))


def _heading(text: Text) -> str:
    """The heading of a text, as a document like it gets one; those of the published sets tell of no event."""
    if text.source != OWN:
        return text.title
    published = "-".join(reversed(text.published.split("/"))) or None
    beginning = "\n\n".join(one.text for one in text.paragraphs)[:BEGINNING]
    return headed(event_setting(text.title, beginning, published), text.title)


def _tokens_of(span: Span, spans: Sequence[Span]) -> Span | None:
    """First and last token (exclusive) of a run of characters; None where it lies beyond the tokens."""
    start, end = span
    inside = [number for number, (a, b) in enumerate(spans) if b > start and a < end and b > a]
    if not inside or spans[-1][1] < end:
        return None
    return inside[0], inside[-1] + 1


def main() -> int:
    """Read all texts, tokenize them and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the published sets")
    parser.add_argument("--write", type=Path, required=True)
    parser.add_argument("--most", type=int, help="texts of each set and language, for a trial")
    arguments = parser.parse_args()
    preparer = Preparer(build_tokenizer(open_weights().vocabulary))
    sets: dict[tuple[str, str], list[Text]] = defaultdict(list)
    for text in [*read_texts(), *read_public(arguments.data)]:
        sets[text.source, text.language].append(text)
    for texts in sets.values():
        preparer.add(texts[: arguments.most])
    preparer.add_headings(list(read_law_headings(arguments.data))[: arguments.most])
    prepared = preparer.finish()
    arguments.write.mkdir(parents=True, exist_ok=True)
    prepared.save(arguments.write / "prepared.npz")
    write_base(prepared.vocabulary, arguments.write / "base.npz")
    counts = {name: int((prepared.source == i).sum()) for i, name in enumerate(prepared.source_names)}
    sys.stdout.write(
        f"{len(prepared.passages)} passages, {len(prepared.vocabulary)} word pieces, questions: {counts}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
