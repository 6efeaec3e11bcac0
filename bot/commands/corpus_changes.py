"""`danvan corpus add`, `set`, `remove`, `restore` and `refetch`."""

import difflib
from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.text import Text

from bot.commands.corpus_shared import DocumentId, unread_as_json
from bot.commands.options import AsJson
from bot.settings import load_settings
from bot.terminal.rendering import plain
from bot.terminal.streams import argument_text, console, print_json, say
from bot.wiring import open_library
from corpus.dates import vietnamese_date
from corpus.errors import CorpusError
from corpus.folder.sources_file import KEYS
from corpus.library.outcomes import Outcome

_REFUSED = "refused"
_CHANGES = frozenset(("added", "replaced", "corrected", "removed", "restored"))
_STALE = "until then the index answers as before; run: danvan reindex"

Reindex = Annotated[bool, typer.Option("--reindex", help="Then have the index answer by it: danvan reindex.")]
Force = Annotated[
    bool, typer.Option("--force", help="Also what is there already, and pages that have lost most of their text.")
]


def add(
    sources: Annotated[
        list[str], typer.Argument(metavar="PATH|URL...", help="Files, folders, ZIP files, http and https addresses.")
    ],
    force: Force = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    reindex: Reindex = False,
    as_json: AsJson = False,
) -> None:
    """Add documents, and say what was understood of each; `danvan reindex` then has them answer."""
    library = open_library(load_settings(), "corpus add")
    given = [source if "://" not in source else argument_text(source) for source in sources]
    added = library.add(given, force=force, dry_run=dry_run)
    outcomes = _tell(added, as_json=as_json, dry_run=dry_run, reindex=reindex)
    _end(outcomes)
    if reindex and not dry_run:
        _bring_up_to_date(outcomes, as_json=as_json)


def set_values(
    identity: DocumentId,
    values: Annotated[
        list[str], typer.Argument(metavar="KEY=VALUE...", help=f"{', '.join(KEYS)}; KEY= takes a correction back.")
    ],
    reindex: Reindex = False,
    as_json: AsJson = False,
) -> None:
    """Correct what was understood of a document; corrections outlive every newer version of it."""
    wanted = dict(_pair(argument_text(value)) for value in values)
    outcome = open_library(load_settings(), "corpus set").correct(argument_text(identity), wanted)
    _told(outcome, reindex=reindex, as_json=as_json)


def remove(identity: DocumentId, reindex: Reindex = False, as_json: AsJson = False) -> None:
    """Take a document out; `danvan corpus restore` brings it back."""
    outcome = open_library(load_settings(), "corpus remove").remove(argument_text(identity))
    _told(outcome, reindex=reindex, as_json=as_json)


def restore(
    identity: DocumentId,
    version: Annotated[
        str | None,
        typer.Option(metavar="SHA", help="A version, as `danvan corpus history` prints it.", show_default=False),
    ] = None,
    reindex: Reindex = False,
    as_json: AsJson = False,
) -> None:
    """Bring back a removed document, or the version before the one that is there."""
    wanted = None if version is None else argument_text(version)
    outcome = open_library(load_settings(), "corpus restore").restore(argument_text(identity), wanted)
    _told(outcome, reindex=reindex, as_json=as_json)


def refetch(
    identities: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID...]", help="Documents; all that were fetched without.", show_default=False),
    ] = None,
    force: Force = False,
    reindex: Reindex = False,
    as_json: AsJson = False,
) -> None:
    """Fetch documents anew from their addresses; corrections stay, and so does the old version among the snapshots."""
    library = open_library(load_settings(), "corpus refetch")
    wanted = [argument_text(identity) for identity in identities or ()]
    outcomes = _tell(library.refetch(wanted, force=force), as_json=as_json, reindex=reindex)
    _end(outcomes)
    if reindex:
        _bring_up_to_date(outcomes, as_json=as_json)


def _pair(argument: str) -> tuple[str, str]:
    key, equals, value = argument.partition("=")
    key = key.strip().lower()
    if not equals:
        raise CorpusError(f"{argument[:80]!r} is not KEY=VALUE, such as published=2020-01-31")
    if key not in KEYS:
        nearest = difflib.get_close_matches(key, KEYS, n=1, cutoff=0)[0]
        raise CorpusError(f"{key[:80]!r} cannot be set, only {', '.join(KEYS)}; the nearest is {nearest}")
    return key, value


