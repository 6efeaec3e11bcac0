"""Commands of the terminal, one module a group; a module is imported when its command is called, not before."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

COMMANDS: dict[str, tuple[str, str]] = {
    "ask": ("bot.commands.ask:ask", "Answer a question with the sentence that says it, its passage and its source."),
    "chat": (
        "bot.commands.chat:chat",
        "Ask in a conversation: each question is read after the one before it. /moi starts afresh, Ctrl-D leaves.",
    ),
    "search": ("bot.commands.search:search", "Find passages for a question, without answering it."),
    "reindex": (
        "bot.commands.index_upkeep:reindex",
        "Read the documents, embed what is new, build the index aside and publish it in one step.",
    ),
    "status": ("bot.commands.index_upkeep:status", "Say which index answers, and from what."),
    "verify": (
        "bot.commands.index_upkeep:verify",
        "Prove the published index: checksums, counts, every passage in its document, vectors against their texts.",
    ),
    "rollback": (
        "bot.commands.index_upkeep:rollback",
        "Let the generation before the published one answer again, or the one that is named.",
    ),
    "backup": (
        "bot.commands.backup_and_restore:backup",
        "Write documents, snapshots, indexes and history into one archive; a bot may go on running.",
    ),
    "restore": (
        "bot.commands.backup_and_restore:restore",
        "Put an archive back, once all of it has been checked; stop the bot before.",
    ),
    "worker": (
        "bot.commands.worker:worker",
        "Embed texts for whoever reindexes, beside other workers, until stopped; needs DANVAN_INDEX=postgres.",
    ),
    "migrate": (
        "bot.commands.migrate:migrate",
        "Copy indexes, history and people into PostgreSQL, or back into the data folder; stop the bot before.",
    ),
    "evaluate": (
        "bot.commands.gold_and_evaluate:evaluate",
        "Ask gold questions and report how many are answered rightly.",
    ),
    "serve": (
        "bot.commands.serve:serve",
        "Run the Telegram bot and the pages until stopped; builds the index first if there is none.",
    ),
    "mcp": (
        "bot.commands.mcp:mcp",
        "Serve the documents as tools for other assistants (MCP), on standard input and output.",
    ),
    "token": ("bot.commands.token:token", "Let programs ask by HTTP or MCP, each by a token."),
    "doctor": ("bot.commands.doctor:doctor", "Check the installation, the settings, the documents and the index."),
    "corpus": ("bot.commands.corpus:corpus", "Add documents, and see and correct how they were understood."),
    "sources": (
        "bot.commands.sources:sources",
        "See the folders and sites that are watched, bring them up to date, watch one no longer.",
    ),
    "gold": ("bot.commands.gold_and_evaluate:gold", "Keep gold sets: questions whose right answer is known."),
    "invite": ("bot.commands.people_and_history:invite", "Invite people to the bot, see them, shut them out."),
    "history": (
        "bot.commands.people_and_history:history",
        "See and delete what is kept of questions and answers.",
    ),
    "feedback": (
        "bot.commands.feedback_lists:feedback",
        "See what found no answer, and draft gold questions from it.",
    ),
}
"""Name -> where the command or group of commands is (`module:name`), and the line that `danvan --help` has for it; a
test holds the line to what the command says of itself."""


class LazyCommands(TyperGroup):
    """The commands of the program: listed by name and summary, imported only when one of them is called."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        for name, (_, summary) in COMMANDS.items():
            self.commands[name] = TyperCommand(name, help=summary)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that `args` names, and import it."""
        name, found, rest = super().resolve_command(ctx, args)
        if name not in COMMANDS:
            return name, found, rest
        with starting(str(name)):
            return name, load_command(str(name)), rest


@contextmanager
def starting(name: str) -> Iterator[None]:
    """Tell somebody at a terminal that a command starts, as long as it does: its libraries take seconds to load."""
    shown = sys.stderr.isatty()
    if shown:
        _write(f"danvan {name}: starting")
    try:
        yield
    finally:
        if shown:
            _write("\r\x1b[K")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def load_command(name: str) -> Any:
    """Import a command or a group of commands, in the form that Typer runs."""
    module, _, attribute = COMMANDS[name][0].partition(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        alone = typer.Typer(add_completion=False)
        alone.command(name)(found)
        found = alone
    command = typer.main.get_command(found)
    command.name = name
    return command
