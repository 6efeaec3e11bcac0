"""Who may ask and who may administer, whatever the channel."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What a person may do."""

    STRANGER = "stranger"
    MEMBER = "member"
    ADMIN = "admin"


class Access:
    """Decides by a person's identity, never by a name.

    A person is named by channel and number, such as `telegram:12345`.
    """

    def __init__(self, *, admins: Collection[str], members: Collection[str], is_open: bool) -> None:
        """Start with the people named in the settings.

        Args:
            admins: people who may always administer.
            members: people who may always ask.
            is_open: whether everybody else may ask too.
        """
        self._admins = frozenset(admins)
        self._members = frozenset(members)
        self._is_open = is_open

    def role(self, person: str) -> Role:
        """What this person may do right now."""
        if person in self._admins:
            return Role.ADMIN
        return Role.MEMBER if self._is_open or person in self._members else Role.STRANGER
