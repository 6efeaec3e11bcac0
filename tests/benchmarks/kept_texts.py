"""Questions over our own texts that were kept from training: `python -m tests.benchmarks.kept_texts [--most 1800]`.

The texts of the families kept for validation are put together to corpora of some 75 paragraphs, and a drawn part of
their questions is answered by the whole program. No rule was written after them and no network trained on them, so
they show what questions of the gold sets, which every rule was looked at with, do not: which shapes of answers are
wrong elsewhere. A near miss is one over its own text; another text of its corpus may answer it all the same.
"""

import argparse
import json
import random
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answers import Status
from bot.evaluation.form_judging import judge_form
from bot.gold.gold_files import read_gold
from corpus.folder.reading_folder import read_folder
from corpus.splitting import sentence_spans
from embeddings.encoder.encoder import load_encoder
from embeddings.index.building import build
from embeddings.question.question import Question
from embeddings.reading.loading_reader import load_reader
from embeddings.reranking.reranking import Reranking
from embeddings.retriever import Retriever
from embeddings.training.training_texts import OWN, Asked, Paragraph, Text, read_texts

PARAGRAPHS = 75
_SEED = 5
_TYPES = {"office": "office", "sentence": "sentence", "list": "list", "yes": "yes_no", "no": "yes_no"}
_OFFICE_NEAR_MISSES = ("role", "body")


def main() -> None:
    """Print for each type of question how many are shown, handled rightly, and mislead."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--most", type=int, default=1800, help="questions of all corpora together")
    most = parser.parse_args().most
    corpora = list(kept_corpora())
    encoder, reranking = load_encoder(), Reranking(load_reader())
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for number, texts in enumerate(corpora):
        with tempfile.TemporaryDirectory() as folder:
            write_corpus(Path(folder), texts, number, most // len(corpora))
            documents = read_folder(Path(folder) / "documents").documents
            answerer = Answerer(Retriever(build(Path(folder), documents, encoder), encoder), Links(), reranking)
            for item in read_gold(Path(folder) / "questions.jsonl").items:
                answer = answerer.answer(Question(item.question, item.context))
                judged = judge_form(item, answer)
                of = counted[str(item.type or "other") if item.answerable else "near miss"]
                of["asked"] += 1
                of["shown"] += answer.status is Status.ANSWERED
                of["handled"] += bool(judged and judged.handled)
                of["misleading"] += bool(judged and judged.misleading)
    for kind, of in sorted(counted.items()):
        print(f"{kind:10}", ", ".join(f"{name} {of[name]}" for name in ("asked", "shown", "handled", "misleading")))


def kept_corpora() -> Iterator[list[Text]]:
    """Texts kept from training, those of a family together, in corpora of like size."""
    families: dict[str, list[Text]] = defaultdict(list)
    for text in read_texts():
        if text.source == OWN and text.validation:
            families[text.family].append(text)
    names = sorted(families)
    random.Random(_SEED).shuffle(names)
    texts: list[Text] = []
    for name in names:
        texts += families[name]
        if sum(len(text.paragraphs) for text in texts) >= PARAGRAPHS:
            yield texts
            texts = []


def write_corpus(folder: Path, texts: Sequence[Text], number: int, most: int) -> None:
    """Write `documents/corpus.jsonl` and so many drawn questions, but English ones, in `questions.jsonl`."""
    documents, items = [], []
    for place, text in enumerate(texts):
        identity = f"{number}-{place}"
        document = {"_id": identity, "title": text.title, "text": "\n\n".join(one.text for one in text.paragraphs)}
        if text.published:
            document["date"] = "-".join(reversed(text.published.split("/")))
        documents.append(document)
        asked = [(paragraph, one) for paragraph in text.paragraphs for one in paragraph.asked if "en" not in one.styles]
        items += [_item(f"{identity}-{row}", identity, paragraph, one) for row, (paragraph, one) in enumerate(asked)]
    chosen = random.Random(_SEED + number).sample(items, min(len(items), most))
    (folder / "documents").mkdir()
    _write(folder / "documents" / "corpus.jsonl", documents)
    _write(folder / "questions.jsonl", chosen)


def _item(identity: str, document: str, paragraph: Paragraph, asked: Asked) -> dict[str, Any]:
    """A question as gold sets have it."""
    kind = "followup" if asked.previous else "direct" if asked.answers else "unanswerable"
    item: dict[str, Any] = {
        "id": identity,
        "question": asked.question,
        "kind": kind,
        "context": asked.previous,
        "answerable": bool(asked.answers),
        "document": document,
        "evidence": [],
        "answer": None,
    }
    if not asked.answers:
        return item | ({"type": "office"} if asked.kind in _OFFICE_NEAR_MISSES else {})
    text, first, last = paragraph.text, asked.answers[0][0], asked.answers[-1][1]
    sentences = [span for span in sentence_spans(text) if span[1] > first and span[0] < last]
    item |= {"type": _TYPES.get(asked.kind, "span"), "evidence": [text[sentences[0][0] : sentences[-1][1]]]}
    if asked.kind in ("yes", "no"):
        return item | {"verdict": asked.kind}
    if asked.kind == "list":
        return item | {"items": [text[start:end] for start, end in asked.answers]}
    return item | {"answer": text[slice(*asked.answers[0])]}


def _write(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main()
