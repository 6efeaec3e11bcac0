"""One article in HTML as sites of different ages print it: menus, sidebars, other news and footers around it."""

import html
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Article:
    """What every layout says, each in its way."""

    title: str
    published: str | None
    paragraphs: tuple[str, ...]

    @property
    def shown_date(self) -> str:
        return "/".join(reversed(self.published.split("-"))) if self.published else ""


MENU = ("Trang chủ", "Giới thiệu", "Tin tức - Sự kiện", "Văn bản", "Thủ tục hành chính", "Liên hệ", "Sơ đồ trang")
OTHER_NEWS = (
    ("Hội nghị tập huấn nghiệp vụ công tác tôn giáo cho cán bộ cơ sở năm 2021", "17/09/2021"),
    ("Phát động phong trào thi đua xây dựng nông thôn mới nâng cao tại huyện Mường Ảng", "22/09/2021"),
    ("Thông báo kết luận của Ban Thường vụ về công tác chuẩn bị đại hội chi bộ", "03/10/2021"),
    ("Giao lưu văn nghệ chào mừng ngày truyền thống của lực lượng vũ trang địa phương", "05/10/2021"),
)
TEASER = (
    "Sáng nay, đoàn công tác của Ủy ban nhân dân tỉnh đã đến kiểm tra tiến độ xây dựng cầu Bản Khoang, yêu cầu các nhà "
    "thầu tập trung nhân lực để thông xe trước mùa mưa."
)
SECOND_TEASER = (
    "Thực hiện kế hoạch của tỉnh, ngành y tế đã triển khai tiêm chủng cho hơn 3.000 người dân thuộc diện ưu tiên tại "
    "các xã vùng cao."
)
FOOTER = (
    "© Bản quyền thuộc về Cổng thông tin điện tử tỉnh Lai Vung",
    "Chịu trách nhiệm nội dung: Văn phòng Ủy ban nhân dân tỉnh. Giấy phép số 123/GP-TTĐT cấp ngày 05/06/2018",
    "Địa chỉ: Số 1 đường Trần Phú, phường 2. Điện thoại: 0277.3851.111 - Fax: 0277.3851.222",
)


def semantic(article: Article) -> str:
    """Of today: HTML5 elements, metadata in the head."""
    body = "\n".join(f"<p>{e(text)}</p>" for text in article.paragraphs)
    stamp = f"{article.published}T05:58:00+07:00"
    meta = f'<meta property="article:published_time" content="{stamp}">' if article.published else ""
    time = f'<time datetime="{stamp}">{article.shown_date} 05:58</time>' if article.published else ""
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{e(article.title)} | Báo Lai Vung</title>
<meta property="og:title" content="{e(article.title)}"><meta property="og:site_name" content="Báo Lai Vung">{meta}
<style>p {{ margin: 0 }}</style><script>var menu = "Đăng nhập để xem tiếp bài viết này nhé các bạn đọc";</script></head>
<body><header><a href="/">Báo Lai Vung</a><nav><ul>{links(MENU)}</ul></nav></header>
<main><article><h1>{e(article.title)}</h1>{time}
<div class="share"><a href="#">Chia sẻ</a> <a href="#">In bài viết</a></div>
{body}
<footer class="tags">Từ khóa: <a href="/t/1">dân vận</a>, <a href="/t/2">cơ sở</a></footer></article>
<section class="related"><h2>Tin liên quan</h2><ul>{news()}</ul></section></main>
<aside><h3>Đọc nhiều</h3><ul>{news()}</ul><p>{TEASER}</p></aside>
<footer>{"".join(f"<p>{e(line)}</p>" for line in FOOTER)}</footer></body></html>"""


def portal(article: Article) -> str:
    """A provincial portal of nothing but div, with a clock, a sidebar in front and comments behind."""
    body = "\n".join(f'<div style="text-align: justify;"><span>{e(text)}</span></div>' for text in article.paragraphs)
    date = f'<div class="ngay">Thứ năm, {article.shown_date} | 05:58 GMT+7</div>' if article.published else ""
    items = "".join(f'<div class="item"><a href="/{i}">{e(name)}</a></div>' for i, name in enumerate(MENU))
    beside = "".join(
        f'<div class="tin"><a href="/t{i}">{e(title)}</a><div class="nd">({day})</div></div>'
        for i, (title, day) in enumerate(OTHER_NEWS)
    )
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{e(article.title)} - Cổng thông tin điện tử tỉnh Lai Vung</title></head><body>
<div id="top"><div>CỔNG THÔNG TIN ĐIỆN TỬ TỈNH LAI VUNG</div><div>Hôm nay: Thứ hai, 22/11/2021 14:03</div></div>
<div id="menu">{items}</div>
<div id="left"><div class="h">TIN NỔI BẬT</div>{beside}<div class="tom-tat">{TEASER}</div>
<div class="h">LIÊN KẾT WEBSITE</div><div><a href="http://a.example.vn">Chính phủ</a></div></div>
<div id="content"><div class="path"><a href="/">Trang chủ</a> &raquo; <a href="/tin">Tin tức - Sự kiện</a></div>
<div class="title">{e(article.title)}</div>{date}
<div class="tools"><a href="#">In trang</a> | <a href="#">Gửi email</a> | Cỡ chữ: <a>A-</a> <a>A+</a></div>
<div class="body">{body}</div>
<div class="other"><div class="h">CÁC TIN KHÁC</div>{beside}</div>
<div class="comment"><div>Ý kiến bạn đọc</div><div>Bạn cần đăng nhập với tư cách là thành viên để bình luận.</div></div>
</div>
<div id="right"><div class="h">THỐNG KÊ TRUY CẬP</div><div>Đang truy cập: 12</div><div>Hôm nay: 1.234</div></div>
<div id="footer">{"".join(f"<div>{e(line)}</div>" for line in FOOTER)}</div></body></html>"""


