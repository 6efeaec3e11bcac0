"""`danvan reindex`, `status`, `verify` and `rollback`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.evaluation_records import keep_figures
from bot.commands.options import GATE_SAID_NO, AsJson
from bot.evaluation.gate_before_publishing import gate_beside
from bot.index_changes import roll_back
from bot.model_wiring import model_when_needed
from bot.reindexing import Gate, ReindexReport
from bot.settings import Settings, load_settings
from bot.terminal.rendering import plain
from bot.terminal.streams import argument_text, console, print_json, progress, say
from bot.wiring import answerer_over, open_index, open_indexer, places_of_index
from corpus.errors import DanvanError, MissingIndexError
from embeddings.index.generation_facts import IndexGeneration, VectorCheck
from embeddings.index.generations import refuse_foreign_model
from embeddings.retriever import Retriever

NAMED = 20
"""Documents named one by one; of more only the number is told, except with --json."""
SAMPLE = 32


def reindex(
    full: Annotated[bool, typer.Option("--full", help="Embed everything anew, even if nothing changed.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    gate: Annotated[
        Path | None,
        typer.Option(
            metavar="GOLD", help="Ask this gold set first; below a floor of gate.toml beside it, keep the old."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read the documents, embed what is new, build the index aside and publish it in one step."""
    if gate and dry_run:
        raise typer.BadParameter("--gate needs an index to ask, --dry-run builds none")
    settings = load_settings()
    accepts, missed = _gate(gate, settings) if gate else (None, [])
    try:
        with progress("texts embedded") as report:
            done = open_indexer(settings).reindex(
                full=full,
                dry_run=dry_run,
                gate=accepts,
                on_progress=report,
                on_problem=lambda problem: say(f"not read: {problem.path}: {problem.sentence}"),
            )
    except KeyboardInterrupt:
        raise DanvanError("stopped; the published index is unchanged") from None
    for sentence in missed:
        say(f"gate: {sentence}")
    if as_json:
        print_json(_as_json(done, dry_run=dry_run) | ({"gate": _verdict(done, missed)} if gate else {}))
    else:
        _say_outcome(done, dry_run=dry_run)
    if not done.accepted:
        raise typer.Exit(GATE_SAID_NO)


def _gate(gold: Path, settings: Settings) -> tuple["Gate", list[str]]:
    """A gate for `Indexer.reindex`, and the list in which it leaves the floors that were missed."""
    check = gate_beside(
        gold, lambda retriever: answerer_over(settings, retriever), lambda run: keep_figures(settings, run)
    )
    missed: list[str] = []

    def accepts(retriever: "Retriever") -> bool:
        with progress("gold questions asked") as report:
            missed.extend(check(retriever, report).sentences)
        return not missed

    return accepts, missed


def _verdict(done: "ReindexReport", missed: list[str]) -> dict[str, Any]:
    return {"passed": done.accepted, "missed": missed}


def _as_json(done: "ReindexReport", *, dry_run: bool) -> dict[str, Any]:
    difference = done.difference
    return {
        "generation": done.generation,
        "changed": done.changed,
        "published": done.changed and done.accepted and not dry_run,
        "reason": done.reason or None,
        "documents": done.documents,
        "documents_added": list(difference.added),
        "documents_changed": list(difference.changed),
        "documents_removed": list(difference.removed),
        "passages": done.passages,
        "passages_added": difference.passages_added,
        "passages_removed": difference.passages_removed,
        "passages_kept": difference.passages_kept,
        "embedded": done.embedded,
        "problems": [{"path": str(p.path), "problem": p.sentence} for p in done.problems],
        "seconds": round(done.seconds, 1),
    }


