"""What `danvan evaluate` does: read and check the sets, then ask, show, report and hold against the gate."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from bot.answering.answerer import Answerer
from bot.commands.corpus_shared import say_problems
from bot.commands.evaluation_records import keep_figures
from bot.commands.run_tables import show
from bot.evaluation.comparison import Comparison, compare, read_baseline
from bot.evaluation.quality_gate import Floor, GateResult, hold, read_gate
from bot.evaluation.report.report_page import write_report
from bot.evaluation.run import Run, as_json, evaluate
from bot.gold.gold_checking import check_gold, is_for_other_documents
from bot.gold.gold_files import read_gold
from bot.gold.gold_items import GoldSet, Split, collapse
from bot.settings import Settings
from bot.terminal.streams import console, print_json, progress, say
from bot.wiring import answerer_aside, open_answerer, open_indexer
from corpus.errors import CorpusError, GoldError
from corpus.folder.reading_folder import read_folder
from embeddings.retriever import Retriever


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line."""

    golds: Sequence[Path]
    documents: Path | None
    split: Split | None
    gate: Path | None
    report: Path | None
    baseline: Path | None
    as_json: bool


def evaluate_sets(order: Order, settings: Settings) -> bool:
    """Evaluate every set and show the results on standard output; remarks and progress go to standard error.

    Returns:
        Whether the gate was passed (true without one).

    Raises:
        DanvanError: if a set, the gate, the baseline, the documents or the index cannot be used.
    """
    sets = [read_gold(path) for path in order.golds]
    _refuse_broken(sets)
    floors = read_gate(order.gate) if order.gate else ()
    baselines = [read_baseline(order.baseline, gold.name) if order.baseline else None for gold in sets]
    folders = _report_folders(order.report, sets)
    depends_on = settings.model_dump(include={"model", "reader", "reranker", "dense_weight"})
    passed = True
    with ExitStack() as stack:
        answerers: dict[Path | None, Answerer] = {}
        for gold, baseline, folder in zip(sets, baselines, folders, strict=True):
            documents = gold.documents or order.documents
            if documents not in answerers:
                answerers[documents] = stack.enter_context(answerer_for(documents, settings))
            answerer = answerers[documents]
            with progress(f"{gold.name}: questions asked") as report:
                checked = _checked(gold, answerer.retriever)
                run = evaluate(answerer, checked, split=order.split, settings=depends_on, on_progress=report)
            if documents is None:
                keep_figures(settings, run)
            passed = _present(order, run, baseline, floors, folder) and passed
    return passed


def _present(
    order: Order, run: Run, baseline: Mapping[str, object] | None, floors: tuple[Floor, ...], folder: Path | None
) -> bool:
    """Compare, hold against the gate, write and print one run; return whether the gate was passed."""
    record = as_json(run)
    comparison = compare(baseline, record) if baseline else None
    result = hold(run, floors) if floors else None
    record |= {"gate": _gate_json(result), "comparison": comparison.as_json() if comparison else None}
    if folder:
        say(f"report: {write_report(folder, run, record, comparison, result)}")
    if order.as_json:
        print_json(record)
    else:
        show(run, console())
        _show_verdicts(console(), comparison, result)
    for sentence in result.sentences if result else ():
        say(f"gate: {sentence}")
    return result is None or result.passed


def _checked(gold: GoldSet, retriever: Retriever) -> GoldSet:
    """Hold the set against what will answer; questions whose evidence is nowhere are named and count as missed."""
    texts = [collapse(passage.text) for passage in retriever.passages]
    problems = [problem for problem in check_gold(gold, retriever.documents, retriever.passages) if problem.serious]
    for problem in problems:
        say(f"warning: {problem}")
    if gold.documents is None and is_for_other_documents(gold.items, texts):
        raise GoldError(f"{gold.path}: none of its evidence stands in these documents; is it for others (--documents)?")
    warnings = [replace(problem, serious=False) for problem in problems]
    return replace(gold, problems=(*gold.problems, *warnings))


def _refuse_broken(sets: Sequence[GoldSet]) -> None:
    """Name every broken row of every set; figures of a part of a set would mislead, so nothing is asked then."""
    broken = 0
    for gold in sets:
        for problem in gold.problems:
            say(str(problem) if problem.serious else f"warning: {problem}")
            broken += problem.serious
    if broken:
        raise GoldError(f"errors to correct: {broken} (see above); nothing was asked")


def _report_folders(report: Path | None, sets: Sequence[GoldSet]) -> list[Path | None]:
    """One set is reported in the folder itself, several in folders of their own; made now, before the long work."""
    if report is None:
        return [None] * len(sets)
    folders = [report if len(sets) == 1 else report / gold.name for gold in sets]
    if len(set(folders)) < len(folders):
        raise GoldError("two gold sets have the same name; report them one at a time")
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GoldError(f"{report} cannot be used for the report: {error.strerror}") from error
    return [*folders]


def _gate_json(result: GateResult | None) -> dict[str, object] | None:
    if result is None:
        return None
    return {"passed": result.passed, "kept": result.kept, "missed": list(result.sentences)}


def _show_verdicts(output: Console, comparison: Comparison | None, result: GateResult | None) -> None:
    if comparison:
        output.print(f"\ncompared with generation {comparison.generation}, {comparison.created}")
        for change in comparison.changes:
            output.print(str(change))
            for word, ids in (("won", change.won), ("lost", change.lost)):
                if ids:
                    output.print(f"  {word}: {', '.join(ids)}")
        if comparison.left_out:
            output.print(f"left out, not in both: {', '.join(comparison.left_out)}")
    if result and result.passed:
        output.print(f"\ngate: all {result.kept} floors kept")


@contextmanager
def answerer_for(documents: Path | None, settings: Settings) -> Iterator[Answerer]:
    """Answer from a folder of documents, indexed aside for as long as it is needed, or else from what is published.

    Args:
        documents: the folder; None for the published generation, which is built first if there never was one.
        settings: model, weights and data folder.

    Raises:
        CorpusError: if the folder holds no document that can be read.
        DanvanError: if the index or the model cannot be used.
    """
    if documents is None:
        with progress("texts embedded") as report:
            open_indexer(settings).ensure_index(report)
        yield open_answerer(settings)
        return
    contents = read_folder(documents)
    say_problems(contents)
    if not contents.documents:
        raise CorpusError(f"{documents} holds no document that can be read")
    with progress("texts embedded") as report, answerer_aside(settings, list(contents.documents), report) as answerer:
        yield answerer
