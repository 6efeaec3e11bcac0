"""Keeping the token, and what people say, out of the log."""

import logging
import traceback
from collections.abc import Iterable

from telegram.error import TelegramError

from corpus.errors import DanvanError

OURS = ("bot", "corpus", "embeddings")
LIBRARY = "telegram"
CHATTY = ("httpx", "httpcore", "httpx2", "httpcore2")

_DONE = "danvan_redacted"

log = logging.getLogger(__name__)


class Redaction(logging.Filter):
    """Replaces secrets in everything a handler writes, tracebacks included, and drops what may be people's words.

    Only this program's own lines are known to hold none. Of the libraries' the fixed part is kept, and of errors the
    kind and the place; with debugging on, everything is.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record, once; never drop it."""
        if getattr(record, _DONE, False):
            return True
        setattr(record, _DONE, True)
        debugging, error = log.isEnabledFor(logging.DEBUG), _error_of(record)
        message = record.getMessage() if debugging else _fixed_part(record)
        told = describe(error) if error is not None else None
        if not debugging and record.name.startswith(LIBRARY):
            told = None  # its tracebacks are about lines that went bad, which is said in one line
        record.msg, record.args, record.exc_info = self._redact(message), None, None
        record.exc_text = self._redact(told) if told else None
        return True

    def _redact(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text


def keep_out(secrets: Iterable[str]) -> None:
    """Keep `secrets` and people's words out of every log line of this process.

    HTTP clients, which log addresses, are silenced.
    """
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)  # it quotes what a server said
    redaction = Redaction(secrets)
    for handler in logging.getLogger().handlers:
        handler.addFilter(redaction)


def describe(error: BaseException | None) -> str:
    """Where an error came from, without what people typed: their words may stand in an exception's message.

    Messages are kept where they cannot hold a question: the system's, Telegram's and this program's own. With
    debugging on, everything is kept.
    """
    if error is None:
        return "unknown"
    if log.isEnabledFor(logging.DEBUG):
        return "".join(traceback.format_exception(error))
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        message = f": {seen}" if isinstance(seen, OSError | TelegramError | DanvanError) else ""
        frames = "".join(traceback.format_tb(seen.__traceback__))
        lines.append(f"{frames}{type(seen).__name__}{message}")
        seen = seen.__cause__ or seen.__context__
    return "\ncaused by\n".join(lines)


def _fixed_part(record: logging.LogRecord) -> str:
    """The message; of a library's, only what its programmers wrote, and numbers."""
    if record.name.startswith(OURS):
        return record.getMessage()
    if not record.args:
        return str(record.msg).partition("\n")[0]
    if not isinstance(record.args, tuple):
        return str(record.msg)
    shown = tuple(value if isinstance(value, int | float) else "…" for value in record.args)
    try:
        return str(record.msg) % shown
    except (TypeError, ValueError):
        return str(record.msg)


def _error_of(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None