def _tell(
    outcomes: "Iterable[Outcome]", *, as_json: bool, dry_run: bool = False, reindex: bool = False
) -> "list[Outcome]":
    """Print each outcome as soon as it is there, and at the end how many there were of each kind.

    Args:
        outcomes: as they come.
        as_json: one object a line.
        dry_run: nothing was done.
        reindex: whether the index is brought up to date next.
    """
    done: list[Outcome] = []
    for outcome in outcomes:
        done.append(outcome)
        if as_json:
            print_json(_as_json(outcome))
        elif outcome.action.value == _REFUSED:
            say(f"refused: {plain(outcome.source)}: {plain(outcome.sentence)}")
        else:
            _print(outcome)
    counts = Counter(outcome.action.value for outcome in done)
    if not as_json:
        summary = ", ".join(f"{count} {action}" for action, count in counts.items()) or "nothing to do"
        changed = not dry_run and not reindex and any(action in _CHANGES for action in counts)
        prefix = "would be: " if dry_run else ""
        console().print(prefix + summary + ("; run: danvan reindex" if changed else ""))
    return done


def _told(outcome: "Outcome", *, reindex: bool, as_json: bool) -> None:
    """Print what became of one document; then reindex if asked to, else say that the index still answers as before."""
    if as_json:
        print_json(_as_json(outcome))
    else:
        _print(outcome)
    if reindex:
        _bring_up_to_date([outcome], as_json=as_json)
    elif outcome.action.value in _CHANGES:
        (say if as_json else console().print)(_STALE)


def _bring_up_to_date(outcomes: "Iterable[Outcome]", *, as_json: bool) -> None:
    """Reindex if anything has changed."""
    from bot.commands.index_upkeep import reindex  # noqa: PLC0415 - slow to import

    if any(outcome.action.value in _CHANGES for outcome in outcomes):
        reindex(as_json=as_json)


def _end(outcomes: "list[Outcome]") -> None:
    """End with status 1 if all that was asked for was refused."""
    refused = [outcome for outcome in outcomes if outcome.action.value == _REFUSED]
    if outcomes and len(refused) == len(outcomes):
        first = refused[0]
        raise CorpusError(f"nothing could be added: {first.source}: {first.sentence.rstrip('.')}")


def _print(outcome: "Outcome") -> None:
    screen = console()
    documents = outcome.documents
    name = documents[0].id if len(documents) == 1 else outcome.file or outcome.source
    screen.print(Text.assemble((outcome.action.value, "bold"), f" {plain(name)}"))
    if len(documents) > 1:
        screen.print(f"  {len(documents)} documents")
    elif documents:
        document = documents[0]
        screen.print(Text(f"  {plain(document.title)}"))
        known = [vietnamese_date(document.published) or "no date"]
        known += [value for value in (document.publisher, document.author, document.url) if value]
        screen.print(Text("  " + plain(" · ".join(known)), style="dim"))
        left_out = len(outcome.page.dropped) if outcome.page else 0
        parts = sum(part.count for part in outcome.page.unread) if outcome.page else 0
        counted = f"  {document.text.count(chr(10) * 2) + 1} paragraphs kept, {left_out} lines left out"
        counted += f", {parts} parts not read" if parts else ""
        screen.print(Text(counted, style="dim"))
    if outcome.sentence:
        screen.print(Text(f"  {plain(outcome.sentence)}"))
    for warning in outcome.warnings:
        screen.print(Text(f"  warning: {plain(warning)}", style="yellow"))


def _as_json(outcome: "Outcome") -> dict[str, Any]:
    one = outcome.documents[0] if len(outcome.documents) == 1 else None
    return {
        "source": outcome.source,
        "action": outcome.action.value,
        "sentence": outcome.sentence or None,
        "document_id": one.id if one else None,
        "documents": [document.id for document in outcome.documents],
        "file": outcome.file,
        "title": one.title if one else None,
        "published": one.published if one else None,
        "publisher": one.publisher if one else None,
        "author": one.author if one else None,
        "url": one.url if one else None,
        "paragraphs": one.text.count("\n\n") + 1 if one else None,
        "dropped": len(outcome.page.dropped) if outcome.page else 0,
        "unread": unread_as_json(outcome.page),
        "warnings": list(outcome.warnings),
        "sha256": outcome.sha256,
        "size": outcome.size,
    }
