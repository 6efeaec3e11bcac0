"""`danvan migrate`."""

import contextlib
from typing import Annotated

import typer
from pydantic import SecretStr

from bot.commands.options import AsJson
from bot.data_folder.running import nobody_running
from bot.data_folder.writer import only_writer
from bot.migrating import migrate as move
from bot.settings import PREFIX, Settings, load_settings
from bot.terminal.streams import console, print_json, say
from bot.wiring import open_database, open_index
from corpus.errors import SettingsError

FILES = "files"


def migrate(
    to: Annotated[
        str,
        typer.Argument(
            metavar="TO", show_default=False, help='"files" (the data folder), or a database: postgresql+psycopg://...'
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Copy indexes, history and people into PostgreSQL, or back into the data folder; stop the bot before."""
    settings = load_settings()
    target = _target(settings, to)
    if (target.index, target.database_url) == (settings.index, settings.database_url):
        raise SettingsError("that is where everything is already: name another database, or files")
    with only_writer(settings.data_dir, "migrate"), nobody_running(settings.data_dir), contextlib.ExitStack() as stack:
        databases = tuple(open_database(one) for one in (settings, target))
        for database in databases:
            stack.callback(database.close)
        stores = open_index(settings), open_index(target)
        report = move(stores, (databases[0], databases[1]), say)
    change = (
        f"unset {PREFIX}INDEX and {PREFIX}DATABASE_URL"
        if to == FILES
        else f"set {PREFIX}INDEX=postgres and {PREFIX}DATABASE_URL to the address you gave"
    )
    if as_json:
        facts = {"copied": report.copied, "generations": report.generations, "generation": report.published}
        print_json(facts | {"rows": report.rows})
        return
    console().print(
        f"{len(report.generations)} indexes ({len(report.copied)} copied by this run) and "
        f"{sum(report.rows.values())} records are there, {report.published or 'none'} is published; "
        f"now {change}, and start again",
        soft_wrap=True,
    )


def _target(settings: Settings, to: str) -> Settings:
    if to != FILES and not to.startswith("postgres"):
        raise SettingsError('TO must be "files" or an address such as postgresql+psycopg://USER:PASSWORD@HOST/NAME')
    there = {"index": FILES if to == FILES else "postgres", "database_url": None if to == FILES else SecretStr(to)}
    return settings.model_copy(update=there | {"index_replica_url": None, "index_shards": ()})
