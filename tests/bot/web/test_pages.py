"""Reader pages, lasting addresses and asking, as a browser without scripts sees them."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path

import httpx
import pytest

from tests.bot.web.conftest import Serve, Site
from tests.conftest import PATIENCE, Run, environment

HOSTILE = "Ông <script>alert(1)</script> \u202etxet\u202c \"& 'x' nói rằng <b>đường</b> đã làm xong năm 2031."


@pytest.fixture
def visitor(open_site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=open_site.address, follow_redirects=True, timeout=PATIENCE) as client:
        yield client


def form_token(page: str) -> str:
    found = re.search(r'name="form" value="([0-9a-f]{32})"', page)
    assert found
    return found[1]


def ask(client: httpx.Client, question: str, **more: str) -> httpx.Response:
    token = form_token(client.get("/").text)
    return client.post("/ask", data={"form": token, "question": question, "once": question[:30], **more})


def test_documents_are_listed_filtered_and_read(visitor: httpx.Client) -> None:
    page = visitor.get("/documents").text
    assert page.count('href="/documents/') == 5
    assert visitor.get("/documents", params={"words": "TRAN hồng ha"}).text.count('href="/documents/') == 1
    assert visitor.get("/documents", params={"from": "2020-01-01", "to": "2020-12-31"}).text.count("/documents/t") == 2
    assert visitor.get("/documents", params={"publisher": "mt.gov.vn"}).text.count('href="/documents/') == 1
    document = visitor.get("/documents/nam-dan-van-2014")
    assert document.status_code == 200
    assert "7410aa1a0a36170da87698a89ee544036aec278e6aa71a8a209c1c8a0864ff46" in document.text
    assert "Nhằm tiếp tục nâng cao nhận thức" in document.text
    assert len(document.content) < 100_000


@pytest.mark.parametrize("path", ["/documents/khong-co", "/p/abcdefgh234567ij", "/p/..%2f..", "/xyz", "/documents/%00"])
def test_what_is_not_there_is_said_in_one_sentence(visitor: httpx.Client, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "Trang hoặc tài liệu này không có trong kho" in answer.text


def test_safe_headers_are_on_every_answer(visitor: httpx.Client) -> None:
    for answer in (visitor.get("/"), visitor.get("/khong-co"), visitor.post("/ask", data={}), visitor.get("/static/x")):
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    page = visitor.get("/").text
    assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=|https?://", page)
    cookie = visitor.get("/documents", headers={"cookie": ""}).headers.get("set-cookie", "")
    assert {"HttpOnly", "SameSite=lax"} <= set(cookie.split("; "))


def test_a_plain_form_asks_and_the_source_shows_the_quote_marked(visitor: httpx.Client) -> None:
    page = ask(visitor, "năm 2020 được chọn là năm gì?")
    assert page.url.path == "/"
    source = unescape(re.search(r'href="(/documents/[^"]*#p\d+)"', page.text)[1])  # type: ignore[index]
    document = visitor.get(source)
    assert "<mark>" in document.text
    assert re.search(r'id="p' + source.rpartition("#p")[2] + '"', document.text)
    assert ask(visitor, "xin chào").text.count("Xin chào anh/chị!") == 1
    assert "Câu hỏi không có chữ hoặc số nào" in ask(visitor, "???").text


def test_a_form_of_another_site_is_refused(visitor: httpx.Client) -> None:
    token = form_token(visitor.get("/").text)
    assert visitor.post("/ask", data={"form": "0" * 32, "question": "ai?"}).status_code == 403
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert visitor.post("/ask", data={"form": token, "question": "ai?"}, headers=elsewhere).status_code == 403
    other = {"origin": "https://evil.example"}
    assert visitor.post("/ask", data={"form": token, "question": "ai?"}, headers=other).status_code == 403


def test_sent_twice_is_answered_once_and_only_this_browser_sees_it(visitor: httpx.Client, open_site: Site) -> None:
    question = "buổi tọa đàm bàn về điều gì lần này?"
    ask(visitor, question)
    assert ask(visitor, question).text.count(f"</span>{question}</p>") == 1
    assert question not in httpx.get(open_site.address, timeout=PATIENCE).text


def test_ratings_are_only_for_ones_own_answers(visitor: httpx.Client, open_site: Site) -> None:
    page = ask(visitor, "cán bộ dân vận phải như thế nào?").text
    number = re.findall(r'name="answer" value="(\d+)"', page)[-1]
    rated = visitor.post("/feedback", data={"form": form_token(page), "answer": number, "helpful": "1"})
    assert 'value="1" aria-pressed="true"' in rated.text
    with httpx.Client(base_url=open_site.address, timeout=PATIENCE) as other:
        token = form_token(other.get("/").text)
        for attempt in (number, "0", "x", "9" * 30):
            assert other.post("/feedback", data={"form": token, "answer": attempt, "helpful": "0"}).status_code == 404


def test_starting_afresh_and_forgetting(visitor: httpx.Client) -> None:
    page = ask(visitor, "hai khâu đột phá là gì?").text
    assert "hai khâu đột phá" in page
    token = form_token(page)
    assert "hai khâu đột phá là gì?" not in visitor.post("/afresh", data={"form": token}).text
    assert "không hoàn lại được" in visitor.post("/forget", data={"form": token}).text
    assert "Đã xóa 1 câu hỏi" in visitor.post("/forget", data={"form": token, "sure": "1"}).text


def test_english(visitor: httpx.Client) -> None:
    page = visitor.get("/language", params={"to": "en", "back": "/documents"})
    assert page.url.path == "/documents"
    assert '<html lang="en">' in page.text
    assert "5 of 5 documents" in page.text
    for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aset-cookie:x=1"):
        assert visitor.get("/language", params={"to": "vi", "back": elsewhere}).url.host == "127.0.0.1"


def test_too_much_is_refused(visitor: httpx.Client) -> None:
    assert visitor.post("/ask", content=b"x" * 70_000).status_code == 413
    in_pieces, as_form = iter([b"x" * 40_000, b"x" * 40_000]), {"content-type": "application/x-www-form-urlencoded"}
    assert visitor.post("/ask", content=in_pieces, headers=as_form).status_code == 413
    token = form_token(visitor.get("/").text)
    data = {"form": token, "question": "ai?"}
    with ThreadPoolExecutor(90) as at_once:  # more than a slow machine's bucket gets while it looks at them
        statuses = list(at_once.map(lambda _: visitor.post("/ask", data=data).status_code, range(90)))
    assert set(statuses) == {200, 429}


def test_hostile_documents_show_as_text_and_addresses_outlive_changes(serve: Serve, quick: Run, tmp_path: Path) -> None:
    with (
        serve(access="open") as site,
        httpx.Client(base_url=site.address, follow_redirects=True, timeout=PATIENCE) as client,
    ):
        folder = site.data_dir / "documents"
        file = folder / "la <b>.txt"
        file.write_text(
            f"Chuyện <i>lạ</i> \u202e\n\n{HOSTILE}\n\nCâu thứ hai của bài này vẫn như cũ, không đổi gì.\n", "utf-8"
        )
        assert quick("reindex", data_dir=site.data_dir).status == 0
        page = ask(client, "ai nói rằng đường đã làm xong năm 2031?").text
        address = unescape(re.search(r'href="(/documents/la[^"]*)"', page)[1])  # type: ignore[index]
        shown = client.get(address).text
        for text in (page, shown):
            assert "<script>alert" not in text
            assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
            assert not re.search(r"<(i|b)>", text)
        passage = re.search(r"c=([a-z2-7]{16})", address)[1]  # type: ignore[index]
        assert 'class="notice"' not in client.get(f"/p/{passage}").text

        file.write_text("Chuyện lạ\n\nĐoạn này đã được viết lại từ đầu đến cuối, khác hẳn trước kia.\n", "utf-8")
        assert quick("reindex", data_dir=site.data_dir).status == 0
        changed = client.get(address).text
        assert "đã được sửa đổi từ khi được trích dẫn" in changed
        assert "đã làm xong năm 2031" in changed

        file.unlink()
        assert quick("reindex", data_dir=site.data_dir).status == 0
        for generation in (site.data_dir / "generations").glob("2*"):  # the database alone is enough
            if generation.name != (site.data_dir / "generations" / "current").read_text().strip():
                shutil.rmtree(generation)
        gone = client.get(f"/p/{passage}").text
        assert "đã được gỡ khỏi kho" in gone
        assert "đã làm xong năm 2031" in gone


def test_a_port_that_is_taken_is_told_in_one_sentence(open_site: Site, quick: Run) -> None:
    ended = quick("serve", data_dir=open_site.data_dir, web_port=open_site.address.rpartition(":")[2], access="open")
    assert ended.status == 1
    assert "set DANVAN_WEB_HOST and DANVAN_WEB_PORT" in ended.err
    assert "Traceback" not in ended.err


def test_nothing_to_serve_is_told(quick: Run, quick_indexed: Path) -> None:
    ended = quick("serve", data_dir=quick_indexed, web="off")
    assert ended.status == 1
    assert "DANVAN_TELEGRAM_TOKEN is not set" in ended.err


def test_pages_alone_leave_a_sign_of_life(open_site: Site) -> None:
    watched = [sys.executable, "-m", "bot.telegram.health"]
    ended = subprocess.run(watched, env=environment(data_dir=open_site.data_dir), capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, b"")
