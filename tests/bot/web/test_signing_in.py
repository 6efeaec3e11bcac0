"""While access is restricted the pages are closed; codes and invitations open them, revoking closes them at once."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from bot.records.database import Database, default_url
from bot.records.sessions import Sessions
from tests.bot.web.conftest import Serve, Site
from tests.bot.web.test_pages import ask, form_token
from tests.conftest import PATIENCE, Run

PATHS = ("/", "/documents", "/documents/nam-dan-van-2014", "/p/ijjitrzd24ldnsna", "/khong-co")
WORDS = ("dân vận", "Trần Hồng Hà", "mt.gov.vn")


def client_of(site: Site) -> httpx.Client:
    return httpx.Client(base_url=site.address, follow_redirects=True, timeout=PATIENCE)


@contextmanager
def sessions_of(site: Site) -> Iterator[Sessions]:
    database = Database.open(default_url(site.data_dir))
    yield Sessions(database)
    database.close()


def redeem(client: httpx.Client, code: str, following: str = "") -> httpx.Response:
    form = form_token(client.get("/sign-in").text)
    return client.post("/sign-in", data={"form": form, "code": code, "next": following})


def test_a_stranger_obtains_nothing(serve: Serve) -> None:
    with serve() as site, client_of(site) as stranger:
        for path in PATHS:
            answer = stranger.get(path)
            assert answer.url.path == "/sign-in"
            assert not any(word in answer.text for word in WORDS)
        token = form_token(stranger.get("/sign-in").text)
        for path in ("/ask", "/feedback", "/afresh", "/forget"):
            answer = stranger.post(path, data={"form": token, "question": "năm 2020 là năm gì?", "answer": "1"})
            assert answer.url.path == "/sign-in"
            assert not any(word in answer.text for word in WORDS)


def test_a_code_signs_in_once_and_revoking_shuts_out_at_once(serve: Serve, quick: Run) -> None:
    with (
        serve(admin_users="900", allowed_users="101,102") as site,
        client_of(site) as member,
        client_of(site) as other,
        sessions_of(site) as sessions,
    ):
        code = sessions.code("telegram:101")
        assert redeem(member, "AAAA-BBBB").status_code == 403
        home = redeem(member, code.lower().replace("-", " "))
        assert home.url.path == "/"
        assert "Tài liệu" in home.text
        assert redeem(other, code).status_code == 403
        assert redeem(other, sessions.code("telegram:666")).status_code == 403  # a stranger's
        assert member.get("/documents").status_code == 200
        form = form_token(member.get("/").text)
        assert quick("invite", "revoke", "101", data_dir=site.data_dir, allowed_users="101,102").status == 0
        assert member.get("/documents").url.path == "/sign-in"
        assert member.post("/ask", data={"form": form, "question": "năm 2020 là năm gì?"}).url.path == "/sign-in"


def test_an_invitation_lets_somebody_in_without_telegram(serve: Serve, quick: Run) -> None:
    with serve(admin_users="900") as site, client_of(site) as newcomer, client_of(site) as late:
        made = quick("invite", "--json", data_dir=site.data_dir, public_url="https://a.vn/x", admin_users="900")
        path = json.loads(made.out)["page"].removeprefix("https://a.vn/x")
        offer = newcomer.get(path)
        newcomer.get(path)  # looking does not use it up
        assert newcomer.post(path, data={"form": form_token(offer.text)}).url.path == "/"
        assert newcomer.get("/documents").status_code == 200
        assert late.post(path, data={"form": form_token(late.get(path).text)}).status_code == 403
        people = quick("invite", "list", "--json", data_dir=site.data_dir, admin_users="900").out
        person = re.search(r"web:[0-9a-f]{16}", people)
        assert person
        assert quick("invite", "revoke", person[0], data_dir=site.data_dir, admin_users="900").status == 0
        assert newcomer.get("/documents").url.path == "/sign-in"


def test_one_person_at_two_browsers_and_signing_out(serve: Serve) -> None:
    with (
        serve(admin_users="900") as site,
        client_of(site) as first,
        client_of(site) as second,
        sessions_of(site) as sessions,
    ):
        redeem(first, sessions.code("telegram:900"))
        shown = first.post("/sign-in/code", data={"form": form_token(ask(first, "ai phát biểu?").text)})
        code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", shown.text)
        assert code
        assert "ai phát biểu?" not in redeem(second, code[0]).text  # each browser has a conversation of its own
        form = form_token(second.get("/").text)
        assert second.post("/sign-out", data={"form": form}).url.path == "/sign-in"
        assert second.get("/documents").url.path == "/sign-in"
        assert first.get("/documents").status_code == 200


def test_on_to_where_somebody_wanted_to_go_and_never_elsewhere(serve: Serve) -> None:
    with serve(admin_users="900") as site, sessions_of(site) as sessions:
        for wanted, reached in (("/documents?words=a", "/documents"), ("//evil.example/x", "/"), ("https://e.vn", "/")):
            with client_of(site) as client:
                answer = redeem(client, sessions.code("telegram:900"), wanted)
                assert (answer.url.host, answer.url.path) == ("127.0.0.1", reached)


def test_guessing_is_slowed_and_nothing_secret_is_kept(serve: Serve) -> None:
    with serve() as site, client_of(site) as client, sessions_of(site) as sessions:
        code = sessions.code("telegram:1")
        assert 429 in {redeem(client, f"AAAA-AA{n:02}").status_code for n in range(12)}
        dump = "\n".join(sqlite3.connect(site.data_dir / "danvan.db").iterdump())
        assert client.cookies["danvan"] not in dump
        assert code.replace("-", "") not in dump


def test_made_up_cookies_open_nothing(serve: Serve) -> None:
    with serve() as site:
        for cookie in ("x", "x" * 5000, "é" * 30, "' or 1=1 --aaaaaaaaaaaaaaa", "\x00" * 30):
            try:
                answer = httpx.get(
                    f"{site.address}/documents", headers=[(b"cookie", f"danvan={cookie}".encode())], timeout=PATIENCE
                )
            except httpx.LocalProtocolError:
                continue
            assert answer.status_code in (303, 400, 431)


@pytest.mark.parametrize("identity", ["web:xyz", "telegram:abc", "0", "web:0123456789abcdef0"])
def test_who_is_nobody_is_not_revoked(quick: Run, quick_indexed: object, identity: str) -> None:
    ended = quick("invite", "revoke", identity, data_dir=quick_indexed)
    assert ended.status == 1
    assert "is not a numeric Telegram id, nor a web:..." in ended.err
