"""Documents as portals post them, menus and other news around them."""

from html import escape

from tests.corpus.office_files.truth import OfficeDocument
from tests.corpus.office_files.written import FOOT, head_of
from tests.corpus.readers.layouts import FOOTER, MENU, links, news


def portal_html(document: OfficeDocument) -> bytes:
    """A portal of div with the document pasted from a word processor, tools and a counter around it."""
    left, right = head_of(document)
    body = "".join(f'<p class="MsoNormal"><span>{escape(text)}</span></p>' for text in document.body)
    page = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>{escape(document.title)} - Cổng thông tin điện tử</title></head><body>
<div id="header"><div class="banner">CỔNG THÔNG TIN ĐIỆN TỬ</div><ul class="menu">{links(MENU)}</ul></div>
<div class="breadcrumb"><a href="/">Trang chủ</a> / <a href="/vb">Văn bản</a></div>
<div class="content-detail">
<div class="tools">Cỡ chữ: <a>A-</a> <a>A</a> <a>A+</a> | <a>In trang</a> |
<a>Chia sẻ Facebook</a> | Lượt xem: 1.204</div>
<table border="0" style="width:100%"><tr><td>{"<br>".join(map(escape, left))}</td>
<td>{"<br>".join(map(escape, right))}</td></tr></table>
<p align="center"><b>{escape(document.kind)}</b></p><p align="center"><b>{escape(document.subject)}</b></p>
{body}<p>{escape(document.table.caption)}</p>{_table(document)}<p>{escape(document.closing)}</p>
<table border="0"><tr><td>{"<br>".join(FOOT)}</td><td>{document.post}<br><br>{escape(document.signer)}</td></tr></table>
</div><div class="related"><h3>Tin cùng chuyên mục</h3><ul>{news()}</ul></div>
<div class="right"><div>THỐNG KÊ TRUY CẬP</div><div>Đang online: 12</div><div>Tổng lượt truy cập: 1.203.998</div></div>
<div id="footer">{"".join(f"<p>{escape(line)}</p>" for line in FOOTER)}</div></body></html>"""
    return page.encode()


def legacy_html(document: OfficeDocument) -> bytes:
    """A page of the 2000s: tables in tables, breaks for paragraphs, capitals."""
    left, right = head_of(document)
    rows = "".join(f"<TR><TD><A HREF=m{i}.htm>{escape(name)}</A></TD></TR>" for i, name in enumerate(MENU))
    page = f"""<HTML><HEAD><META HTTP-EQUIV=Content-Type CONTENT="text/html; charset=utf-8">
<TITLE>{escape(document.title)}</TITLE></HEAD><BODY><TABLE WIDTH=780><TR><TD WIDTH=150><TABLE>{rows}</TABLE></TD>
<TD><TABLE WIDTH=100%><TR><TD ALIGN=center>{"<BR>".join(map(escape, left))}</TD>
<TD ALIGN=center>{"<BR>".join(map(escape, right))}</TD></TR></TABLE>
<P ALIGN=center><B>{escape(document.kind)}</B></P><P ALIGN=center><B>{escape(document.subject)}</B></P>
<P>{"<BR><BR>".join(map(escape, document.body))}</P><P>{escape(document.table.caption)}</P>{_table(document)}
<P>{escape(document.closing)}</P><TABLE WIDTH=100%><TR><TD>{"<BR>".join(FOOT)}</TD>
<TD>{document.post}<BR><BR>{escape(document.signer)}</TD></TR></TABLE>
<P><A HREF=#>[Về trang trước]</A> <A HREF=#>[In trang]</A></P></TD></TR>
<TR><TD COLSPAN=2 ALIGN=center>{"<BR>".join(map(escape, FOOTER))}</TD></TR></TABLE></BODY></HTML>"""
    return page.encode()


def _table(document: OfficeDocument) -> str:
    head = "".join(f"<th>{escape(name)}</th>" for name in document.table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(value)}</td>" for value in row) + "</tr>" for row in document.table.rows
    )
    return f'<table border="1"><tr>{head}</tr>{rows}</table>'
