"""Where the bot's parts are put together from the settings: first what lets it serve, then what lets it answer."""

import logging

from bot import index_changes, wiring
from bot.answering.answerer import Answerer
from bot.answering.links import Links
from bot.answering.live_answerer import LiveAnswerer
from bot.conversation import Conversation
from bot.examples import examples
from bot.records.audit import Audit
from bot.records.awaited import Awaited
from bot.records.database import Database
from bot.records.handed import HandedQuestions
from bot.records.history import History
from bot.records.invitations import BOT_NAME, invite_link
from bot.records.requests import Requests
from bot.records.sessions import Sessions
from bot.records.statistics import misses, statistics
from bot.settings import Settings
from bot.shared_answerer import SharedAnswerer
from bot.telegram.health import Pulse
from bot.telegram.services import Parts, Postponing, Readiness, Services
from bot.threads import Threads

log = logging.getLogger(__name__)


def shared_parts(shared: SharedAnswerer) -> Parts:
    """The rest of the program, with an answerer that other front ends use too."""

    def open_answerer(settings: Settings, bot_name: str | None) -> Answerer:
        return shared.load().with_links(Links(settings.public_url, bot_name))

    def reopen(settings: Settings, bot_name: str | None, _before: Answerer) -> Answerer:
        return open_answerer(settings, bot_name)

    def ensure_index(_settings: Settings) -> None:
        shared.ensure_index()

    def kept(settings: Settings) -> list[str]:
        return [generation.id for generation in reversed(wiring.open_index(settings).generations())]

    return Parts(
        ensure_index=ensure_index,
        open_answerer=open_answerer,
        reopen=reopen,
        published_id=lambda _: shared.published_id(),
        reindex=index_changes.reindex,
        original=wiring.original_file,
        library=wiring.open_library,
        roll_back=index_changes.roll_back,
        kept=kept,
    )


def prepare(  # noqa: PLR0913, PLR0917 - everything the handlers share
    settings: Settings,
    parts: Parts,
    database: Database,
    bot_name: str | None,
    inbox: Postponing,
    threads: Threads,
    pulse: Pulse,
) -> Services:
    """Everything the handlers work with but the answerer, which takes long; see `load`. Blocking for a moment."""
    history, access, readiness = History(database), wiring.open_access(settings, database), Readiness()
    history.note(BOT_NAME, bot_name or "")
    code = access.invite_first_admin()
    if code is not None:
        log.warning("there is no admin yet; the first one opens, within 7 days: %s", invite_link(bot_name, code))

    def answers_for(reader: str | None) -> Answerer:
        groups = access.groups(reader) if reader is not None else frozenset()
        return readiness.current().visible_to(groups)

    return Services(
        settings=settings,
        parts=parts,
        access=access,
        requests=Requests(database),
        audit=Audit(database),
        history=history,
        awaited=Awaited(database),
        handed=HandedQuestions(database),
        sessions=Sessions(database),
        statistics=lambda days: statistics(database, days),
        misses=lambda days: misses(database, days),
        conversation=Conversation(answers_for, history),
        links=Links(settings.public_url, bot_name),
        readiness=readiness,
        answers_for=answers_for,
        inbox=inbox,
        threads=threads,
        pulse=pulse,
    )


def load(settings: Settings, parts: Parts, bot_name: str | None) -> tuple[LiveAnswerer, tuple[str, ...]]:
    """The answerer, and questions for a newcomer.

    Blocking for seconds to minutes: an index is built when there is none, the model is loaded.
    """
    parts.ensure_index(settings)
    live = LiveAnswerer(
        parts.open_answerer(settings, bot_name),
        lambda: parts.published_id(settings.data_dir),
        lambda before: parts.reopen(settings, bot_name, before),
    )
    return live, examples(live.current().visible_to(frozenset()))
