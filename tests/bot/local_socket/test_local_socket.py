"""`danvan ask` beside a running service: the same output, from the service where it can be had, else without it."""

import json
import re
import shutil
import signal
import socket
import stat
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.answer_settings import WITHOUT_INFLUENCE, digest
from bot.local_socket import server
from bot.local_socket.client import ask_service, screen_of
from bot.local_socket.protocol import (
    LONGEST_LINE,
    Request,
    Screen,
    address_of,
    as_line,
    read_request,
    socket_path,
)
from bot.settings import Settings
from tests.bot.web.conftest import Site, serving
from tests.conftest import PATIENCE, QUICK, Run, environment

ASKED = "năm 2020 được chọn là năm gì?"
TIMES = re.compile(r'"elapsed_ms": [0-9.]+')


@pytest.fixture(scope="module")
def site(quick_indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A service over a copy of the five articles; for tests that leave nothing behind that matters."""
    data_dir = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(quick_indexed, data_dir)
    with serving(data_dir) as found:
        yield found


def settings_of(data_dir: Path, **given: Any) -> Settings:
    return Settings(_env_file=None, data_dir=data_dir, **given)  # type: ignore[call-arg]


def ask(data_dir: Path, question: str = ASKED, top: int = 3, **given: Any) -> dict[str, Any] | None:
    return ask_service(settings_of(data_dir, **given), question, None, top, explain=False, screen=None)


def answer_of_service(data_dir: Path) -> dict[str, Any]:
    """The answer as soon as the service takes the question."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        reply = ask(data_dir)
        if reply is not None:
            answer: dict[str, Any] = reply["answer"]
            return answer
        time.sleep(0.05)
    pytest.fail("the service never answered")


def connected(data_dir: Path) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(PATIENCE)
    with address_of(socket_path(data_dir)) as address:
        connection.connect(address)
    return connection


@pytest.mark.parametrize(
    "arguments",
    [
        (ASKED, "--json"),
        (ASKED, "--json", "--top", "5", "--explain"),
        ("nam 2020 duoc chon la nam gi", "--after", "dân vận khéo là gì?", "--json"),
        ("?!", "--json"),
        (ASKED,),
        (ASKED, "--explain"),
        ("quốc hội họp ở đâu?", "--top", "1"),
    ],
)
def test_the_output_is_the_same_with_and_without_a_service(
    quick: Run, quick_indexed: Path, site: Site, arguments: tuple[str, ...]
) -> None:
    alone = quick("ask", *arguments, data_dir=quick_indexed)
    served = quick("ask", *arguments, data_dir=site.data_dir)
    assert (served.status, served.err) == (alone.status, alone.err)
    assert TIMES.sub("", served.out) == TIMES.sub("", alone.out)


def test_the_service_answers_where_the_program_itself_could_not(quick: Run, site: Site) -> None:
    [vectors] = site.data_dir.glob("generations/*/dense.faiss")
    whole = vectors.rename(vectors.with_suffix(".aside"))  # the service has this very file mapped
    vectors.write_bytes(b"")
    try:
        assert quick("ask", ASKED, "--json", data_dir=site.data_dir).status == 0
        alone = quick("ask", ASKED, "--json", data_dir=site.data_dir, public_url="https://danvan.example")
        assert alone.status == 1, "other settings: not asked of the service"
        assert "damaged" in alone.err
    finally:
        whole.replace(vectors)


def test_a_terminal_is_written_as_by_the_program_itself(site: Site) -> None:
    screen = screen_of(Console(width=60, force_terminal=True, color_system="truecolor"))
    reply = ask_service(settings_of(site.data_dir), ASKED, None, 3, explain=False, screen=screen)
    assert reply is not None
    assert "\x1b[" in reply["screen"]
    bare = Screen(60, is_terminal=False, colours=None, no_colour=False)
    plain = ask_service(settings_of(site.data_dir), ASKED, None, 3, explain=False, screen=bare)
    assert plain is not None
    assert re.sub(r"\x1b\[[0-9;]*m", "", reply["screen"]) == plain["screen"]


def test_nobody_else_may_use_the_socket(site: Site) -> None:
    found = socket_path(site.data_dir).lstat()
    assert stat.S_ISSOCK(found.st_mode)
    assert stat.S_IMODE(found.st_mode) == 0o600


@pytest.mark.parametrize(
    "given", [{"reader": "none"}, {"dense_weight": 0.5}, {"model": "other"}, {"public_url": "https://a.example"}]
)
def test_other_settings_are_not_answered(site: Site, given: dict[str, Any]) -> None:
    assert ask(site.data_dir, **given) is None


def test_settings_of_the_front_ends_make_no_difference(site: Site) -> None:
    assert ask(site.data_dir, web_port=1234, admin_users="1,2", telegram_token="1" * 50) is not None


def test_every_setting_said_to_be_without_influence_is_one() -> None:
    assert set(Settings.model_fields) >= WITHOUT_INFLUENCE


@pytest.mark.parametrize("change", [{"version": "0"}, {"today": "2001-01-01"}])
def test_other_versions_and_days_are_refused(site: Site, change: dict[str, Any]) -> None:
    fields = request(site.data_dir) | change
    with closing(connected(site.data_dir)) as connection:
        connection.sendall(as_line(fields))
        assert "refused" in json.loads(connection.makefile().readline())


def request(data_dir: Path) -> dict[str, Any]:
    """The fields of a request that is answered but for its version."""
    line = Request(ASKED, None, 3, False, None, "2026-11-26", digest(settings_of(data_dir)), "0").line()
    fields: dict[str, Any] = json.loads(line)
    return fields


@pytest.mark.parametrize(
    "sent",
    [b"\n", b"{}\n", b"[" * 9999 + b"\n", b"\xff\xfe\n", b'{"protocol": 2}\n', b"x" * (LONGEST_LINE + 9) + b"\n"],
)
def test_nonsense_ends_the_connection_and_nothing_else(site: Site, sent: bytes) -> None:
    with closing(connected(site.data_dir)) as connection:
        try:
            connection.sendall(sent)
            assert connection.recv(100) == b""
        except (BrokenPipeError, ConnectionResetError):
            pass  # what was not read any more when the service hung up
    assert answer_of_service(site.data_dir)["citations"]


@pytest.mark.parametrize(
    "change",
    [
        {"top": "3"},
        {"top": True},
        {"explain": 1},
        {"question": 5},
        {"context": []},
        {"extra": 1},
        {"screen": []},
        {"screen": {"width": 0, "is_terminal": True, "colours": None, "no_colour": False}},
        {"screen": {"width": 80, "is_terminal": True, "colours": "pink", "no_colour": False}},
    ],
)
def test_a_request_of_another_shape_is_none(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"no request|protocol"):
        read_request(as_line(request(tmp_path) | change))


def test_silent_clients_keep_nobody_out_for_long(site: Site) -> None:
    silent = [connected(site.data_dir) for _ in range(server.MOST_AT_ONCE + 5)]
    try:
        assert answer_of_service(site.data_dir)["citations"]
    finally:
        for connection in silent:
            connection.close()


def test_a_long_question_is_told_invalid_and_an_endless_one_not_sent(site: Site) -> None:
    reply = ask(site.data_dir, "năm " * 2000)
    assert reply is not None
    assert reply["answer"]["status"] == "invalid"
    assert ask(site.data_dir, "x" * LONGEST_LINE) is None


def test_a_new_index_is_answered_from(quick: Run, quick_indexed: Path, tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    shutil.copytree(quick_indexed, data_dir)
    with serving(data_dir):
        before = answer_of_service(data_dir)
        assert quick("reindex", "--full", data_dir=data_dir).status == 0
        after = answer_of_service(data_dir)
        assert after["generation"] != before["generation"]
    assert not socket_path(data_dir).exists(), "a service takes its socket with it"


def test_the_socket_of_a_killed_service_is_passed_over_and_replaced(
    quick: Run, quick_indexed: Path, tmp_path: Path
) -> None:
    data_dir = tmp_path / ("d" * 120)  # longer than the address of a socket may be
    shutil.copytree(quick_indexed, data_dir)
    variables = environment(
        data_dir=data_dir, web="off", telegram_base_url="http://127.0.0.1:9/bot", telegram_token="1"
    )
    killed = subprocess.Popen([*QUICK, "serve"], env=variables, cwd=tmp_path, stderr=subprocess.DEVNULL)
    while not socket_path(data_dir).exists():
        assert killed.poll() is None
        time.sleep(0.05)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    done = quick("ask", ASKED, "--json", data_dir=data_dir)
    assert (done.status, done.err) == (0, "")
    with serving(data_dir):
        assert answer_of_service(data_dir)["citations"]


def test_a_socket_in_use_is_left_alone(tmp_path: Path) -> None:
    first = server.listen(tmp_path / "ask.sock")
    assert first is not None
    with first:
        assert server.listen(tmp_path / "ask.sock") is None
    second = server.listen(tmp_path / "ask.sock")
    assert second is not None
    second.close()


def test_a_service_that_breaks_off_is_passed_over(tmp_path: Path) -> None:
    path = socket_path(tmp_path)
    listener = server.listen(path)
    assert listener is not None
    listener.settimeout(PATIENCE)
    with listener:

        def break_off() -> None:
            for line in (b'{"accepted": true}\n', b'{"accepted": true}\n{"answer": {}', b"[]\n", b""):
                peer, _ = listener.accept()
                with peer:
                    peer.makefile("rb").readline()
                    peer.sendall(line)

        thread = threading.Thread(target=break_off)
        thread.start()
        assert [ask(tmp_path) for _ in range(4)] == [None] * 4
        thread.join()


def test_what_is_no_socket_is_not_asked(tmp_path: Path) -> None:
    path = socket_path(tmp_path)
    path.parent.mkdir(parents=True)
    path.write_text("nothing", "utf-8")
    assert ask(tmp_path) is None