def tables(article: Article) -> str:
    """Of the 2000s: tables in tables, capitals, FONT, paragraphs set apart by breaks, three columns."""
    body = "<BR><BR>\n".join(f"&nbsp;&nbsp;&nbsp;{e(text)}" for text in article.paragraphs)
    date = f"<FONT SIZE=1 COLOR=gray>Cập nhật ngày: {article.shown_date}</FONT><BR>" if article.published else ""
    rows = "".join(f"<TR><TD BGCOLOR=#eeeeff><A HREF=m{i}.htm>{e(name)}</A></TD></TR>" for i, name in enumerate(MENU))
    beside = "".join(
        f"<TR><TD><IMG SRC=dot.gif><A HREF=n{i}.htm>{e(title)}</A> <FONT SIZE=1>({day})</FONT></TD></TR>"
        for i, (title, day) in enumerate(OTHER_NEWS)
    )
    return f"""<HTML><HEAD><META HTTP-EQUIV=Content-Type CONTENT="text/html; charset=utf-8">
<TITLE>Trang tin huyện Lai Vung</TITLE></HEAD><BODY BGCOLOR=white>
<TABLE WIDTH=780 ALIGN=center CELLPADDING=0>
<TR><TD COLSPAN=3><IMG SRC=banner.gif ALT="Trang tin huyện Lai Vung"></TD></TR>
<TR><TD WIDTH=150 VALIGN=top><TABLE>{rows}</TABLE>
<TABLE><TR><TD><B>Thời tiết</B></TD></TR><TR><TD>Lai Vung: 24 - 31 độ C, có mưa rào rải rác</TD></TR></TABLE></TD>
<TD VALIGN=top><TABLE WIDTH=100%><TR><TD><FONT SIZE=4 COLOR=red><B>{e(article.title)}</B></FONT><BR>{date}
<P ALIGN=justify><FONT FACE=Arial SIZE=2>{body}</FONT></P></TD></TR>
<TR><TD ALIGN=right><A HREF=#>[Về trang trước]</A> <A HREF=#>[In trang]</A></TD></TR>
<TR><TD><B>Các tin khác:</B></TD></TR>{beside}</TABLE></TD>
<TD WIDTH=150 VALIGN=top><TABLE><TR><TD><B>Tin mới</B></TD></TR>{beside}
<TR><TD><FONT SIZE=1>{TEASER}</FONT></TD></TR></TABLE></TD></TR>
<TR><TD COLSPAN=3 ALIGN=center>{"<BR>".join(map(e, FOOTER))}</TD></TR></TABLE></BODY></HTML>"""


def teasers(article: Article) -> str:
    """Tables in front and behind that announce other articles by their first sentences, dates in rows of their own."""
    others = "".join(
        f"<table><tr><td><a href=n{i}.htm><b>{e(title)}</b></a></td></tr>"
        f"<tr><td>{day}</td></tr><tr><td>{e(text)}</td></tr></table>"
        for i, ((title, day), text) in enumerate(zip(OTHER_NEWS, (TEASER, SECOND_TEASER), strict=False))
    )
    date = f"<tr><td>{article.shown_date} 08:30</td></tr>" if article.published else ""
    rows = "".join(f"<tr><td>{e(text)}</td></tr>" for text in article.paragraphs)
    return f"""<html><head><meta charset=utf-8><title>{e(article.title)}</title></head><body>
<table><tr><td colspan=2><center>TRANG TIN HUYỆN LAI VUNG</center></td></tr><tr><td>{others}</td>
<td><table><tr><td class=title>{e(article.title)}</td></tr>{date}{rows}</table><hr>{others}</td></tr></table>
<p align=center>{"<br>".join(map(e, FOOTER))}</p></body></html>"""


LAYOUTS: tuple[Callable[[Article], str], ...] = (semantic, portal, tables, teasers)


def e(text: str) -> str:
    return html.escape(text, quote=False)


def links(names: tuple[str, ...]) -> str:
    return "".join(f'<li><a href="/{number}">{e(name)}</a></li>' for number, name in enumerate(names))


def news() -> str:
    return "".join(
        f'<li><a href="/n{number}">{e(title)}</a> <span>{day}</span></li>'
        for number, (title, day) in enumerate(OTHER_NEWS)
    )
