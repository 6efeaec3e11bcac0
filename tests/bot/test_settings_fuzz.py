"""Whatever stands in `.env` and the environment: settings, or one sentence."""

import os
import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from bot.settings import Settings, load_settings
from corpus.errors import SettingsError

NAMES = [f"DANVAN_{name.upper()}" for name in Settings.model_fields]
in_environment = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
likely = st.sampled_from(
    ["", "0", "-1", "1e999", "nan", "true", "https://", "http://[::1", "a:b@c", "999999999999", "~", "on"]
)


def _loaded(env_file: Path | None, given_: dict[str, str]) -> None:
    with mock.patch.dict(os.environ, given_):
        try:
            said = str(load_settings(env_file).telegram_mode)
        except SettingsError as error:
            said = str(error)
        assert said
        assert "\n" not in said


@given(st.dictionaries(st.sampled_from(NAMES), in_environment | likely, max_size=4))
def test_any_values_of_settings(values: dict[str, str]) -> None:
    _loaded(None, values)


@given(st.binary(max_size=200) | st.lists(st.tuples(st.sampled_from(NAMES), in_environment), max_size=4).map(
    lambda pairs: "\n".join(f"{name}={value}" for name, value in pairs).encode()))  # fmt: skip
def test_any_settings_file(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ".env"
        path.write_bytes(content)
        _loaded(path, {})