def _say_outcome(done: "ReindexReport", *, dry_run: bool) -> None:
    size = f"{done.documents} documents, {done.passages} passages"
    if dry_run:
        outcome = f"would be indexed: {size}" if done.changed else f"nothing to do: {size}, all in {done.generation}"
    elif done.changed and not done.accepted:
        outcome = f"not published: {done.generation or 'no index'} goes on answering"
    elif done.changed:
        outcome = f"published {done.generation}: {size} in {done.seconds:.1f} s"
    else:
        outcome = (
            f"nothing changed, {done.generation} goes on answering: {size}, "
            f"compared in {done.seconds:.1f} s (--full builds anew)"
        )
    console().print(outcome)
    if not done.changed:
        return
    difference = done.difference
    named = [
        *(f"  + {identity}" for identity in difference.added),
        *(f"  ~ {identity}" for identity in difference.changed),
        *(f"  - {identity}" for identity in difference.removed),
    ]
    for line in named if len(named) <= NAMED else ():
        console().print(plain(line), soft_wrap=True)
    console().print(
        f"  documents  {len(difference.added)} added, {len(difference.changed)} changed, "
        f"{len(difference.removed)} removed ({done.reason})"
    )
    console().print(
        f"  passages   {difference.passages_added} added, {difference.passages_removed} removed, "
        f"{difference.passages_kept} kept"
    )
    console().print(f"  embedded   {done.embedded} texts" + (" to embed" if dry_run else ""))


def status(as_json: AsJson = False) -> None:
    """Say which index answers, and from what."""
    settings = load_settings()
    store = open_index(settings)
    try:
        current: IndexGeneration | None = store.published()
    except MissingIndexError:
        current = None
    facts: dict[str, Any] = {
        "data_dir": str(settings.data_dir),
        "corpus_dir": str(settings.corpus_dir),
        "model": settings.model,
        "index": places_of_index(settings),
        "generation": current.id if current else None,
        "created": current.manifest.created if current else None,
        "built_with": current.manifest.fingerprint if current else None,
        "documents": current.manifest.documents if current else 0,
        "passages": current.manifest.passages if current else 0,
        "generations": [generation.id for generation in store.generations()],
    }
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        shown = ", ".join(value) if isinstance(value, list) else value
        console().print(f"{name:<12} {plain(str(shown)) if shown not in (None, '') else '-'}", soft_wrap=True)
    if current is None:
        console().print("nothing is indexed yet; run: danvan reindex")


def verify(
    sample: Annotated[
        int, typer.Option(min=0, help="How many vectors to embed anew and compare; 0 leaves the model out.")
    ] = SAMPLE,
    as_json: AsJson = False,
) -> None:
    """Prove the published index: checksums, counts, every passage in its document, vectors against their texts."""
    settings = load_settings()
    store = open_index(settings)
    generation = store.published()
    problems = store.verify(generation)
    vectors = VectorCheck((), 0, 1.0)
    if sample and not problems:
        encoder = model_when_needed(settings)
        refuse_foreign_model(generation, encoder.fingerprint)
        vectors = store.check_vectors(generation, encoder, sample)
        problems += vectors.problems
    manifest = generation.manifest
    if as_json:
        print_json(
            {
                "generation": generation.id,
                "whole": not problems,
                "problems": problems,
                "files": len(manifest.checksums),
                "documents": manifest.documents,
                "passages": manifest.passages,
                "vectors": manifest.vectors,
                "vectors_compared": vectors.checked,
                "least_cosine": round(vectors.least, 5),
            }
        )
    elif not problems:
        compared = f", {vectors.checked} of {manifest.vectors} vectors compared (cosine {vectors.least:.4f} or more)"
        console().print(
            f"{generation.id} is whole: {len(manifest.checksums)} files checked, "
            f"{manifest.passages} passages found in {manifest.documents} documents" + (compared if sample else "")
        )
    if problems:
        more = f" (and {len(problems) - 1} more; --json names them all)" if len(problems) > 1 else ""
        raise DanvanError(f"{generation.id} is damaged: {problems[0]}{more}; run: danvan reindex --full")


def rollback(
    generation_id: Annotated[
        str | None,
        typer.Argument(
            metavar="[GENERATION]",
            help="As `danvan status` prints it, or its beginning; the one before if none is named.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Let the generation before the published one answer again, or the one that is named."""
    before, after = roll_back(load_settings(), None if generation_id is None else argument_text(generation_id))
    if as_json:
        print_json({"before": before, "generation": after})
    else:
        console().print(f"{after} answers again, in the place of {before}")
