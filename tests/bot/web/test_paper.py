"""The printed page beside the text: drawn for whoever may see the document, as it was when it was cited."""

import io
import re
from html import unescape
from pathlib import Path

import httpx
import numpy as np
from PIL import Image

from tests.bot.web.conftest import Serve, Site
from tests.bot.web.test_board import signed_in
from tests.bot.web.test_pages import ask
from tests.conftest import PATIENCE, Run
from tests.corpus.readers.making import pdf_of_lines

SENTENCE = "Chủ tịch xã Kỳ Hoa tiếp công dân vào sáng thứ Sáu hằng tuần."
QUESTION = "chủ tịch xã Kỳ Hoa tiếp công dân vào lúc nào?"
OPENING = (
    "Quy chế này quy định việc tiếp công dân, xử lý đơn thư của Ủy ban nhân dân xã Kỳ",
    "Hoa, áp dụng cho cán bộ, công chức của xã và các tổ chức, cá nhân có liên quan.",
)


def put_pdf(site: Site, quick: Run, *sentences: str, folder: str = ".") -> Path:
    path = site.data_dir / "documents" / folder / "quy-che.pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(pdf_of_lines(OPENING, sentences))
    done = quick("reindex", data_dir=site.data_dir)
    assert done.status == 0, done.err
    return path


def picture_in(page: str) -> str:
    found = re.search(r'<img src="(/pages/[^"]+)"', page)
    assert found
    return unescape(found[1])


def picture(client: httpx.Client, address: str) -> Image.Image:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/webp")
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def coloured(shown: Image.Image) -> int:
    """Pixels of the colour of what is quoted."""
    red, green, blue = np.moveaxis(np.asarray(shown), 2, 0)
    return int(((red > 230) & (green > 200) & (blue < 190)).sum())


def test_the_quote_is_framed_on_the_page_it_is_printed_on_even_after_it_has_changed(serve: Serve, quick: Run) -> None:
    with (
        serve(access="open") as site,
        httpx.Client(base_url=site.address, follow_redirects=True, timeout=PATIENCE) as client,
    ):
        put_pdf(site, quick, SENTENCE)
        answer = ask(client, QUESTION).text
        address = unescape(re.search(r'href="(/documents/quy-che[^"]*)"', answer)[1])  # type: ignore[index]
        shown = picture_in(client.get(address).text)
        assert shown.startswith("/pages/2/quy-che?c=")
        framed, plain = picture(client, shown), picture(client, "/pages/2/quy-che")
        assert coloured(framed) > 1000
        assert coloured(plain) == 0
        assert client.get("/pages/3/quy-che").status_code == 404
        assert client.get("/pages/1/nam-dan-van-2014").status_code == 404
        assert "<img" not in client.get("/documents/nam-dan-van-2014").text
        passage = re.search(r"c=([a-z2-7]{16})", shown)[1]  # type: ignore[index]
        assert picture_in(client.get(f"/p/{passage}").text)

        # Whoever lays a newer file there by hand takes the old one with it: then there is no picture, and no fault.
        put_pdf(site, quick, "Chủ tịch xã Kỳ Hoa tiếp công dân vào chiều thứ Ba hằng tuần, trừ ngày lễ.")
        changed = client.get(f"/p/{passage}").text
        assert SENTENCE in re.sub("<[^>]*>", "", changed)
        assert "<img" not in changed


def test_members_alone_see_the_pages_of_a_closed_document(serve: Serve, quick: Run) -> None:
    with (
        serve(allowed_users="101,102") as site,
        signed_in(site, "telegram:101") as member,
        signed_in(site, "telegram:102") as other,
        httpx.Client(base_url=site.address, timeout=PATIENCE) as stranger,
    ):
        put_pdf(site, quick, SENTENCE, folder="@Tổ chức")
        done = quick("invite", "groups", "101", "to-chuc", data_dir=site.data_dir, allowed_users="101,102")
        assert done.status == 0
        address = re.search(r'href="(/documents/quy-che[^"]*)"', ask(member, QUESTION).text)
        assert address
        shown = picture_in(member.get(unescape(address[1])).text)
        assert coloured(picture(member, shown)) > 1000
        for closed in (shown, "/pages/1/quy-che", "/pages/2/quy-che"):
            assert other.get(closed).status_code == 404
            assert stranger.get(closed).status_code == 303
