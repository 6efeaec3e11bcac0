"""Keeping the token out of the log."""

import logging
from collections.abc import Iterable

LIBRARY = "telegram"
CHATTY = ("httpx", "httpcore", "httpx2", "httpcore2")


class Redaction(logging.Filter):
    """Replaces secrets in everything a handler writes, tracebacks included.

    The library's own tracebacks are left out unless debugging is on: they are about lines that went bad, which is said
    in one line, and the bot's errors have theirs under an id.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; never drop it."""
        record.msg, record.args = self._redact(record.getMessage()), None
        if record.name.startswith(LIBRARY) and not logging.getLogger(__name__).isEnabledFor(logging.DEBUG):
            record.exc_info = record.exc_text = None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = self._redact(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = self._redact(record.exc_text)
        return True

    def _redact(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text


def keep_out(secrets: Iterable[str]) -> None:
    """Keep `secrets` out of every log line of this process; HTTP clients, which log addresses, are silenced."""
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)  # it quotes what a server said
    redaction = Redaction(secrets)
    for handler in logging.getLogger().handlers:
        handler.addFilter(redaction)
