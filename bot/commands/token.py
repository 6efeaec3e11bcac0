"""`danvan token`: programs that may ask by HTTP or MCP."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from bot.commands.options import AsJson
from bot.records.clients import PER_MINUTE, Clients
from bot.settings import load_settings
from bot.terminal.streams import argument_text, console, print_json, say
from bot.wiring import open_database
from corpus.errors import SettingsError
from corpus.groups import NOBODY, groups_in

token = typer.Typer(
    add_completion=False, help="Let programs ask by HTTP or MCP, each by a token.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What the program is called in lists and in the history.")]


@token.command()
def create(
    name: Name,
    per_minute: Annotated[
        int, typer.Option("--per-minute", min=1, max=100_000, help="How many requests it may make in a minute.")
    ] = PER_MINUTE,
    groups: Annotated[
        str, typer.Option("--groups", metavar="GROUPS", help="The groups of documents it belongs to, by commas.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Make a token; it is shown this once and kept nowhere."""
    wanted = groups_in(argument_text(groups))
    if NOBODY in wanted:
        raise SettingsError(f"groups must be names of letters and digits separated by commas, not {groups[:80]!r}")
    with _clients() as clients:
        made = clients.create(argument_text(name), per_minute, wanted)
    if as_json:
        print_json({"name": name, "token": made, "per_minute": per_minute})
        return
    say("shown this once; send it as: Authorization: Bearer TOKEN")
    console().print(made, soft_wrap=True)


@token.command("list")
def list_clients(as_json: AsJson = False) -> None:
    """List the programs, and when they last asked."""
    with _clients() as clients:
        known = clients.all()
    for one in known:
        used = one.used.isoformat(timespec="minutes") if one.used else None
        if as_json:
            print_json(
                {
                    "name": one.name,
                    "per_minute": one.per_minute,
                    "groups": sorted(one.groups),
                    "created": one.created.isoformat(timespec="seconds"),
                    "used": used,
                    "revoked": one.revoked.isoformat(timespec="seconds") if one.revoked else None,
                }
            )
        else:
            state = f"revoked {one.revoked:%Y-%m-%d}" if one.revoked else f"last used {used or 'never'}"
            console().print(f"{one.name:<24} {one.per_minute:>6} a minute  {state}")


@token.command()
def revoke(name: Name) -> None:
    """Make a program's token worthless; takes effect at once."""
    with _clients() as clients:
        if not clients.revoke(argument_text(name)):
            raise SettingsError(f"{name[:60]!r} has no token that works: see danvan token list")
    say(f"the token of {name} is worthless now")


@contextmanager
def _clients() -> Iterator[Clients]:
    database = open_database(load_settings())
    try:
        yield Clients(database)
    finally:
        database.close()
