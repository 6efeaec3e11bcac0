"""`danvan invite` and `danvan history`: who may use the bot, and what is kept of their questions."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from bot.commands.options import AsJson
from bot.records.access import INVITE_DAYS, Role
from bot.records.audit import Audit
from bot.records.database import Database
from bot.records.history import History
from bot.records.invitations import BOT_NAME, invite_link, invite_page
from bot.records.journal import Journal
from bot.records.requests import Requests
from bot.records.statistics import statistics
from bot.settings import Settings, load_settings
from bot.terminal.rendering import plain
from bot.terminal.streams import argument_text, console, print_json, say
from bot.wiring import open_access, open_database
from corpus.errors import SettingsError
from corpus.groups import NOBODY, groups_in, written

TELEGRAM = "telegram"

invite = typer.Typer(
    add_completion=False,
    help="Invite people to the bot, see them, shut them out.",
    invoke_without_command=True,
)
history = typer.Typer(
    add_completion=False, help="See and delete what is kept of questions and answers.", no_args_is_help=True
)

PersonId = Annotated[
    str, typer.Argument(metavar="ID", help="A person's numeric Telegram id, or web:... for one without.")
]


@invite.callback()
def make_invite(
    context: typer.Context,
    admin: Annotated[bool, typer.Option("--admin", help="Invite an admin.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make an invitation that works once."""
    if context.invoked_subcommand is not None:
        return

    with _opened() as (settings, database):
        role = Role.ADMIN if admin else Role.MEMBER
        code = open_access(settings, database).invite(role)
        link = invite_link(History(database).noted(BOT_NAME), code)
        page = invite_page(settings.public_url, code) if settings.public_url else None
    if as_json:
        print_json({"role": role, "invitation": link, "page": page, "days": INVITE_DAYS})
        return
    say(f"works once, within {INVITE_DAYS} days; send it to the right person:")
    console().print(link)
    if page:
        say("or, for somebody without Telegram, the same invitation as a page:")
        console().print(page, soft_wrap=True)


@invite.command("list")
def list_people(as_json: AsJson = False) -> None:
    """List the people who are let in, and who no longer are."""
    with _opened() as (settings, database):
        people = open_access(settings, database).people()
    for person in people:
        if as_json:
            print_json(
                {"person": person.id, "role": person.role, "since": _iso(person.since), "name": person.label}
                | {"groups": sorted(person.groups)}
            )
        else:
            since = f"since {person.since:%Y-%m-%d}" if person.since else "by the settings"
            console().print(f"{person.id:<24} {person.role:<9} {since}  {plain(person.label)}".rstrip())


@invite.command("open")
def list_open(as_json: AsJson = False) -> None:
    """List the invitations nobody has used yet, and the people who ask to be let in."""
    with _opened() as (settings, database):
        invitations, requests = open_access(settings, database).invites(), Requests(database).open()
    for one in invitations:
        if as_json:
            print_json({"invitation": one.fingerprint, "role": one.role, "until": _iso(one.expires), "by": one.by})
        else:
            console().print(f"invitation {one.fingerprint:<13} {one.role:<9} until {one.expires:%Y-%m-%d}")
    for request in requests:
        if as_json:
            print_json({"request": request.person, "name": request.name, "since": _iso(request.asked)})
        else:
            console().print(f"{request.person:<24} {'asks':<9} since {request.asked:%Y-%m-%d}  {plain(request.name)}")


@invite.command()
def revoke(identity: PersonId) -> None:
    """Shut somebody out; takes effect at once, in a running bot too."""
    person = _person(identity)
    with _opened() as (settings, database):
        if not open_access(settings, database).revoke(person):
            raise SettingsError(f"{person} is not let in, or is an admin by the settings: nothing was changed")
    say(f"{person} is shut out")


