"""`danvan gold check` and `danvan gold add`: a tester's work on a gold set, in the terminal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import typer

from bot.commands.evaluation_session import answerer_for
from bot.gold.gold_checking import append_item, check_gold, find_evidence, items_of, near_duplicates
from bot.gold.gold_files import read_gold, write_gold
from bot.gold.gold_items import UNANSWERED_KINDS, GoldItem, Kind, Split, collapse
from bot.settings import Settings
from bot.wiring import open_index, open_indexer
from corpus.errors import CorpusError, GoldError
from corpus.folder.reading_folder import read_folder
from corpus.models import Document, Passage
from corpus.splitting import sentence_spans, split
from embeddings.question.question import Question
from embeddings.retriever import Retriever

SHOWN = 5


def check_file(file: Path, documents: Path | None, convert: Path | None, settings: Settings) -> None:
    """Print what is wrong with a set, one line a problem, and convert it if it is sound.

    Raises:
        GoldError: if the set has errors (remarks alone do not count).
        DanvanError: if the set or the documents cannot be read.
    """
    if convert and convert.suffix.lower() != ".jsonl":
        raise GoldError(f"{convert} must end in .jsonl")
    gold = read_gold(file)
    known, passages = _corpus(documents or gold.documents, settings)
    problems = sorted((*gold.problems, *check_gold(gold, known, passages)), key=lambda problem: problem.row)
    for problem in problems:
        typer.echo(str(problem) if problem.serious else f"remark: {problem}")
    serious = sum(problem.serious for problem in problems)
    if serious:
        raise GoldError(f"{file}: {serious} errors to correct; {len(gold.items)} questions could be read")
    typer.echo(f"{file}: {len(gold.items)} questions fit the documents")
    if convert:
        write_gold(convert, gold.items)
        typer.echo(f"{convert}: {len(gold.items)} questions written")


def add_interactively(file: Path, documents: Path | None, settings: Settings) -> None:
    """Ask for questions and their evidence until the tester has no more; each is checked, shown and then added.

    Raises:
        DanvanError: if the set, the documents or the index cannot be used.
    """
    if file.suffix.lower() != ".jsonl":
        raise GoldError(f"{file} is not a .jsonl file; convert it with `danvan gold check {file} --convert NEW.jsonl`")
    items_of(file)  # a file that cannot be read is found before anything is typed
    with answerer_for(documents, settings) as answerer:
        another = True
        while another:
            item = _asked(items_of(file), answerer.retriever)
            for earlier, _ in near_duplicates((*items_of(file), item)):
                typer.echo(f"remark: nearly the same as {earlier.id}: {earlier.question}")
            for name, value in item.as_json().items():
                typer.echo(f"  {name}: {value}")
            if typer.confirm("Add this question?", default=True):
                append_item(file, item)
                typer.echo(f"{file}: {item.id} added")
            another = typer.confirm("Another question?", default=False)


def _corpus(folder: Path | None, settings: Settings) -> tuple[Mapping[str, Document], Sequence[Passage]]:
    """The documents and passages of a folder, or of the published generation; neither needs the model."""
    if folder is None:
        return open_index(settings).read_texts(open_indexer(settings).ensure_index())
    documents = read_folder(folder).documents
    if not documents:
        raise CorpusError(f"{folder} holds no document that can be read")
    passages = [passage for document in documents for passage in split(document)]
    return {document.id: document for document in documents}, passages


def _asked(items: Sequence[GoldItem], retriever: Retriever) -> GoldItem:
    """Ask for everything one item needs; what is wrong is asked again."""
    question = _prompt("Question")
    kind = Kind(_choice("Kind", [kind.value for kind in Kind], Kind.DIRECT.value))
    context = _prompt("Question asked before it") if kind is Kind.FOLLOWUP else None
    item = GoldItem("", question, kind, context, answerable=kind not in UNANSWERED_KINDS)
    if item.answerable:
        item = _with_evidence(item, retriever)
    half = _choice("Split (dev, test or none)", [*(half.value for half in Split), "none"], "none")
    taken = {other.id for other in items}
    free = next(name for n in range(1, len(taken) + 2) if (name := f"{kind.value}-{n:03d}") not in taken)
    while (identity := _prompt("Id", free)) in taken:
        typer.echo(f"{identity} is taken")
    return replace(item, id=identity, split=None if half == "none" else Split(half))


def _with_evidence(item: GoldItem, retriever: Retriever) -> GoldItem:
    evidence: list[str] = []
    document = None
    while not evidence or typer.confirm("Is there other evidence that would do as well?", default=False):
        text, passage = _evidence(item, retriever)
        evidence.append(text)
        document = document or passage.document_id
        typer.echo(f"found in {passage.document_id}: {retriever.documents[passage.document_id].title}")
    answer = _prompt("Short answer out of the evidence (empty for none)", "")
    while answer and not any(collapse(answer).casefold() in collapse(text).casefold() for text in evidence):
        typer.echo("these words do not stand in the evidence")
        answer = _prompt("Short answer out of the evidence (empty for none)", "")
    return replace(item, evidence=tuple(evidence), answers=(answer,) if answer else (), document=document)


def _evidence(item: GoldItem, retriever: Retriever) -> tuple[str, Passage]:
    """Take evidence typed word for word, or let the tester pick a passage and a sentence of it."""
    while True:
        text = _prompt("Evidence, word for word (empty to search for it)", "")
        if text:
            found = find_evidence(text, retriever.passages)
            if found:
                return text, found[0]
            typer.echo("no passage holds these words; the nearest are:")
        picked = _picked(Question(text or item.question, None if text else item.context), retriever)
        if picked:
            return picked


def _picked(question: Question, retriever: Retriever) -> tuple[str, Passage] | None:
    hits = retriever.search(question, SHOWN)
    for hit in hits:
        typer.echo(f"{hit.rank}. [{hit.passage.document_id}] {hit.passage.text}\n")
    number = _number("Passage that answers (0 for none of them)", len(hits))
    if not number:
        return None
    passage = hits[number - 1].passage
    sentences = [passage.text[start:end] for start, end in sentence_spans(passage.text)]
    for place, sentence in enumerate(sentences, 1):
        typer.echo(f"{place}. {sentence}")
    number = _number("Sentence that answers (0 for the whole passage)", len(sentences))
    return sentences[number - 1] if number else passage.text, passage


def _prompt(label: str, default: str | None = None) -> str:
    while True:
        text = collapse(str(typer.prompt(label, default=default, show_default=bool(default))))
        if text or default == "":
            return text


def _choice(label: str, choices: Iterable[str], default: str) -> str:
    known = list(choices)
    label = label if "none" in known else f"{label} ({', '.join(known)})"
    while (word := _prompt(label, default).lower()) not in known:
        typer.echo(f"choose one of {', '.join(known)}")
    return word


def _number(label: str, highest: int) -> int:
    while True:
        word = _prompt(label)
        if word.isdecimal() and int(word) <= highest:
            return int(word)
        typer.echo(f"type a number from 0 to {highest}")
