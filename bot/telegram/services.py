"""What every handler works with, built once at start and handed on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from telegram import User
from telegram.ext import Application, ContextTypes

from bot.access import Access
from bot.conversation import Conversation

if TYPE_CHECKING:
    from bot.answering import Answerer
    from bot.settings import Settings

Context = ContextTypes.DEFAULT_TYPE
App = Application[Any, Any, Any, Any, Any, Any]

P = ParamSpec("P")
T = TypeVar("T")

_KEY = "services"


@dataclass(slots=True)
class Services:
    """The parts the handlers share.

    Attributes:
        examples: questions offered to a newcomer.
        refused: when each stranger was last told that they may not ask, by numeric id (monotonic seconds).
        threads: where blocking work (model, index, database) goes, so that the event loop stays free.
    """

    settings: Settings
    access: Access
    conversation: Conversation
    answerer: Callable[[], Answerer]
    examples: tuple[str, ...]
    refused: dict[int, float] = field(default_factory=dict)
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(4, thread_name_prefix="danvan"))

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking function away from the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self.threads, lambda: function(*args, **kwargs))

    def install(self, application: App) -> None:
        """Make these services known to the handlers of `application`."""
        application.bot_data[_KEY] = self


def services(context: Context) -> Services:
    """The services of the application that is handling this update."""
    return services_of(context.application)


def services_of(application: App) -> Services:
    """The services of a running application."""
    found = application.bot_data[_KEY]
    assert isinstance(found, Services)  # noqa: S101
    return found


def person_of(user: User) -> str:
    """How the core names this person: by channel and number."""
    return f"telegram:{user.id}"