@invite.command()
def withdraw(
    invitation: Annotated[str, typer.Argument(metavar="INVITATION", help="As `danvan invite open` prints it.")],
) -> None:
    """Make an invitation that nobody has used yet worthless."""
    with _opened() as (settings, database):
        if not open_access(settings, database).withdraw(invitation.lower()):
            raise SettingsError(f"{invitation[:40]!r} is no open invitation: see danvan invite open")
    say(f"invitation {invitation.lower()} is worthless now")


@invite.command()
def name(
    identity: PersonId,
    label: Annotated[str, typer.Argument(metavar="NAME", help="What the admins call them; empty to forget it.")],
) -> None:
    """Give somebody a name, for lists and the audit."""
    person = _person(identity)
    with _opened() as (settings, database):
        if not open_access(settings, database).name(person, argument_text(label)):
            raise SettingsError(f"{person} is not let in: nothing was changed")


@invite.command()
def groups(
    identity: PersonId,
    names: Annotated[str, typer.Argument(metavar="GROUPS", help="Names separated by commas; empty for none.")],
) -> None:
    """Have somebody belong to exactly these groups of documents; takes effect at once, in a running bot too."""
    person, wanted = _person(identity), groups_in(argument_text(names))
    if NOBODY in wanted:
        raise SettingsError(f"groups must be names of letters and digits separated by commas, not {names[:80]!r}")
    with _opened() as (settings, database):
        if not open_access(settings, database).assign(person, wanted):
            raise SettingsError(f"{person} is not let in: nothing was changed")
    say(f"{person} belongs to {written(wanted) or 'no group'} now")


@invite.command()
def audit(
    count: Annotated[int, typer.Option("--last", min=1, max=10_000, help="How many lines.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Say who let whom in and shut whom out, and who changed documents and index by the bot; the newest first."""
    with _opened() as (_, database):
        entries = Audit(database).last(count)
    for entry in entries:
        if as_json:
            fields = {"at": _iso(entry.at), "actor": entry.actor, "action": entry.action, "subject": entry.subject}
            print_json(fields)
        else:
            at = f"{entry.at:%Y-%m-%d %H:%M}"
            console().print(f"{at}  {entry.actor or 'command line':<24} {entry.action:<11} {plain(entry.subject)}")


@history.command()
def stats(
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help="How far to look back.")] = 7,
    as_json: AsJson = False,
) -> None:
    """Sum up questions, answers and verdicts."""
    with _opened() as (_, database):
        figures = statistics(database, days)
    if as_json:
        print_json(asdict(figures))
        return
    for name, value in asdict(figures).items():
        console().print(f"{name:<10} {value:g}")


@history.command()
def purge(
    days: Annotated[
        int | None, typer.Option("--days", min=0, help="Keep so many days, not the settings' number.")
    ] = None,
) -> None:
    """Delete what is older than the settings allow; the running bot does so every day."""
    with _opened() as (settings, database):
        kept = settings.history_days if days is None else days
        Journal(database, TELEGRAM).purge()
        gone = History(database).purge(kept)
    say(f"{gone} questions older than {kept} days were deleted")


@history.command()
def forget(identity: PersonId) -> None:
    """Delete everything one person asked, as /quen does."""
    person = _person(identity)
    with _opened() as (_, database):
        gone = History(database).forget(person)
    say(f"{gone} questions of {person} were deleted")


@contextmanager
def _opened() -> Iterator[tuple[Settings, "Database"]]:

    settings = load_settings()
    database = open_database(settings)
    try:
        yield settings, database
    finally:
        database.close()


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _person(identity: str) -> str:
    known = re.fullmatch(rf"(?:{TELEGRAM}:)?([1-9][0-9]{{0,18}})|(web:[0-9a-f]{{16}})", identity, re.ASCII)
    if known is None:
        raise SettingsError(f"{identity[:40]!r} is not a numeric Telegram id, nor a web:... of danvan invite list")
    return known[2] or f"{TELEGRAM}:{known[1]}"
