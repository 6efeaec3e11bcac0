"""PDFs: hyphens, pages that break a paragraph, footers; what a line belongs to."""

from collections import Counter

import pytest

from corpus.models import Document
from corpus.readers.pdf.pdf_layout import paragraphs_of
from corpus.readers.pdf.pdf_lines import Printed, running_lines
from corpus.readers.programs import recognises
from corpus.readers.registry import read_bytes
from corpus.splitting import split
from tests.corpus.readers.making import pdf_of_lines, raw_pdf

FULL = (
    "Sáng 9/1, Đảng ủy xã Nà Tấu tổ chức hội nghị về đổi mới cách tiếp công dân tại cơ sở,",
    "với sự tham dự của đại diện các đoàn thể và đông đảo bà con các thôn bản trong toàn xã.",
)


def column(*texts: str, page: int = 1, left: float = 50, top: float = 700, right: float = 400) -> list[Printed]:
    """Lines one below the other, each as wide as the column."""
    return [
        Printed(left, top - 15 * place, right, top - 15 * place + 12, 12, bold=False, text=text, page=page)
        for place, text in enumerate(texts)
    ]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("cán bộ làm công tác d-", "ân vận ở cơ sở", "cán bộ làm công tác dân vận ở cơ sở"),
        ("phối hợp với các tổ chức infor-", "mation của tỉnh", "phối hợp với các tổ chức information của tỉnh"),
        (
            "thực hiện Nghị định số 30/2020/NĐ-",
            "CP của Chính phủ",
            "thực hiện Nghị định số 30/2020/NĐ-CP của Chính phủ",
        ),
        ("học tập chủ nghĩa Mác - Lê-", "nin và tư tưởng", "học tập chủ nghĩa Mác - Lê-nin và tư tưởng"),
        ("phát triển kinh tế -", "xã hội của địa phương", "phát triển kinh tế - xã hội của địa phương"),
        ("từ ngày 13-", "14/5 tại trung tâm xã", "từ ngày 13-14/5 tại trung tâm xã"),
        ("theo Chỉ thị số 18/", "2000/CT-TTg của", "theo Chỉ thị số 18/2000/CT-TTg của"),
        ("nâng cao chất l\u00adượng, tuyên tru\u00ad", "yền vận động", "nâng cao chất lượng, tuyên truyền vận động"),
    ],
)
def test_hyphens_at_the_end_of_lines(above: str, below: str, joined: str) -> None:
    lines = column(*FULL, above, below)
    assert paragraphs_of([lines], [595])[0].text.endswith(joined)


def test_a_paragraph_goes_on_over_columns_and_pages() -> None:
    first = column(*FULL[:1] * 4, "trong đó đoàn viên thanh niên giữ vai trò", left=50, right=280)
    second = column("xung kích đi đầu trong phong trào hiến đất làm đường", *FULL[:1] * 4, left=310, right=540)
    third = column("nhằm hoàn thành kế hoạch năm của toàn xã.", page=2, right=280)
    paragraphs = paragraphs_of([first + second, third], [595, 595])
    assert [paragraph.page for paragraph in paragraphs] == [1]
    text = paragraphs[0].text
    assert "giữ vai trò xung kích" in text
    assert [(text[offset:], page) for offset, page in paragraphs[0].breaks] == [(third[0].text, 2)]


def test_columns_are_read_one_after_the_other_whatever_order_the_file_has() -> None:
    left, right = column(*FULL * 3, right=280), column(*FULL * 3, left=310, right=540)
    mixed = [line for pair in zip(right, left, strict=True) for line in pair]
    assert paragraphs_of([mixed], [595]) == paragraphs_of([left + right], [595])


def test_a_footnote_does_not_cut_the_paragraph_above_it() -> None:
    first = [*column(*FULL, "và các đồng chí"), Printed(50, 100, 200, 108, 8, False, "1. Số liệu năm 2019.", 1)]
    paragraphs = paragraphs_of([first, column("cán bộ chủ chốt.", *FULL, page=2)], [595, 595])
    assert "các đồng chí cán bộ chủ chốt." in paragraphs[0].text
    assert paragraphs[-1].text == "1. Số liệu năm 2019."


def test_running_lines_repeat_and_text_that_does_not_stays() -> None:
    pages = [
        [
            *column("BÁO CÁO THÁNG", page=number, top=800),
            *column(f"Đoạn văn thứ {['một', 'hai', 'ba'][number - 1]} của báo cáo này.", page=number),
            *column(str(number), page=number, top=40),
        ]
        for number in (1, 2, 3)
    ]
    found = Counter(line.text for line in running_lines(pages, [842] * 3))
    assert found == {"BÁO CÁO THÁNG": 3, "1": 1, "2": 1, "3": 1}


def test_one_page_without_text_is_told() -> None:
    content = b"BT /F 12 Tf 72 700 Td (Hom nay xa hop dan tai nha van hoa.) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    page = read_bytes("a.pdf", raw_pdf(objects))
    blank = "There is no text, perhaps a scanned picture, on page 1."
    assert page.notices == (() if recognises() else (blank,))  # Tesseract has seen that it is blank
    assert page.pages == ((0, 2),)


def test_paragraphs_keep_their_page() -> None:
    page = read_bytes("a.pdf", pdf_of_lines(FULL, ("Trang hai nói về việc khác, là việc làm đường ở Nà Láo.",)))
    assert page.paragraphs == (" ".join(FULL), "Trang hai nói về việc khác, là việc làm đường ở Nà Láo.")
    passages = split(Document("a", "", None, None, None, None, page.text, "", page.pages))
    assert [passage.page for passage in passages] == [1, 2]
