"""`danvan ask`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from bot.commands.options import AsJson
from bot.local_socket.client import ask_service, screen_of
from bot.settings import Settings, load_settings
from bot.terminal.streams import argument_text, console, print_json, say
from bot.wiring import open_answerer, open_live_answerer
from corpus.errors import DanvanError

if TYPE_CHECKING:
    from rich.console import Console

STDIN = "-"
MOST = 100
INVALID = "invalid"
"""The status of what cannot be asked, in the words of the contract."""

Top = Annotated[int, typer.Option("--top", min=1, max=MOST, help="How many passages to cite.")]


def ask(
    question: Annotated[
        str | None, typer.Argument(show_default=False, help="In Vietnamese, with or without marks.")
    ] = None,
    after: Annotated[str | None, typer.Option(metavar="PREVIOUS", help="The question asked before this one.")] = None,
    top: Top = 3,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how the question was read and what was found.")
    ] = False,
    as_json: AsJson = False,
    batch: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help='Answer JSON lines {"id", "question", "context"}; needs --json.'),
    ] = None,
) -> None:
    """Answer a question with the sentence that says it, its passage and its source."""
    if batch is not None:
        if question is not None or after is not None:
            raise typer.BadParameter("--batch takes its questions from the file: give no QUESTION and no --after")
        if not as_json:
            raise typer.BadParameter("--batch needs --json")
        _ask_batch(batch, top, explain=explain)
        return
    if question is None:
        raise typer.BadParameter("give a QUESTION, or --batch FILE --json")
    asked, context = argument_text(question), None if after is None else argument_text(after)
    settings, screen = load_settings(), None if as_json else console()
    shown_on = None if screen is None else screen_of(screen)
    reply = ask_service(settings, asked, context, top, explain=explain, screen=shown_on)
    answer = _ask_here(settings, asked, context, top, explain, screen) if reply is None else _show(reply)
    if answer["status"] == INVALID:
        if as_json:
            say("danvan: " + " ".join(answer["notes"]))
        raise typer.Exit(1)


def _ask_here(
    settings: Settings, question: str, context: str | None, top: int, explain: bool, screen: "Console | None"
) -> dict[str, Any]:
    """Answer in this process; returns the answer as the contract has it."""
    from bot.local_socket.printing import print_asked  # noqa: PLC0415 - not needed where a service answers
    from bot.terminal.rendering import answer_as_json  # noqa: PLC0415
    from embeddings.question.question import Question  # noqa: PLC0415

    announce()
    answer, search = open_answerer(settings).explain(Question(question, context), top)
    told = search if explain else None
    fields = answer_as_json(answer, search=told)
    if screen is None:
        print_json(fields)
    else:
        print_asked(screen, answer, told)
    return fields


def _show(reply: dict[str, Any]) -> dict[str, Any]:
    """Show what a service answered; returns the answer as the contract has it."""
    answer: dict[str, Any] = reply["answer"]
    if reply["screen"] is None:
        print_json(answer)
    else:
        sys.stdout.write(reply["screen"])
        sys.stdout.flush()
    return answer


def announce() -> None:
    """Say at once, to somebody at a terminal, what takes so long."""
    if sys.stderr.isatty():
        say("loading the model and the index")


def _ask_batch(name: str, top: int, *, explain: bool) -> None:
    from bot.commands.ask_batch import answer_lines  # noqa: PLC0415 - loads the model's libraries

    live = open_live_answerer(load_settings())
    with _open(name) as stream:
        answer_lines(live.current, stream, top, explain=explain)


def _open(name: str) -> BinaryIO:
    if name == STDIN:
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DanvanError(f"the questions in {name!r} cannot be read: {reason}") from error
