"""Groups of documents, as an attacker tries them: who may not see a document learns nothing of it at any door."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from tests.bot.web.conftest import Serve, Site
from tests.bot.web.test_board import signed_in
from tests.bot.web.test_pages import ask
from tests.conftest import PATIENCE, Run

TITLE = "Đề án Kơnia"
SECRET = "Giám đốc Xuyên Mộc Lan được thưởng 7341 triệu đồng trong đề án Kơnia."
QUESTION = "giám đốc nào được thưởng trong đề án Kơnia?"
LEAKS = ("Xuyên", "Mộc Lan", "7341", "luong-thuong")
"""What the question does not say itself."""


@contextmanager
def closed(serve: Serve, quick: Run, **settings: object) -> Iterator[tuple[Site, str]]:
    """Pages over the articles and one document of the group `to-chuc`; and the id of its passage."""
    with serve(admin_users="900", allowed_users="101,102", **settings) as site:
        folder = site.data_dir / "documents" / "@Tổ chức"
        folder.mkdir()
        (folder / "luong-thuong.txt").write_text(f"{TITLE}\n\n{SECRET}\n", "utf-8")
        assert quick("reindex", data_dir=site.data_dir).status == 0
        for person, groups in (("101", "Tổ chức"), ("102", "Văn phòng")):
            done = quick("invite", "groups", person, groups, data_dir=site.data_dir, allowed_users="101,102")
            assert done.status == 0, done.err
        shown = json.loads(quick("corpus", "show", "luong-thuong", "--json", data_dir=site.data_dir).out)
        yield site, shown["passages"][0]["passage_id"]


def learns(*texts: str) -> list[str]:
    return [leak for leak in LEAKS for text in texts if leak in text]


def test_members_see_it_others_learn_nothing_on_any_page(serve: Serve, quick: Run) -> None:
    with (
        closed(serve, quick) as (site, passage),
        signed_in(site, "telegram:101") as member,
        signed_in(site, "telegram:102") as other,
        signed_in(site) as admin,
    ):
        for allowed in (member, admin):
            assert "7341" in ask(allowed, QUESTION).text
            assert TITLE in allowed.get("/documents").text
            assert "7341" in allowed.get(f"/p/{passage}").text
        address = re.search(r'href="(/documents/luong-thuong[^"]*)"', member.get("/").text)
        assert address
        pages = [
            ask(other, QUESTION),
            ask(other, "Xuyên là ai?".replace("Xuyên", "Giám đốc")),
            other.get("/documents"),
            ask(other, "có những tài liệu nào nói về đề án Kơnia?"),
            ask(other, "tóm tắt đề án Kơnia"),
            other.get("/documents", params={"words": "Kơnia"}),
            other.get("/"),
        ]
        assert learns(*(page.text for page in pages)) == []
        assert TITLE not in pages[2].text
        assert "5 trên tổng số 5 tài liệu" in pages[2].text
        for path in ("/documents/luong-thuong", address[1].replace("&amp;", "&"), f"/p/{passage}"):
            answer = other.get(path)
            assert answer.status_code == 404
            assert learns(answer.text.replace("%2Fdocuments%2Fluong-thuong", "")) == []  # their own words
        # What no document mentions is told in the same words whether or not it stands in a closed one.
        unknown = ask(other, "ai là Kơniaxyz?").text
        closed_word = ask(other, "ai là Kơnia?").text
        assert ("Không tài liệu nào nhắc đến" in unknown) == ("Không tài liệu nào nhắc đến" in closed_word)


def test_leaving_a_group_takes_effect_at_once_even_for_answers_given_before(serve: Serve, quick: Run) -> None:
    with closed(serve, quick) as (site, passage), signed_in(site, "telegram:101") as member:
        assert "7341" in ask(member, QUESTION).text
        assert quick("invite", "groups", "101", "", data_dir=site.data_dir, allowed_users="101,102").status == 0
        assert learns(member.get("/").text, member.get(f"/p/{passage}").text) == []


def test_what_was_closed_stays_closed_once_it_is_gone_and_what_is_closed_now_was_never_open(
    serve: Serve, quick: Run
) -> None:
    with (
        closed(serve, quick) as (site, passage),
        signed_in(site, "telegram:101") as member,
        signed_in(site, "telegram:102") as other,
    ):
        ask(member, QUESTION)
        shutil.rmtree(site.data_dir / "documents" / "@Tổ chức")
        assert quick("reindex", data_dir=site.data_dir).status == 0
        assert "7341" in member.get(f"/p/{passage}").text
        assert other.get(f"/p/{passage}").status_code == 404
        address = re.search(r'href="(/documents/nam-dan-van-2014\?[^"]*)"', ask(other, "hai khâu đột phá là gì?").text)
        assert address
        done = quick("corpus", "set", "nam-dan-van-2014", "groups=Tổ chức", data_dir=site.data_dir)
        assert done.status == 0, done.err
        assert quick("reindex", data_dir=site.data_dir).status == 0
        assert other.get(address[1].replace("&amp;", "&")).status_code == 404
        assert "khâu đột phá trong Năm dân vận" not in other.get("/").text


def test_programs_see_what_their_groups_see(serve: Serve, quick: Run) -> None:
    with (
        closed(serve, quick, access="open") as (site, _),
        httpx.Client(base_url=site.address, timeout=PATIENCE) as client,
    ):
        tokens = {
            groups: json.loads(quick("token", "create", name, "--groups", groups, "--json", data_dir=site.data_dir).out)
            for name, groups in (("noi-bo", "to-chuc"), ("cong-khai", ""))
        }
        for groups, made in (*tokens.items(), (None, None)):
            headers = {"authorization": f"Bearer {made['token']}"} if made else {}
            told = [
                client.post("/api/ask", json={"question": QUESTION, "top": 20}, headers=headers),
                client.post("/api/search", json={"question": QUESTION, "top": 100}, headers=headers),
                client.post("/api/search", json={"question": QUESTION, "document": "luong-thuong"}, headers=headers),
                client.get("/api/documents", headers=headers),
                client.get("/api/documents/luong-thuong", headers=headers),
                client.get("/metrics", headers=headers),
            ]
            seen = learns(*(answer.text for answer in told[:4]), told[4].text.replace("'luong-thuong'", ""))
            assert bool(seen) == (groups == "to-chuc")
            assert told[4].status_code == (200 if groups == "to-chuc" else 404)
            assert told[3].json()["found"] == (6 if groups == "to-chuc" else 5)
            counted = re.search(r"^danvan_documents\{.*\} (\d)", told[5].text, re.MULTILINE)
            assert counted
            assert counted[1] == ("6" if groups == "to-chuc" else "5")


async def test_assistants_see_what_their_groups_see(serve: Serve, quick: Run) -> None:
    with closed(serve, quick) as (site, _):
        for name, groups in (("noi-bo", "to-chuc"), ("cong-khai", "")):
            made = json.loads(quick("token", "create", name, "--groups", groups, "--json", data_dir=site.data_dir).out)
            headers, told = {"authorization": f"Bearer {made['token']}"}, list[str]()
            async with (
                httpx2.AsyncClient(headers=headers, timeout=PATIENCE) as http,
                Client(streamable_http_client(f"{site.address}/mcp", http_client=http)) as client,
            ):
                for tool, arguments in (
                    ("ask", {"question": QUESTION, "top": 20}),
                    ("search", {"question": QUESTION, "top": 100}),
                    ("list_documents", {}),
                    ("list_documents", {"words": "Kơnia"}),
                    ("read_document", {"document_id": "luong-thuong"}),
                ):
                    answer = await client.call_tool(tool, arguments)
                    told.append(answer.model_dump_json().replace("'luong-thuong'", ""))
            assert bool(learns(*told)) == bool(groups)
            assert [TITLE in each for each in told[2:4]] == [bool(groups)] * 2


def test_a_mistake_in_sources_toml_opens_nothing(serve: Serve, quick: Run) -> None:
    with closed(serve, quick) as (site, _):
        assert quick("corpus", "set", "nam-dan-van-2014", "groups=to-chuc", data_dir=site.data_dir).status == 0
        assert quick("reindex", data_dir=site.data_dir).status == 0
        sources = site.data_dir / "documents" / "sources.toml"
        text = sources.read_text("utf-8")
        for broken in (text.replace("groups", "group"), text + "\n[["):
            sources.write_text(broken, "utf-8")
            refused = quick("reindex", data_dir=site.data_dir)
            assert refused.status == 1
            assert "nam-dan-van-2014 would be shown to people outside to-chuc" in refused.err
        sources.write_text(text.replace('groups = "to-chuc"', ""), "utf-8")  # meant, and without a mistake
        assert quick("reindex", data_dir=site.data_dir).status == 0


@pytest.mark.parametrize("groups", ["???", "a,--,b", "x" * 60])
def test_names_that_are_none_are_refused(quick: Run, quick_indexed: Path, groups: str) -> None:
    for command in (
        ("corpus", "set", "nam-dan-van-2014", f"groups={groups}"),
        ("invite", "groups", "900", groups),
        ("token", "create", "a", "--groups", groups),
    ):
        ended = quick(*command, data_dir=quick_indexed, admin_users="900")
        assert ended.status == 1
        assert "groups must be names of letters and digits" in ended.err
