"""The program `danvan`: its commands, and one line for whatever goes wrong in any of them."""

import logging
import sys
import traceback
import warnings
from importlib.metadata import version
from typing import Annotated, Never

import typer

from bot.commands import LazyCommands
from bot.terminal.streams import explain_os_error, prepare_streams, say
from corpus.errors import DanvanError

NOT_DONE = 1
OURS = ("bot", "corpus", "embeddings")
CHATTY = ("huggingface_hub", "sentence_transformers", "transformers")
INTERRUPTED = 130
"""What Typer makes of Ctrl-C; a status of its own is not in the contract."""


app = typer.Typer(
    cls=LazyCommands,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the program; what fails ends in a line on standard error and status 1, a traceback only with --debug."""
    prepare_streams()
    try:
        app(prog_name="danvan")
    except SystemExit as end:
        if end.code != INTERRUPTED:
            raise
        _fail("stopped", end)
    except DanvanError as error:
        _fail(str(error), error)
    except OSError as error:
        _fail(explain_os_error(error), error)
    except Exception as error:
        hint = "run danvan --debug with the same command to see where"
        _fail(f"unexpected {type(error).__name__}: {error}; {hint}", error)


def _fail(problem: str, error: BaseException) -> Never:
    if logging.getLogger().isEnabledFor(logging.DEBUG):
        traceback.print_exception(error)
    say(f"danvan: {problem}")
    sys.exit(NOT_DONE)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"danvan {version('danvan')}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks, warnings and detailed logs.")] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Answer questions from Vietnamese official documents, with the sentence, the passage and the source."""
    logging.basicConfig(
        level=logging.DEBUG if debug else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    if not debug:
        warnings.simplefilter("ignore")
        for handler in logging.getLogger().handlers:
            handler.addFilter(_worth_saying)  # libraries that set their own loggers to DEBUG are not heard


def _worth_saying(record: logging.LogRecord) -> bool:
    least = logging.ERROR if record.name.startswith(CHATTY) else logging.WARNING
    return record.levelno >= least or record.name.startswith(OURS)
