"""Which settings answers depend on: programs that agree in them answer alike, and may answer for each other."""

import hashlib
import json
from collections.abc import Collection
from importlib.metadata import version

from pydantic import SecretStr

from bot.settings import Settings

WITHOUT_INFLUENCE = frozenset(
    {
        *("telegram_token", "telegram_base_url", "telegram_base_file_url", "telegram_mode"),
        *("webhook_url", "webhook_secret", "webhook_host", "webhook_port", "web", "web_host", "web_port"),
        *("access", "allowed_users", "admin_users", "history_days", "keep_generations", "fetch_seconds"),
        *("fetch_private",),
        *("max_file_mb", "max_archive_mb", "max_archive_files"),
    }
)
"""Settings that no answer depends on; a setting that is not listed is taken to matter."""

OF_ONE_MACHINE = frozenset(
    {
        *("data_dir", "corpus_dir", "database_url", "public_url", "gate", "judge_key", "judge_seconds"),
        *("index", "index_seconds", "index_shards", "index_replica_url"),
    }
)
"""Settings that say where things are found from one machine; which index is searched is told by its id."""


def digest(settings: Settings, without: Collection[str] = ()) -> str:
    """SHA-256 (hex) of the settings that answers depend on.

    Args:
        settings: of one program.
        without: names of such as may differ all the same.
    """
    values = {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in settings
        if name not in WITHOUT_INFLUENCE and name not in without
    }
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


def program_version() -> str:
    """The version of this program."""
    return version("danvan")
