"""Groups of documents: who belongs to none of a document's groups is not to learn that there is such a document.

A document belongs to the groups that `sources.toml` gives it and to those of the folders it lies in whose names begin
with `@`; one that belongs to none is for everybody. What is no name of a group closes a document rather than open it.
"""

import re
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath

from corpus.vietnamese import fold

FOLDER_MARK = "@"
NOBODY = "?"
"""A group that nobody can belong to."""

LONGEST_NAME = 50
Groups = frozenset[str]


def group_name(text: str) -> str:
    """The one form of a group's name: `Tổ chức` -> `to-chuc`; `NOBODY` for what is no name."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return name if name and len(name) <= LONGEST_NAME else NOBODY


def groups_in(text: str) -> Groups:
    """The groups that a list of names separated by commas names."""
    return frozenset(group_name(part) for part in text.split(",") if part.strip())


def written(groups: Iterable[str]) -> str:
    """A list of groups as `groups_in` reads it."""
    return ",".join(sorted(groups))


def groups_of_file(file: str) -> Groups:
    """The groups of the folders that a file lies in.

    Args:
        file: its path in the folder of documents, with `/`.
    """
    folders = PurePosixPath(file).parts[:-1]
    return frozenset(group_name(name) for name in folders if name.startswith(FOLDER_MARK))


def may_see(groups: Collection[str], mine: Groups | None) -> bool:
    """Whether somebody may see a document.

    Args:
        groups: the document's.
        mine: the groups somebody belongs to; None for who sees everything.
    """
    return mine is None or not groups or not mine.isdisjoint(groups)
