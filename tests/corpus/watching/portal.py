"""A made portal on loopback: articles, a list in pages, a feed, sitemaps, robots.txt; it changes as it is told."""

import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PER_PAGE = 20
FEED = 20
WORDS = """
cán bộ công chức nhân dân vận động tuyên truyền phong trào mô hình tuyến đường cây xanh vệ sinh môi trường nông
thôn đô thị hội viên đoàn thể mặt trận phụ nữ thanh niên nông dân cựu chiến binh doanh nghiệp trường học bệnh
viện hợp tác xã khu dân cư tổ tự quản quỹ khuyến học nhà đại đoàn kết cầu giao thông thủy lợi ruộng đồng
""".split()  # noqa: SIM905 - to be read
LOGIN = (
    "<html><head><title>Đăng nhập hệ thống</title></head><body><form><input name=u><input type='password'></form>"
    "</body></html>"
)


def article(number: int, version: int = 1) -> str:
    """A page with an article of its own, between a menu and a foot."""
    chance = random.Random(f"{number}/{version}")
    sentences = []
    for _ in range(8):
        words = " ".join(chance.choices(WORDS, k=18))
        sentences.append(f"{words.capitalize()} với {chance.randint(2, 999)} lượt người tham gia.")
    paragraphs = "".join(f"<p>{' '.join(sentences[start : start + 2])}</p>" for start in range(0, 8, 2))
    title = f"Xã số {number} đẩy mạnh {' '.join(chance.choices(WORDS, k=5))}"
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head><body>"
        "<nav><a href='/gioi-thieu.html'>Giới thiệu</a><a href='/lien-he.html'>Liên hệ</a></nav>"
        f"<article><h1>{title}</h1><p class='date'>Ngày {number % 27 + 1}/3/2024</p>{paragraphs}</article>"
        "<footer><a href='/so-do.html'>Sơ đồ</a></footer></body></html>"
    )


class Portal:
    """What the portal serves; may be changed between and during requests.

    Attributes:
        pages: path -> HTML.
        listed: paths that the list names, newest first.
        in_sitemap: paths that the sitemaps name.
        moved: path -> where it stands for good.
        login: paths that ask to sign in.
        failing: path -> how often it still fails.
        slow: path -> seconds.
        asked: (path, status) of every request.
        on_request: called with the number of requests before each is answered.
    """

    def __init__(self, count: int) -> None:
        paths = [f"/tin/bai-{number}.html" for number in range(1, count + 1)]
        self.pages = {path: article(number) for number, path in enumerate(paths, start=1)}
        self.listed = list(reversed(paths[count // 3 :]))
        self.in_sitemap = paths[: count // 2]
        self.moved: dict[str, str] = {}
        self.login: set[str] = set()
        self.failing: dict[str, int] = {}
        self.slow: dict[str, float] = {}
        self.robots = "User-agent: *\nDisallow: /rieng/\nSitemap: {root}/sitemap-index.xml\n"
        self.asked: list[tuple[str, int]] = []
        self.on_request: Callable[[int], None] = lambda _: None
        self.root = ""

    def whole(self) -> list[str]:
        """The pages that were sent whole since `asked` was cleared: articles, not lists."""
        return [path for path, status in self.asked if status == 200 and path.startswith(("/tin/", "/moi/"))]

    def answer(self, path: str) -> tuple[int, str, str]:
        """Status, kind and body for a path; the body of a redirect is where it leads."""
        parts = urlsplit(path)
        if parts.path in self.moved:
            return 301, "", self.moved[parts.path]
        if parts.path in self.login:
            return 302, "", f"/dang-nhap?ve={parts.path}"
        if self.failing.get(parts.path, 0) > 0:
            self.failing[parts.path] -= 1
            return 500, "text/plain", "lỗi"
        time.sleep(self.slow.get(parts.path, 0))
        if parts.path in self.pages:
            return 200, "text/html", self.pages[parts.path]
        lists: dict[str, tuple[str, Callable[[], str]]] = {
            "/robots.txt": ("text/plain", lambda: self.robots.format(root=self.root)),
            "/dang-nhap": ("text/html", lambda: LOGIN),
            "/tin": ("text/html", lambda: self._list(int(parse_qs(parts.query).get("page", ["1"])[0]))),
            "/rss.xml": ("application/rss+xml", self._feed),
            "/sitemap-index.xml": ("application/xml", self._sitemap_index),
            "/sitemap-1.xml": ("application/xml", lambda: self._sitemap(self.in_sitemap)),
        }
        if parts.path in lists:
            kind, body = lists[parts.path]
            return 200, kind, body()
        return 404, "text/html", "không có"

    def _list(self, page: int) -> str:
        shown = self.listed[(page - 1) * PER_PAGE : page * PER_PAGE]
        links = "".join(f"<li><a href='{path}'>{self._title(path)}</a></li>" for path in shown)
        last = (len(self.listed) + PER_PAGE - 1) // PER_PAGE
        near = [number for number in range(page - 2, page + 3) if 1 <= number <= last and number != page]
        turn = "".join(f"<a href='/tin?page={number}'>{number}</a>" for number in near)
        hidden = "<a href='/rieng/noi-bo.html'>Nội bộ</a>" if page == 1 else ""
        feed = "<link rel='alternate' type='application/rss+xml' href='/rss.xml'>"
        return (
            f"<html><head><meta charset='utf-8'><title>Tin tức</title>{feed}</head><body>"
            f"<nav><a href='/gioi-thieu.html'>Giới thiệu</a></nav><ul>{links}</ul>{hidden}"
            f"<div class='pages'>{turn}</div></body></html>"
        )

    def _title(self, path: str) -> str:
        found = re.search(r"<title>(.*?)</title>", self.pages.get(path, ""))
        return found[1] if found else path

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>{self._title(path)}</title><link>{self.root}{path}</link></item>"
            for path in self.listed[:FEED]
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><link>{self.root}/</link>{items}</channel></rss>'

    def _sitemap_index(self) -> str:
        return (
            '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
            f"<loc>{self.root}/sitemap-1.xml</loc></sitemap></sitemapindex>"
        )

    def _sitemap(self, paths: list[str]) -> str:
        urls = "".join(f"<url><loc>{self.root}{path}</loc></url>" for path in paths)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        return f'<?xml version="1.0"?><urlset xmlns="{space}">{urls}</urlset>'


@contextmanager
def serving(portal: Portal) -> Iterator[Portal]:
    """Serve a portal on loopback; its root is known from then on."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with lock:
                number = len(portal.asked)
            portal.on_request(number)
            status, kind, body = portal.answer(self.path)
            raw = body.encode()
            etag = f'"{sha256(raw).hexdigest()[:16]}"'
            if status == 200 and self.headers.get("If-None-Match") == etag:
                status, raw = 304, b""
            with lock:
                portal.asked.append((self.path, status))
            try:
                self.send_response(status)
                if status in (301, 302):
                    self.send_header("Location", body)
                    raw = b""
                elif status == 200:
                    self.send_header("ETag", etag)
                self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind else "text/plain")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)
            except OSError:
                pass  # whoever asked was killed

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    portal.root = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
