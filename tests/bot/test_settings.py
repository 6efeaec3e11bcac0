"""Settings: what is read from where, what is refused, and with which words."""

import re
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings, load_settings, token_problem
from corpus.errors import SettingsError

TOKEN = "123456789:AAF" + "x" * 32
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as error:
        load_settings()
    return str(error.value)


def test_defaults() -> None:
    settings = load_settings()
    assert settings.data_dir.is_absolute()
    assert settings.corpus_dir == settings.data_dir / "documents"
    assert settings.default_corpus
    assert (settings.model, settings.access, settings.telegram_mode) == ("bundled", "restricted", "polling")
    assert settings.dense_weight is None
    assert settings.telegram_token is None


@pytest.mark.parametrize(("typed", "read"), [("12", (12,)), ("12,34", (12, 34)), (" 12 , 34,", (12, 34)), ("", ())])
def test_lists_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch, typed: str, read: Any) -> None:
    monkeypatch.setenv("DANVAN_ADMIN_USERS", typed)
    assert load_settings().admin_users == read


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path(".env").write_text("DANVAN_ACCESS=open\nDANVAN_MODEL=từ/tệp\nOTHER=ignored\n", encoding="utf-8")
    monkeypatch.setenv("DANVAN_MODEL", "from/environment")
    settings = load_settings()
    assert (settings.access, settings.model) == ("open", "from/environment")


def test_a_file_saved_by_a_windows_editor_is_read() -> None:
    Path(".env").write_bytes("\ufeffDANVAN_ACCESS=open\r\n".encode())
    assert load_settings().access == "open"


def test_relative_folders_are_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DANVAN_DATA_DIR", "var")
    settings = load_settings()
    assert settings.data_dir == Path.cwd() / "var"
    assert settings.corpus_dir == Path.cwd() / "var" / "documents"
    monkeypatch.setenv("DANVAN_CORPUS_DIR", "~/texts")
    assert load_settings().corpus_dir == Path("~/texts").expanduser()
    assert not load_settings().default_corpus


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("DANVAN_TELEGRAM_TOKN", "DANVAN_TELEGRAM_TOKEN"),
        ("DANVAN_TOEKN", "DANVAN_TELEGRAM_TOKEN"),
        ("DANVAN_TOKEN", "DANVAN_TELEGRAM_TOKEN"),
        ("DANVAN_DATADIR", "DANVAN_DATA_DIR"),
        ("danvan_admins_user", "DANVAN_ADMIN_USERS"),
        ("DANVAN_", "DANVAN_MODEL"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_known_one(
    monkeypatch: pytest.MonkeyPatch, name: str, nearest: str
) -> None:
    message = refused(monkeypatch, name, "1")
    assert name in message
    if name != "DANVAN_":
        assert nearest in message


@pytest.mark.parametrize("line", ["DANVAN_ACCESS", "DANVAN_ACCESS open", "= open", "DANVAN_ACCESS: open"])
def test_a_line_of_the_file_that_sets_nothing_is_refused_by_its_number(line: str) -> None:
    Path(".env").write_text(f"# mine\nDANVAN_MODEL=bundled\n{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"line 3 of the settings file .* is not NAME=VALUE"):
        load_settings()


def test_an_unknown_name_in_the_file_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("DANVAN_ACESS=open\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"DANVAN_ACESS.*DANVAN_ACCESS"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DANVAN_DENSE_WEIGHT", "1.01"),
        ("DANVAN_DENSE_WEIGHT", "-0.1"),
        ("DANVAN_DENSE_WEIGHT", "nan"),
        ("DANVAN_DENSE_WEIGHT", "half"),
        ("DANVAN_WEBHOOK_PORT", "0"),
        ("DANVAN_WEBHOOK_PORT", "65536"),
        ("DANVAN_ACCESS", "everyone"),
        ("DANVAN_TELEGRAM_MODE", "push"),
        ("DANVAN_ALLOWED_USERS", "12,@name"),
        ("DANVAN_ALLOWED_USERS", "12 34"),
        ("DANVAN_ALLOWED_USERS", "-5"),
        ("DANVAN_DATA_DIR", "~nobody-of-this-name/var"),
        ("DANVAN_PUBLIC_URL", "danvan.example.vn"),
        ("DANVAN_PUBLIC_URL", "ftp://danvan.example.vn"),
        ("DANVAN_PUBLIC_URL", "https://"),
        ("DANVAN_PUBLIC_URL", "https://danvan.example.vn/?a=1"),
        ("DANVAN_PUBLIC_URL", "https://danvan.example.vn:99999"),
        ("DANVAN_PUBLIC_URL", "https://danvan.example.vn/a b"),
        ("DANVAN_WIDGET_ORIGINS", "https://portal.example.vn/trang"),
        ("DANVAN_WIDGET_ORIGINS", "https://portal.example.vn; script-src *"),
        ("DANVAN_WIDGET_ORIGINS", "*"),
        ("DANVAN_WEBHOOK_URL", "http://danvan.example.vn/hook"),
        ("DANVAN_TELEGRAM_BASE_URL", "api.telegram.org"),
    ],
)
def test_an_impossible_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    message = refused(monkeypatch, name, value)
    assert message.startswith(f"{name} must be ")
    assert message.endswith(f'not "{value}"')
    assert "\n" not in message


