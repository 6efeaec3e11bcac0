"""The board: upload, correct, reindex, ask, go back; drafts; people; a ledger that shows what was done to it."""

import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.bot.web.conftest import Serve, Site
from tests.bot.web.test_pages import ask, form_token
from tests.bot.web.test_signing_in import client_of, redeem, sessions_of
from tests.conftest import PATIENCE

BOARD = ("/admin", "/admin/documents", "/admin/index", "/admin/questions", "/admin/people", "/admin/ledger")
SENTENCE = "Chủ tịch xã Bình Minh năm 2031 là ông Lê Văn Tám."


@contextmanager
def signed_in(site: Site, person: str = "telegram:900") -> Iterator[httpx.Client]:
    with client_of(site) as client, sessions_of(site) as sessions:
        redeem(client, sessions.code(person))
        yield client


def post(client: httpx.Client, path: str, **fields: str) -> httpx.Response:
    return client.post(path, data={"form": form_token(client.get("/").text), **fields})


def reindex(client: httpx.Client) -> str:
    post(client, "/admin/index/reindex")
    give_up = time.monotonic() + PATIENCE
    while client.get("/admin/index/progress").json()["running"]:
        assert time.monotonic() < give_up
        time.sleep(0.05)
    return client.get("/admin/index").text


def test_for_everybody_else_there_is_no_board(serve: Serve) -> None:
    with serve(admin_users="900", allowed_users="101") as site, signed_in(site, "telegram:101") as member:
        for path in (
            *BOARD,
            "/admin/ledger.jsonl",
            "/admin/questions/drafts.jsonl",
            "/admin/documents/nam-dan-van-2014",
        ):
            assert member.get(path).status_code == 404
        for path in ("/admin/index/reindex", "/admin/index/rollback", "/admin/people/invite", "/admin/documents"):
            assert post(member, path, role="admin").status_code == 404
        assert "/admin" not in member.get("/").text
        with client_of(site) as stranger:
            assert {stranger.get(path).url.path for path in BOARD} == {"/sign-in"}


def test_upload_reindex_ask_correct_and_go_back(serve: Serve) -> None:
    with serve(admin_users="900") as site, signed_in(site) as admin:
        files = [
            ("files", ("..\\..\\<b>xã \u202e.txt", f"Lãnh đạo xã <Bình Minh>\n\n{SENTENCE}\n".encode())),
            ("files", ("../../etc/passwd.exe", b"MZ\x00\x01")),
        ]
        form = {"form": form_token(admin.get("/").text), "addresses": "ftp://a.vn/x\nhttp://127.0.0.1:1/bai"}
        told = admin.post("/admin/documents", data=form, files=files).text
        assert told.count('class="id">added') == 1
        assert told.count('class="id">refused') == 3
        assert "<b>" not in told
        added = [path for path in (site.data_dir / "documents").rglob("*") if "passwd" in path.name or "x" in path.stem]
        assert all(path.is_relative_to(site.data_dir / "documents") for path in added)
        assert "trong lúc này" not in reindex(admin)
        page = ask(admin, "chủ tịch xã Bình Minh năm 2031 là ai?").text
        assert "Lê Văn Tám" in page
        document = re.search(r'href="/documents/([^"?]*)\?[^"]*"><bdi>Lãnh đạo xã', page)
        assert document

        page = admin.get(f"/admin/documents/{document[1]}").text
        assert "Sửa thông tin" in page
        corrected = post(admin, f"/admin/documents/{document[1]}", title="Ai là chủ tịch", published="1/2/2031")
        assert "Ai là chủ tịch" in corrected.text
        refused = post(admin, f"/admin/documents/{document[1]}", published="mai")
        assert refused.status_code == 400
        assert "published must be a date" in refused.text
        reindex(admin)
        assert "Ai là chủ tịch" in admin.get(f"/documents/{document[1]}").text
        post(admin, "/admin/index/rollback")
        assert "Ai là chủ tịch" not in admin.get(f"/documents/{document[1]}").text
        post(admin, f"/admin/documents/{document[1]}", remove="1")
        assert "Ai là chủ tịch" not in admin.get("/admin/documents").text
        changes = admin.get("/admin/ledger").text
        for action in ("added", "corrected", "reindexed", "rolled_back", "removed"):
            assert f'<td class="id">{action}</td>' in changes


def test_questions_without_an_answer_become_drafts(serve: Serve) -> None:
    with serve(admin_users="900") as site, signed_in(site) as admin:
        assert "không có câu hỏi nào chưa đạt" in admin.get("/admin/questions").text
        ask(admin, "giá vé <i>máy bay</i> đi Phú Quốc là bao nhiêu?")
        page = admin.get("/admin/questions").text
        assert "giá vé &lt;i&gt;máy bay" in page
        draft = json.loads(admin.get("/admin/questions/drafts.jsonl", params={"number": 1}).text)
        assert draft["question"].startswith("giá vé <i>")
        figures = admin.get("/admin").text
        assert re.search(r"<dt>Câu hỏi</dt><dd>1</dd>", figures)
        assert "<rect" in figures


def test_people_are_invited_and_shut_out(serve: Serve) -> None:
    with serve(admin_users="900", allowed_users="101") as site, signed_in(site) as admin:
        page = post(admin, "/admin/people/invite", role="member").text
        path = re.search(r"(/invite/[\w-]+)", page)
        assert path
        with client_of(site) as newcomer:
            newcomer.post(path[1], data={"form": form_token(newcomer.get(path[1]).text)})
            assert newcomer.get("/documents").status_code == 200
            person = re.search(r'value="(web:[0-9a-f]{16})"', admin.get("/admin/people").text)
            assert person
            post(admin, "/admin/people/revoke", person=person[1])
            assert newcomer.get("/documents").url.path == "/sign-in"
        post(admin, "/admin/people/invite", role="admin")
        invitation = re.search(r'name="invitation" value="([^"]+)"', admin.get("/admin/people").text)
        assert invitation
        assert invitation[1] not in post(admin, "/admin/people/withdraw", invitation=invitation[1]).text


def test_the_ledger_is_shown_exported_and_tells_of_tampering(serve: Serve) -> None:
    with serve(admin_users="900") as site, signed_in(site) as admin:
        for question in ("ai phát biểu?", "buổi tọa đàm bàn gì?"):
            ask(admin, question)
        assert "Nhật ký nguyên vẹn" in admin.get("/admin/ledger").text
        with sqlite3.connect(site.data_dir / "danvan.db") as database:
            database.execute("update answers set text = 'khác', generation = 'g' where id = 1")
        page = admin.get("/admin/ledger").text
        assert "Nhật ký nguyên vẹn" not in page
        assert "nội dung đã bị sửa" in page
        exported = [json.loads(line) for line in admin.get("/admin/ledger.jsonl").text.splitlines()]
        assert [(line["question"], line["gap"]) for line in exported] == [
            ("ai phát biểu?", "changed"),
            ("buổi tọa đàm bàn gì?", None),
        ]


def test_forgetting_leaves_no_gap_and_no_words(serve: Serve) -> None:
    with serve(admin_users="900") as site, signed_in(site) as admin:
        ask(admin, "ai phát biểu thế?")
        post(admin, "/forget", sure="1")
        page = admin.get("/admin/ledger").text
        assert "Nhật ký nguyên vẹn" in page
        assert "đã xóa theo yêu cầu" in page
        assert "ai phát biểu thế?" not in page
