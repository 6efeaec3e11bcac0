"""The settings: read once from the environment and `.env`, checked and handed on; nothing else reads them."""

import difflib
import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from platformdirs import user_data_path
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from corpus.errors import SettingsError
from corpus.limits import MEGABYTE, IntakeLimits

PREFIX = "DANVAN_"
ENV_FILE = Path(".env")
TOKEN_SHAPE = re.compile(r"\d{3,}:[A-Za-z0-9_-]{30,}")
ORIGIN_SHAPE = re.compile(r"https?://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?", re.ASCII)
WEBHOOK_SECRET_SHAPE = re.compile(r"[A-Za-z0-9_-]{1,256}")
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

UserIds = Annotated[tuple[int, ...], NoDecode]


class Settings(BaseSettings):
    """Everything an owner can set; each description completes the sentence "NAME must be ...".

    Attributes:
        data_dir: absolute path of the folder for documents, generations, caches and the database.
        corpus_dir: absolute path of the documents as they lie; inside `data_dir` unless set.
        dense_weight: the dense channel's share in the fusion, 0 to 1; None leaves it to the retriever.
        allowed_users: Telegram ids that may ask while access is restricted.
        admin_users: Telegram ids that may also use the admins' commands.
        public_url: without a slash at its end.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
        validate_default=True,
    )

    data_dir: Path = Field(default_factory=lambda: user_data_path("danvan"), description="a folder")
    corpus_dir: Path = Field(default=Path(), description="a folder")
    model: str = Field(default="bundled", description='"bundled" or a sentence-transformers model id or folder')
    reader: str = Field(
        default="bundled", description='"bundled", "none" or an extractive question-answering model id or folder'
    )
    reranker: str | None = Field(default=None, description="a CrossEncoder model id or folder")
    dense_weight: float | None = Field(default=None, ge=0, le=1, description="a number from 0 to 1")
    judge_url: str | None = Field(default=None, description="an http or https address")
    judge_model: str | None = Field(default=None, description="the name of a model that the judge's server has")
    judge_key: SecretStr | None = Field(default=None, description="the key that the judge's server asks for")
    judge_seconds: float = Field(default=4, gt=0, le=60, description="a number of seconds up to 60")
    judge_public: bool = Field(default=False, description="true or false")
    telegram_token: SecretStr | None = Field(default=None, description="the token that BotFather gave")
    telegram_base_url: str = Field(default="https://api.telegram.org/bot", description="an http or https address")
    telegram_base_file_url: str = Field(
        default="https://api.telegram.org/file/bot", description="an http or https address"
    )
    telegram_mode: Literal["polling", "webhook"] = Field(default="polling", description="polling or webhook")
    webhook_url: str | None = Field(default=None, description="an https address that Telegram can reach")
    webhook_secret: SecretStr | None = Field(default=None, description="1 to 256 letters, digits, _ or -")
    webhook_host: str = Field(default="127.0.0.1", description="an address of this machine to listen on")
    webhook_port: int = Field(default=8443, ge=1, le=65535, description="a port from 1 to 65535")
    access: Literal["restricted", "open"] = Field(default="restricted", description="restricted or open")
    allowed_users: UserIds = Field(default=(), description="numeric Telegram ids separated by commas")
    admin_users: UserIds = Field(default=(), description="numeric Telegram ids separated by commas")
    public_url: str | None = Field(default=None, description="an http or https address without query or fragment")
    web: Literal["on", "off"] = Field(default="on", description="on or off")
    web_host: str = Field(default="127.0.0.1", description="an address of this machine to listen on")
    web_port: int = Field(default=8080, ge=1, le=65535, description="a port from 1 to 65535")
    widget_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="origins such as https://portal.example.vn, separated by commas"
    )
    history_days: int = Field(default=180, ge=1, le=36500, description="a number of days from 1 to 36500")
    keep_generations: int = Field(default=3, ge=1, le=100, description="a number of indexes from 1 to 100")
    gate: Path | None = Field(default=None, description="a gold set with gate.toml beside it")
    weekly_summary: Literal["on", "off"] = Field(default="on", description="on or off")
    max_file_mb: int = Field(default=50, ge=1, le=10_000, description="a number of megabytes from 1 to 10000")
    max_archive_mb: int = Field(default=500, ge=1, le=100_000, description="a number of megabytes from 1 to 100000")
    max_archive_files: int = Field(default=5000, ge=1, le=1_000_000, description="a number from 1 to 1000000")
    fetch_seconds: float = Field(default=30, ge=1, le=3600, description="a number of seconds from 1 to 3600")
    fetch_private: bool = Field(default=False, description="true or false")
    database_url: SecretStr | None = Field(
        default=None,
        description="a database address such as sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME",
    )
    index: Literal["files", "postgres"] = Field(default="files", description="files or postgres")
    index_seconds: float = Field(default=2.5, ge=0.1, le=3600, description="a number of seconds from 0.1 to 3600")
    index_shards: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(), description="database addresses separated by commas"
    )
    index_replica_url: SecretStr | None = Field(default=None, description="the address of a database that follows")

    @field_validator("data_dir", "corpus_dir", "gate")
    @classmethod
    def _absolute(cls, value: Path | None, info: ValidationInfo) -> Path | None:
        if value is None:
            return None
        if info.field_name == "corpus_dir" and value == Path():
            data_dir = info.data.get("data_dir")
            value = data_dir / "documents" if isinstance(data_dir, Path) else value
        try:
            return Path(os.path.abspath(value.expanduser()))  # noqa: PTH100 - resolve() would follow links
        except RuntimeError:  # ~ of somebody who is not known here
            raise ValueError(value) from None

    @field_validator("allowed_users", "admin_users", mode="before")
    @classmethod
    def _numeric_ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.split(",") if part.strip()]
        if not all(re.fullmatch(r"[1-9][0-9]{0,18}", part) for part in parts):
            raise ValueError(value)
        return tuple(int(part) for part in parts)

    @field_validator("index_shards", mode="before")
    @classmethod
    def _addresses(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = tuple(part.strip() for part in value.split(",") if part.strip())
        if not all(part.startswith("postgres") for part in parts):
            raise ValueError
        return parts

    @field_validator("widget_origins", mode="before")
    @classmethod
    def _origins(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        parts = tuple(part.strip().rstrip("/").lower() for part in value.split(",") if part.strip())
        if not all(ORIGIN_SHAPE.fullmatch(part) for part in parts):
            raise ValueError(value)
        return parts

    @field_validator("judge_url", "public_url", "webhook_url", "telegram_base_url", "telegram_base_file_url")
    @classmethod
    def _address(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        inside = parts.hostname in LOOPBACK  # a Bot API server on this very machine needs no TLS
        schemes = {"https"} if info.field_name == "webhook_url" and not inside else {"http", "https"}
        plain = not re.search(r"[\s\x00-\x1f<>\"]", value) and not parts.query and not parts.fragment
        if parts.scheme not in schemes or not parts.hostname or not plain or parts.username or parts.port == 0:
            raise ValueError(value)
        return value.rstrip("/")

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not WEBHOOK_SECRET_SHAPE.fullmatch(value.get_secret_value()):
            raise ValueError("shape")
        return value

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> "Settings":
        if self.telegram_mode == "webhook":
            missing = [name for name in ("webhook_url", "webhook_secret") if getattr(self, name) is None]
            if missing:
                raise SettingsError(f"{PREFIX}TELEGRAM_MODE=webhook also needs {_name(missing[0])}")
        if self.judge_url and not self.judge_model:
            raise SettingsError(f"{PREFIX}JUDGE_URL also needs {_name('judge_model')}")
        return self

    @model_validator(mode="after")
    def _index_has_its_database(self) -> "Settings":
        url = self.database_url.get_secret_value() if self.database_url else ""
        if self.index == "postgres" and not url.startswith("postgres"):
            raise SettingsError(f"{PREFIX}INDEX=postgres needs {PREFIX}DATABASE_URL=postgresql+psycopg://...")
        if self.index == "files" and self.index_replica_url:
            raise SettingsError(f"{PREFIX}INDEX_REPLICA_URL needs {PREFIX}INDEX=postgres")
        if self.index == "files" and self.index_shards:
            raise SettingsError(f"{PREFIX}INDEX_SHARDS needs {PREFIX}INDEX=postgres")
        addresses = [url, *(each.get_secret_value() for each in self.index_shards)]
        if len(set(addresses)) < len(addresses):
            raise SettingsError(f"{PREFIX}INDEX_SHARDS names a database twice, or that of {PREFIX}DATABASE_URL again")
        return self

    @property
    def postgres_url(self) -> str:
        """The database that holds the index; with DANVAN_INDEX=files there is none, and this is empty."""
        return self.database_url.get_secret_value() if self.database_url and self.index == "postgres" else ""

    @property
    def intake_limits(self) -> IntakeLimits:
        """How much a file, an archive or an address may bring."""
        return IntakeLimits(
            file_bytes=self.max_file_mb * MEGABYTE,
            archive_bytes=self.max_archive_mb * MEGABYTE,
            archive_files=self.max_archive_files,
            fetch_seconds=self.fetch_seconds,
            private_addresses=self.fetch_private,
        )

    @property
    def default_corpus(self) -> bool:
        """Whether the documents lie at their default place, which is seeded at first use."""
        return self.corpus_dir == self.data_dir / "documents"


def load_settings(env_file: Path | None = ENV_FILE) -> Settings:
    """Read and check the settings; the environment wins over the file.

    Raises:
        SettingsError: naming the setting, and its value unless that is secret.
    """
    given = _read_env_file(env_file) | {name: value for name, value in os.environ.items() if _is_ours(name)}
    _refuse_unknown(given)
    options: dict[str, Any] = {"_env_file": env_file}
    try:
        return Settings(**options)
    except ValidationError as error:
        raise SettingsError(_explain(error.errors()[0], given)) from None


def token_problem(settings: Settings) -> str | None:
    """What is wrong with the bot's token, in a sentence that does not show it; None if its shape is right.

    A Bot API server of one's own judges for itself.
    """
    if settings.telegram_token is None:
        return f"{PREFIX}TELEGRAM_TOKEN is not set: get a token from @BotFather and put it into .env"
    official = settings.telegram_base_url == Settings.model_fields["telegram_base_url"].default
    if official and not TOKEN_SHAPE.fullmatch(settings.telegram_token.get_secret_value()):
        return f"{PREFIX}TELEGRAM_TOKEN is not a bot token (digits, a colon, 35 characters): copy it from @BotFather"
    return None


def _name(field: str) -> str:
    return f"{PREFIX}{field.upper()}"


def _is_ours(name: str) -> bool:
    return name.upper().startswith(PREFIX)


def _read_env_file(env_file: Path | None) -> dict[str, str | None]:
    if env_file is None or not env_file.exists():
        return {}
    try:
        if env_file.is_file():
            _refuse_malformed(env_file)
        return {name: value for name, value in dotenv_values(env_file, encoding="utf-8-sig").items() if _is_ours(name)}
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(f"the settings file {env_file.resolve()} cannot be read: {reason}") from error


def _refuse_malformed(env_file: Path) -> None:
    """A line that sets nothing would be passed over in silence; a setting without a value likewise."""
    with env_file.open(encoding="utf-8-sig") as lines:
        for binding in parse_stream(lines):
            unset = binding.key is not None and binding.value is None and _is_ours(binding.key)
            if binding.error or unset:
                raise SettingsError(
                    f"line {binding.original.line} of the settings file {env_file.resolve()} is not NAME=VALUE: "
                    "correct it, or put # in front of it"
                )


def _refuse_unknown(given: dict[str, str | None]) -> None:
    known = [_name(field) for field in Settings.model_fields]
    for name in sorted(given):
        if name.upper() not in known:
            raise SettingsError(
                f"unknown setting {_in_one_line(name)}: the nearest known one is {_nearest(name.upper(), known)}"
            )


def _nearest(name: str, known: list[str]) -> str:
    """The known setting that was most probably meant, also where the first words of its name were left out."""

    def likeness(one: str) -> float:
        typed, words = name.removeprefix(PREFIX), one.removeprefix(PREFIX).split("_")
        ends = ("_".join(words[start:]) for start in range(len(words)))
        return max(difflib.SequenceMatcher(None, typed, end).ratio() - 0.01 * place for place, end in enumerate(ends))

    return max(known, key=likeness)


def _explain(problem: Any, given: dict[str, str | None]) -> str:
    field = str(problem["loc"][0])
    wanted = Settings.model_fields[field]
    name = _name(field)
    if "SecretStr" in str(wanted.annotation):
        return f"{name} must be {wanted.description}; its value is not shown"
    value = next((value for key, value in given.items() if key.upper() == name), None)
    return f'{name} must be {wanted.description}, not "{_in_one_line(value)}"'


def _in_one_line(value: str | None) -> str:
    r"""A value as it can stand in a sentence: a line break as \n, what a terminal would obey as its number."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(value))