def test_what_a_terminal_would_obey_is_shown_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    message = refused(monkeypatch, "DANVAN_JUDGE_SECONDS", "một\n\x1b[31m\u2028")
    assert message.endswith(r'not "một\n\x1b[31m\u2028"')


def test_secrets_are_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "s3cret!" not in refused(monkeypatch, "DANVAN_WEBHOOK_SECRET", "s3cret!")
    monkeypatch.setenv("DANVAN_WEBHOOK_SECRET", "fine")
    monkeypatch.setenv("DANVAN_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("DANVAN_DATABASE_URL", "postgresql://danvan:pa55word@db/danvan")
    settings = load_settings()
    assert settings.telegram_token
    assert settings.telegram_token.get_secret_value() == TOKEN
    for shown in (repr(settings), str(settings), str(settings.model_dump())):
        assert TOKEN not in shown
        assert "pa55word" not in shown


def test_a_webhook_needs_its_address_and_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "DANVAN_WEBHOOK_URL" in refused(monkeypatch, "DANVAN_TELEGRAM_MODE", "webhook")
    assert "DANVAN_WEBHOOK_SECRET" in refused(monkeypatch, "DANVAN_WEBHOOK_URL", "https://danvan.example.vn/hook")
    monkeypatch.setenv("DANVAN_WEBHOOK_SECRET", "A-Za_z09")
    assert load_settings().webhook_url == "https://danvan.example.vn/hook"


def test_an_address_loses_the_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_PUBLIC_URL", "https://danvan.example.vn/tra-cuu/")
    assert load_settings().public_url == "https://danvan.example.vn/tra-cuu"


@pytest.mark.parametrize("content", [b"DANVAN_ACCESS=\xff\xfe\x00", b"\x00\x01\x80"])
def test_a_settings_file_that_is_no_text_is_one_sentence(content: bytes) -> None:
    Path(".env").write_bytes(content)
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load_settings()


def test_a_folder_of_that_name_is_no_settings_file() -> None:
    Path(".env").mkdir()  # some people call their virtual environment so
    assert load_settings().access == "restricted"


@pytest.mark.parametrize("token", ["", "123456789", "123456789:short", f"bot{TOKEN}", f"{TOKEN} ", "12:" + "x" * 35])
def test_a_malformed_token_is_described_without_showing_it(monkeypatch: pytest.MonkeyPatch, token: Any) -> None:
    monkeypatch.setenv("DANVAN_TELEGRAM_TOKEN", token)
    problem = token_problem(load_settings())
    assert problem
    assert "@BotFather" in problem
    assert not token or token not in problem


def test_a_token_of_the_right_shape_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANVAN_TELEGRAM_TOKEN", TOKEN)
    assert token_problem(load_settings()) is None


@pytest.mark.parametrize("document", [ROOT / "docs" / "settings.md", ROOT / ".env.example"])
def test_every_setting_is_documented_and_no_other(document: Any) -> None:
    named = set(re.findall(r"DANVAN_[A-Z_]+[A-Z]", document.read_text(encoding="utf-8")))
    assert named == {f"DANVAN_{field.upper()}" for field in Settings.model_fields}
