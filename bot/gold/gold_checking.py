"""Checking gold questions against the documents they are about, and adding one more to a set."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from filelock import FileLock

from bot.gold.gold_files import read_gold, replace_file
from bot.gold.gold_items import GoldItem, GoldProblem, GoldSet, collapse
from corpus.errors import GoldError
from corpus.models import Document, Passage
from corpus.similarity import jaccard
from corpus.vietnamese import fold

NEAR_DUPLICATE = 0.9
_WORD = re.compile(r"\w+")


def check_gold(
    gold: GoldSet, documents: Mapping[str, Document], passages: Iterable[Passage]
) -> tuple[GoldProblem, ...]:
    """Check a set against documents: evidence verbatim in a passage, answers in their evidence, no near-duplicates.

    Texts are compared in NFC with white space collapsed. Evidence that no passage can hold makes a question impossible
    to answer rightly, so it is a serious problem, and so is an answer outside the evidence.

    Args:
        gold: the set as read; its own problems are not repeated.
        documents: id -> document.
        passages: the passages of these documents.

    Returns:
        Problems in the order of the file.
    """
    held = [collapse(passage.text) for passage in passages]
    whole = {id_: collapse(document.text) for id_, document in documents.items()}
    problems = []
    for item in gold.items:
        found = _document_problems(item, whole) if item.relevant is not None else _evidence_problems(item, whole, held)
        problems += [GoldProblem(gold.path, item.row, sentence, serious) for sentence, serious in found]
    problems += [
        GoldProblem(gold.path, item.row, f"asks nearly the same as row {earlier.row} ({earlier.id})", serious=False)
        for earlier, item in near_duplicates(gold.items)
    ]
    problems.sort(key=lambda problem: problem.row)
    if gold.documents is None and is_for_other_documents(gold.items, held):
        sentence = "none of the evidence stands in these documents; is the set for others (see --documents)?"
        problems.insert(0, GoldProblem(gold.path, 0, sentence))
    return tuple(problems)


def is_for_other_documents(items: Sequence[GoldItem], passages: Sequence[str]) -> bool:
    """Return whether there is evidence and no passage (collapsed) holds any of it."""
    texts = {collapse(evidence) for item in items for evidence in item.evidence}
    return bool(texts) and not any(text in passage for passage in passages for text in texts)


def near_duplicates(items: Sequence[GoldItem]) -> list[tuple[GoldItem, GoldItem]]:
    """Return pairs (earlier, later) that ask the same in nearly the same words after the same question.

    Questions are compared as sets of words without marks and case (Jaccard similarity of 0.9 or more). Questions that
    differ in a number are different questions however alike they look, and so are those of which one has an answer.
    """
    groups: dict[tuple[object, ...], list[tuple[GoldItem, frozenset[str]]]] = defaultdict(list)
    pairs = []
    for item in items:
        words = _WORD.findall(fold(item.question))
        numbers = tuple(sorted(word for word in words if any(letter.isdigit() for letter in word)))
        group = groups[numbers, fold(item.context or ""), item.answerable]
        bag = frozenset(words)
        pairs += [(other, item) for other, its in group if jaccard(bag, its) >= NEAR_DUPLICATE]
        group.append((item, bag))
    return pairs


def append_item(path: Path, item: GoldItem) -> None:
    """Add an item to a JSON lines file in one step; lines that are there stay as they are, byte for byte.

    Raises:
        GoldError: if the file has another format, holds the id already or cannot be written.
    """
    if path.suffix.lower() != ".jsonl":
        raise GoldError(f"{path} is not a .jsonl file; convert it with `danvan gold check {path} --convert FILE.jsonl`")
    if not path.parent.is_dir():
        raise GoldError(f"{path} cannot be written: there is no folder {path.parent}")
    with FileLock(path.with_name(f".{path.name}.lock")):
        before = path.read_bytes() if path.exists() else b""
        if item.id in {other.id for other in items_of(path)}:
            raise GoldError(f"{path} holds an item {item.id!r} already")
        separator = b"\n" if before and not before.endswith(b"\n") else b""
        line = json.dumps(item.as_json(), ensure_ascii=False) + "\n"
        replace_file(path, before + separator + line.encode())


def items_of(path: Path) -> tuple[GoldItem, ...]:
    """Return the sound items of a file that may be empty or not there yet."""
    return read_gold(path).items if path.exists() and path.read_bytes().strip() else ()


def find_evidence(evidence: str, passages: Iterable[Passage]) -> list[Passage]:
    """Return the passages that hold a text, after NFC and with white space collapsed."""
    text = collapse(evidence)
    return [passage for passage in passages if text and text in collapse(passage.text)]


def _evidence_problems(item: GoldItem, whole: Mapping[str, str], held: Sequence[str]) -> list[tuple[str, bool]]:
    problems: list[tuple[str, bool]] = []
    for evidence in map(collapse, (*item.evidence, *(text for part in item.parts for text in part.evidence))):
        if any(evidence in passage for passage in held):
            continue
        if any(evidence in text for text in whole.values()):
            problems.append(
                (f"evidence lies across two passages, so that no hit can hold it: {_short(evidence)}", True)
            )
        else:
            problems.append((f"evidence stands in no document: {_short(evidence)}", True))
    texts = [collapse(evidence).casefold() for evidence in item.evidence]
    problems += [
        (f"answer {answer!r} does not stand in its evidence", True)
        for answer in item.answers
        if not any(collapse(answer).casefold() in text for text in texts)
    ]
    problems += [
        (f"item {text!r} does not stand in its evidence", True)
        for text in item.items
        if not any(collapse(text).casefold() in evidence for evidence in texts)
    ]
    problems += [
        (f"answer {part.answer!r} does not stand in the evidence of its part", True)
        for part in item.parts
        if part.answer
        and not any(collapse(part.answer).casefold() in collapse(text).casefold() for text in part.evidence)
    ]
    if item.document and item.document not in whole:
        problems.append((f"there is no document {item.document!r}", False))
    elif item.document and not any(collapse(evidence) in whole[item.document] for evidence in item.evidence or ("",)):
        problems.append((f"evidence does not stand in document {item.document!r}, which the row names", False))
    return problems


def _document_problems(item: GoldItem, whole: Mapping[str, str]) -> list[tuple[str, bool]]:
    missing = [id_ for id_ in item.relevant or () if id_ not in whole]
    return [(f"relevant document {id_!r} is not in the corpus", True) for id_ in missing]


def _short(text: str) -> str:
    return repr(text if len(text) <= 80 else f"{text[:79]}…")  # noqa: PLR2004
