"""`danvan backup` and `danvan restore`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.commands.options import AsJson
from bot.data_folder.backup import BackupReport, back_up
from bot.data_folder.restoring import restore as put_back
from bot.settings import load_settings
from bot.terminal.streams import console, print_json, say

Archive = Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="The archive, such as danvan.tar.")]


def backup(
    file: Archive,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of an archive of that name.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write documents, snapshots, indexes and history into one archive; a bot may go on running."""
    _tell(back_up(load_settings(), file, replace=replace), "written", as_json=as_json)


def restore(
    file: Archive,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of what is there.")] = False,
    safety_copy: Annotated[
        bool, typer.Option(help="Write what is replaced into an archive in the data folder first.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Put an archive back, once all of it has been checked; stop the bot before."""
    report = put_back(load_settings(), file, replace=replace, safety_copy=safety_copy)
    _tell(report, "restored", as_json=as_json)


def _tell(report: "BackupReport", done: str, *, as_json: bool) -> None:
    facts: dict[str, Any] = {
        "file": str(report.file),
        "files": report.files,
        "bytes": report.bytes,
        "generation": report.generation,
        "history": report.history,
        "remarks": list(report.remarks),
    }
    if as_json:
        print_json(facts)
        return
    for remark in report.remarks:
        say(remark)
    history = "with the history" if report.history else "without a history"
    console().print(
        f"{report.file} {done}: {report.files} files, {report.bytes / 2**20:.1f} MB, {history}, "
        f"index {report.generation or 'not built yet'}",
        soft_wrap=True,
    )
