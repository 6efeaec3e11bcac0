"""What Word keeps beside its paragraphs: notes, packed pages, ticks, formulas; and what is not read is counted."""

from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.article.page import Page
from corpus.readers.registry import read_bytes
from tests.corpus.readers.making import saved
from tests.corpus.readers.test_cases_pdf import CASES

FIRST = "Thôn Bình An vận động nhân dân hiến đất làm đường và đã được xã khen thưởng trong năm qua."
HTML = "<html><body><p>Hộ hiến đất được hỗ trợ 350.000 đồng mỗi mét tường rào phải xây lại.</p></body></html>"
RUN = f"<w:r {nsdecls('w')}><w:rPr>%s</w:rPr><w:t xml:space='preserve'>%s</w:t></w:r>"


def case(name: str) -> Page:
    (path,) = (CASES / name).glob("*.docx")
    return read_bytes(path.name, path.read_bytes())


def read(change: Callable[[Document], None]) -> Page:
    """A page of one paragraph and what is done to it."""
    document = docx.Document()
    document.add_paragraph(FIRST)
    change(document)
    return read_bytes("a.docx", saved(document))


def test_a_footnote_stands_behind_the_paragraph_that_refers_to_it() -> None:
    page = case("docx-footnote")
    assert page.paragraphs[-2] == "Hộ gia đình hiến đất làm đường được hỗ trợ xây lại tường rào[1]."
    assert page.paragraphs[-1].startswith("[1] Mức hỗ trợ là 350.000 đồng cho mỗi mét tường rào, theo Nghị quyết số 07")
    assert page.notices == ()


def test_strict_open_xml_is_read_like_any_docx() -> None:
    page = case("docx-strict")
    assert page.title == "Kế hoạch thi đua xây dựng nông thôn mới của xã Tân Hòa"
    assert len(page.paragraphs) == 2


def test_the_title_of_a_decision_is_its_kind_and_subject_and_khoan_stand_under_their_dieu() -> None:
    page = case("docx-letterhead-title")
    subject = "Ban hành Quy chế phối hợp giữa Ủy ban nhân dân xã và Khối Dân vận xã"
    assert page.title == f"QUYẾT ĐỊNH {subject}"
    headings = [heading for _, heading in page.headings]
    assert headings[-3:] == ["Điều 1. Nguyên tắc phối hợp", "Điều 2. Chế độ họp giao ban", "Điều 3. Hiệu lực thi hành"]
    assert "QUYẾT ĐỊNH:" not in headings


def test_rows_of_a_table_carry_their_columns() -> None:
    page = case("ask-docx-table")
    assert len(page.rows) == 20
    assert page.paragraphs[14] == (
        "STT: 14 | Xã: Sông Xoài | Số trẻ dưới 1 tuổi: 142 | Số trẻ tiêm đủ mũi: 114 | Số trẻ hoãn tiêm: 8"
    )
    assert page.rows[13].caption == "Trung tâm Y tế huyện Minh Phú báo cáo số trẻ được tiêm chủng theo xã như sau:"


def test_a_page_packed_in_another_format_is_read_in_its_place() -> None:
    def change(document: Document) -> None:
        part = Part(PackURI("/word/afchunk1.html"), "text/html", HTML.encode(), document.part.package)
        identity = document.part.relate_to(part, RELATIONSHIP_TYPE.A_F_CHUNK)
        chunk = parse_xml(f'<w:altChunk {nsdecls("w", "r")} r:id="{identity}"/>')
        document.element.body.insert(1, chunk)
        document.add_paragraph(FIRST.replace("Bình An", "Hòa Phú"))

    page = read(change)
    assert page.paragraphs[1] == "Hộ hiến đất được hỗ trợ 350.000 đồng mỗi mét tường rào phải xây lại."
    assert page.unread == ()


def test_struck_out_and_hidden_text_is_no_text_and_told() -> None:
    def change(document: Document) -> None:
        paragraph = document.add_paragraph("Phụ cấp bằng ")
        for properties, text in (("<w:strike/>", "0,3 lần "), ("<w:vanish/>", "bí mật "), ("", "0,5 lần mức lương.")):
            paragraph._p.append(parse_xml(RUN % (properties, text)))

    page = read(change)
    assert page.paragraphs[1] == "Phụ cấp bằng 0,5 lần mức lương."
    assert [(part.kind, part.count) for part in page.unread] == [("struck_out", 1), ("hidden", 1)]
    assert page.notices[0] == "1 struck-out piece of text is left out."


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "[x] Đồng ý"),
        ('<w:sym w:font="Wingdings" w:char="F0A8"/>', "[ ] Đồng ý"),
        (
            '<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>',
            "[x]",
        ),
        (
            (
                '<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Nam"/>'
                '<w:listEntry w:val="Nữ"/></w:ddList></w:ffData></w:fldChar>'
            ),
            "Nữ",
        ),
    ],
)
def test_what_was_ticked_or_chosen_in_a_form_is_read(xml: str, said: str) -> None:
    def change(document: Document) -> None:
        paragraph = document.add_paragraph()
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>"))
        paragraph.add_run(" Đồng ý")

    assert read(change).paragraphs[1].startswith(said)


def test_formulas_are_read_on_one_line() -> None:
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = (
        f'<m:oMath xmlns:m="{namespace}"><m:r><m:t>T = </m:t></m:r><m:f><m:num><m:r><m:t>a + b</m:t></m:r></m:num>'
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    )

    def change(document: Document) -> None:
        document.add_paragraph("Tỷ lệ tính theo công thức ")._p.append(parse_xml(formula))

    assert read(change).paragraphs[1] == "Tỷ lệ tính theo công thức T = (a + b)/2"


def test_a_chart_and_a_deleted_change_are_counted() -> None:
    chart = (
        f'<w:r {nsdecls("w", "wp", "a")}><w:drawing><wp:inline><wp:extent cx="5000000" cy="3000000"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )
    deleted = f'<w:del {nsdecls("w")} w:id="1" w:author="a"><w:r><w:delText>cũ</w:delText></w:r></w:del>'

    def change(document: Document) -> None:
        document.paragraphs[0]._p.append(parse_xml(chart))
        document.paragraphs[0]._p.append(parse_xml(deleted))

    page = read(change)
    assert page.text == FIRST
    assert {part.kind: part.count for part in page.unread} == {"charts": 1, "deleted": 1}


def test_a_table_of_contents_is_left_out_and_listed() -> None:
    def change(document: Document) -> None:
        style = document.styles.add_style("toc 1", 1)
        document.paragraphs[0].insert_paragraph_before("Điều 1. Phạm vi điều chỉnh\t3", style=style)
        document.add_paragraph("Điều 1. Phạm vi điều chỉnh")

    page = read(change)
    assert page.paragraphs == (FIRST, "Điều 1. Phạm vi điều chỉnh")
    assert "Điều 1. Phạm vi điều chỉnh 3" in [line.text for line in page.dropped]
