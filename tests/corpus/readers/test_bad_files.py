"""Files that are broken, hostile or not what they are called: each refused with one sentence."""

import io
import zipfile
import zlib

import docx
import pytest

from corpus.errors import UnreadableError
from corpus.readers.reader_limits import Limits
from corpus.readers.registry import SUFFIXES, read_bytes
from tests.corpus.readers.layouts import Article, semantic
from tests.corpus.readers.making import new_pdf, pdf_of_lines, raw_pdf, saved, styled_docx

ARTICLE = Article(
    "Xã Nà Tấu đổi mới cách tiếp dân", "2020-01-10", ("Sáng 9/1, Đảng ủy xã tổ chức hội nghị tiếp dân.",) * 3
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PDF = pdf_of_lines(("Sáng 9/1, Đảng ủy xã Nà Tấu tổ chức hội nghị về đổi mới cách tiếp công dân tại cơ sở.",))
DOCX = styled_docx(ARTICLE)


def refusal(name: str, raw: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(name, raw, limits or Limits())
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert len(sentence) < 160
    return sentence


def encrypted_pdf() -> bytes:
    pdf = new_pdf()
    pdf.set_encryption(owner_password="owner", user_password="guest")
    pdf.set_font("Roboto", size=12)
    pdf.cell(0, 6, "Bí mật")
    return bytes(pdf.output())


def picture_pdf() -> bytes:
    """A page that is nothing but a picture, as scanners make them."""
    pixel = zlib.compress(b"\xff")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
        b"<</Length 28>>stream\nq 595 0 0 842 0 0 cm /I Do Q\nendstream",
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
        b"/Length %d>>stream\n%s\nendstream" % (len(pixel), pixel),
    ]
    return raw_pdf(objects)


def pdf_with_content(content: bytes, packed: bytes | None = None) -> bytes:
    stream = packed if packed is not None else content
    how = b"/Filter/FlateDecode" if packed is not None else b""
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            b"<<%s/Length %d>>stream\n%s\nendstream" % (how, len(stream), stream),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def docx_with(member: str, content: bytes) -> bytes:
    """A DOCX one member of which is replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(DOCX)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != member:
                new.writestr(info, old.read(info))
        new.writestr(member, content)
    return out.getvalue()


def zip_of(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document>&f;</w:document>'
BAD = {
    "empty pdf": ("a.pdf", b"", "it is empty"),
    "blank docx": ("a.docx", b" \n\n", "it is empty"),
    "empty html": ("a.html", b"\x00\x00", "it is empty"),
    "encrypted pdf": ("a.pdf", encrypted_pdf(), "encrypted PDF"),
    "truncated pdf": ("a.pdf", PDF[: len(PDF) // 2], "cut short"),
    "pdf without its table": ("a.pdf", PDF[: PDF.rfind(b"xref")], "cut short"),
    "pdf of rubbish": ("a.pdf", b"%PDF-1.7\n" + b"rubbish " * 50 + b"%%EOF", "damaged PDF"),
    "scanned pdf": ("a.pdf", picture_pdf(), "pages"),
    "pdf without anything": ("a.pdf", pdf_with_content(b""), "text"),
    "text called pdf": ("a.pdf", "Xin chào các đồng chí".encode(), "not a PDF"),
    "html called pdf": ("a.pdf", semantic(ARTICLE).encode(), "name it .html"),
    "docx called pdf": ("a.pdf", DOCX, "name it .docx"),
    "pdf called docx": ("a.docx", PDF, "name it .pdf"),
    "pdf called txt": ("a.TXT", PDF, "name it .pdf"),
    "docx called md": ("a.md", DOCX, "name it .docx"),
    "html called txt": ("a.txt", semantic(ARTICLE).encode(), "name it .html"),
    "text called html": ("a.html", "Xin chào các đồng chí.".encode(), "holds no HTML"),
    "picture called html": ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(99), "a PNG image"),
    "picture called txt": ("a.txt", b"\xff\xd8\xff\xe0" + bytes(99), "a JPEG image"),
    "old word called docx": ("a.docx", OLE, "Word 97 to 2003"),
    "encrypted word": ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted Word document"),
    "rtf called docx": ("a.docx", b"{\\rtf1 Xin chao}", "an RTF file"),
    "old word": ("a.doc", OLE, "no document of Word 97 to 2003"),
    "rtf without text": ("a.rtf", b"{\\rtf1 }", "without text"),
    "odt": ("a.odt", b"PK\x03\x04", "OpenDocument file cut short"),
    "unknown ending": ("a.xyz", b"?", ".xyz is not one of .docx"),
    "no ending": ("congvan", b"?", "a file without ending is not one of"),
    "not a zip": ("a.docx", "Xin chào".encode(), "not a DOCX"),
    "cut docx": ("a.docx", DOCX[: len(DOCX) // 2], "cut short"),
    "zip but no docx": ("a.docx", zip_of(a="b"), "but no DOCX"),
    "docx of rubbish": ("a.docx", docx_with("word/document.xml", b"<w:document"), "damaged DOCX"),
    "billion laughs": ("a.docx", docx_with("word/document.xml", LAUGHS), "entities"),
    "external entity": ("a.docx", docx_with("word/document.xml", OUTSIDE), "entities"),
    "entity in utf-16": ("a.docx", docx_with("word/a.xml", OUTSIDE.decode().encode("utf-16")), "entities"),
    "docx without text": ("a.docx", saved(docx.Document()), "without text"),
    "html without text": ("a.html", b"<html><head><title>x</title></head><body><img src=a></body></html>", "no text"),
    "html of script": ("a.html", b"<html><body><script>var a = 'Xin';</script></body></html>", "no text"),
    "html with entities": ("a.xhtml", b'<!DOCTYPE html [<!ENTITY a "ha">]><html><body>&a;</body></html>', "entities"),
    "deep html": ("a.html", b"<div>" * 200_000 + b"x", "nested 200000 deep"),
    "binary html": ("a.html", bytes(range(256)) * 8, ""),
}


@pytest.mark.parametrize("case", BAD)
def test_refused_with_a_sentence(case: str) -> None:
    name, raw, words = BAD[case]
    assert words in refusal(name, raw)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = docx_with("word/media/bomb.bin", bytes(30_000_000))
    assert len(bomb) < 200_000
    monkeypatch.delattr(zipfile.ZipFile, "open")
    assert refusal("a.docx", bomb, Limits(unpacked_bytes=20_000_000)) == (
        "unpacked it would take more than 20 MB, as only a trap does"
    )


def test_too_many_pages() -> None:
    raw = pdf_of_lines(*(("Một trang.",),) * 6)
    assert refusal("a.pdf", raw, Limits(pages=5)) == "it is a PDF of more than 5 pages; split it"
    assert read_bytes("a.pdf", pdf_of_lines(("Một trang có vài câu chữ.",), ("Hai trang.",)), Limits(pages=2))


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    slow = pdf_with_content(b"BT /F 9 Tf " + b"(x) Tj " * 400_000 + b"ET")
    assert "takes longer than 2 seconds" in refusal("a.pdf", slow, Limits(seconds=2))


def test_a_pdf_that_swells_is_given_up() -> None:
    """With room for the libraries, in which an ordinary file can be read."""
    limits = Limits(memory_bytes=500_000_000)
    page = pdf_with_content(b"", zlib.compress(b"BT /F 12 Tf 72 720 Td (Hop luc bay gio sang thu hai) Tj ET"))
    assert "bay gio" in read_bytes("a.pdf", page, limits).text
    packer = zlib.compressobj(1)
    swelling = b"".join([*(packer.compress(bytes(10_000_000)) for _ in range(90)), packer.flush()])
    bomb = pdf_with_content(b"", swelling)
    assert len(bomb) < 6_000_000
    assert refusal("a.pdf", bomb, limits).endswith("more than 500 MB of memory to be read")


def test_every_kind_there_is_can_be_read() -> None:
    assert {".pdf", ".docx", ".html", ".htm", ".txt", ".md"} <= SUFFIXES
