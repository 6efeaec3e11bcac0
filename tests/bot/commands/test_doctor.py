"""What `danvan doctor` says of a bot's token."""

import asyncio
from collections.abc import Callable

import pytest
from pydantic import SecretStr

from bot.commands.doctor import token_told
from bot.settings import Settings
from corpus.errors import DanvanError
from tests.bot.telegram.server import USERNAME, Fault, running_server

TOKEN = "123456789:" + "A" * 35


@pytest.fixture
def settings_of() -> Callable[..., Settings]:
    def make(token: str | None, **more: str) -> Settings:
        return Settings(_env_file=None, telegram_token=SecretStr(token) if token else None, **more)  # type: ignore[call-arg, arg-type]

    return make


def test_a_token_that_is_not_set_is_no_fault(settings_of: Callable[..., Settings]) -> None:
    assert token_told(settings_of(None)).startswith("not set")


@pytest.mark.parametrize("token", ["abc", "7:tooshort", f"{TOKEN} "])
def test_a_token_of_another_shape_is_told_before_telegram_is_asked(
    settings_of: Callable[..., Settings], token: str
) -> None:
    with pytest.raises(DanvanError, match="is not a bot token") as told:
        token_told(settings_of(token))
    assert token not in str(told.value)


async def test_telegram_says_whose_token_it_is(settings_of: Callable[..., Settings]) -> None:
    async with running_server() as server:
        settings = settings_of(TOKEN, telegram_base_url=f"{server.address}/bot")
        told = await asyncio.to_thread(token_told, settings)
        assert told == f"has the shape of a bot token (not shown); Telegram knows it as @{USERNAME}"
        server.faults.append(Fault("getMe", "status", status=401))
        with pytest.raises(DanvanError, match="Telegram refuses the token"):
            await asyncio.to_thread(token_told, settings)
        server.faults.append(Fault("getMe", "reset"))
        assert "could not be asked" in await asyncio.to_thread(token_told, settings)


async def test_a_server_of_ones_own_may_have_tokens_of_another_shape(settings_of: Callable[..., Settings]) -> None:
    async with running_server() as server:
        server.faults.append(Fault("getMe", "reset"))
        told = await asyncio.to_thread(token_told, settings_of("abc", telegram_base_url=f"{server.address}/bot"))
    assert told.startswith("is set, of another shape than Telegram's own")
