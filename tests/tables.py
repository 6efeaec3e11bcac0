"""Made-up tables as offices have them, in pages, sheets and DOCX, and questions for their cells by row and column."""

import io
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import docx

from corpus.vietnamese import fold

COMMUNES = ("Tân Hòa", "Kim Long", "Nà Tấu", "Bình Sơn", "Phú Lộc", "Hòa Ninh", "Đại Lãnh", "Yên Định", "Sơn Kỳ")
FIGURES = ("Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo", "Kinh phí hỗ trợ (triệu đồng)", "Số hội nghị đối thoại")
INDICATORS = ("Số mô hình dân vận khéo", "Số cuộc giám sát", "Lượt công dân được tiếp", "Diện tích đất hiến (m2)")
NAMES = ("Lò Thị Mận", "Nguyễn Hữu Khang", "Đặng Ngọc Duyên", "Y Thanh Tưởng", "Bùi Quốc Ngọ", "Võ Minh Ánh")
POSTS = ("Chủ tịch", "Phó Chủ tịch", "Trưởng ban", "Công chức Tư pháp", "Văn phòng - Thống kê", "Bí thư chi bộ")
WORK = ("Tiếp xúc cử tri", "Đối thoại với thanh niên", "Tập huấn công tác hòa giải", "Họp bàn giải phóng mặt bằng")
FEES = ("Hộ bán hàng ăn uống", "Hộ bán quần áo", "Hộ bán hàng rong", "Ki ốt cố định", "Xe tải đỗ qua đêm")


@dataclass(frozen=True)
class Asked:
    """A question and what stands in the cell that it asks for."""

    question: str
    cell: str
    document: str


@dataclass(frozen=True)
class Table:
    """A table in a document of its own; `heads` has one or two rows, merged cells as (text, width)."""

    name: str
    title: str
    caption: str
    heads: tuple[tuple[tuple[str, int], ...], ...]
    rows: tuple[tuple[str, ...], ...]

    def html(self) -> str:
        """As a portal shows it."""
        heads = ""
        for at, row in enumerate(self.heads):
            cells = (f'<th colspan="{width}"{_down(self, at, width)}>{escape(text)}</th>' for text, width in row)
            heads += f"<tr>{''.join(cells)}</tr>"
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in self.rows)
        return (
            f"<html><head><title>{self.title}</title></head><body><article><h1>{self.title}</h1>"
            f"<p>Ủy ban nhân dân huyện Minh Phú công bố số liệu để các cơ quan, đơn vị biết và thực hiện.</p>"
            f"<p>{self.caption}</p><table>{heads}{rows}</table></article></body></html>"
        )

    def docx(self) -> bytes:
        """As a word processor saves it; merged heads are merged."""
        made = docx.Document()
        made.add_heading(self.title)
        made.add_paragraph("Ủy ban nhân dân huyện Minh Phú công bố số liệu để các cơ quan, đơn vị biết và thực hiện.")
        made.add_paragraph(self.caption)
        table = made.add_table(0, len(self.rows[0]))
        for head in self.heads:
            cells, column = table.add_row().cells, 0
            for text, width in head:
                cells[column].merge(cells[column + width - 1]).text = text
                column += width
        for row in self.rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        stream = io.BytesIO()
        made.save(stream)
        return stream.getvalue()


def _down(table: Table, at: int, width: int) -> str:
    return ' rowspan="2"' if len(table.heads) > 1 and at == 0 and width == 1 else ""


def write_tables(folder: Path, seed: int = 0) -> list[Asked]:
    """Write the documents into a folder; give the questions, as people word them, some without marks."""
    chance = random.Random(seed)
    asked: list[Asked] = []
    made = [
        *_figures(chance),
        _years(chance),
        _persons(chance),
        _schedule(chance),
        _under_two_heads(chance),
        _fees(chance),
    ]
    for number, (table, questions) in enumerate(made):
        if number % 2 and len(table.heads) == 1:
            (folder / f"{table.name}.docx").write_bytes(table.docx())
        else:
            (folder / f"{table.name}.html").write_text(table.html(), "utf-8")
        asked += [Asked(question, cell, table.name) for question, cell in questions]
    return [Asked(fold(one.question), one.cell, one.document) if chance.random() < 0.25 else one for one in asked]


_Made = tuple[Table, list[tuple[str, str]]]


def _figures(chance: random.Random) -> Iterator[_Made]:
    """The same communes and columns in two years: the caption tells which."""
    for year in (2021, 2022):
        rows = [
            (
                str(number),
                f"Xã {name}",
                f"{chance.randint(1, 4)}.{chance.randint(100, 999)}",
                *(str(value) for value in chance.sample(range(11, 990), 4)),
            )
            for number, name in enumerate(COMMUNES, start=1)
        ]
        table = Table(
            f"ra-soat-{year}",
            f"Kết quả rà soát hộ nghèo huyện Minh Phú năm {year}",
            f"Biểu tổng hợp theo xã năm {year}",
            (tuple((text, 1) for text in ("STT", "Đơn vị", *FIGURES)),),
            tuple(rows),
        )
        questions = []
        for row in chance.sample(rows, 5):
            column = chance.randrange(len(FIGURES))
            name = FIGURES[column].partition(" (")[0]
            what = name[0].lower() + name[1:]
            wording = chance.choice(
                (
                    "{Name} của {row} năm {year} là bao nhiêu?",
                    "Năm {year}, {row} có bao nhiêu {what}?",
                    "{row} năm {year} có {what} là mấy",
                    "cho hỏi {what} của {row} năm {year}",
                    "{what} ở {row} năm {year} bao nhiêu vậy ạ",
                )
            )
            text = wording.format(Name=name, what=what, row=row[1].replace("Xã", "xã"), year=year)
            questions.append((text[0].upper() + text[1:], row[2 + column]))
        for column in (1, 2, 4):
            name = FIGURES[column].lower()
            most = max(rows, key=lambda row: int(row[2 + column]))
            least = min(rows, key=lambda row: int(row[2 + column]))
            questions.append((f"Năm {year} xã nào có {name} nhiều nhất?", most[1]))
            questions.append((f"Xã nào có {name} ít nhất năm {year}?", least[1]))
        yield table, questions


def _years(chance: random.Random) -> _Made:
    """Indicators below each other, years side by side."""
    years = range(2019, 2024)
    rows = [(name, *(str(value) for value in chance.sample(range(100, 999), len(years)))) for name in INDICATORS]
    table = Table(
        "chi-tieu",
        "Một số chỉ tiêu công tác dân vận của huyện Minh Phú",
        "Số liệu các năm",
        (tuple((text, 1) for text in ("Chỉ tiêu", *(f"Năm {year}" for year in years))),),
        tuple(rows),
    )
    questions = []
    for row in rows:
        for place in chance.sample(range(len(years)), 2):
            name = row[0].partition(" (")[0]
            what = name[0].lower() + name[1:]
            wording = chance.choice(
                ("{Name} năm {year} là bao nhiêu?", "Năm {year} {what} của huyện Minh Phú là bao nhiêu?")
            )
            questions.append((wording.format(Name=name, what=what, year=years[place]), row[1 + place]))
    return table, questions


def _persons(chance: random.Random) -> _Made:
    rows = [
        (str(number), name, post, f"09{chance.randint(10**7, 10**8 - 1)}")
        for number, (name, post) in enumerate(zip(NAMES, POSTS, strict=True), start=1)
    ]
    table = Table(
        "danh-ba",
        "Danh bạ điện thoại cán bộ xã Quảng Khê",
        "Danh sách cán bộ, công chức",
        (tuple((text, 1) for text in ("TT", "Họ và tên", "Chức vụ", "Số điện thoại")),),
        tuple(rows),
    )
    questions = [(f"Số điện thoại của {row[1]} là gì?", row[3]) for row in rows[:3]]
    questions += [(f"{row[1]} giữ chức vụ gì?", row[2]) for row in rows[3:]]
    questions += [(f"số điện thoại của {rows[4][2]} xã Quảng Khê là bao nhiêu", rows[4][3])]
    return table, questions


def _schedule(chance: random.Random) -> _Made:
    rows = [
        (
            f"{hour} giờ, ngày {chance.randint(2, 27)}/5/2024",
            what,
            f"Nhà văn hóa thôn {chance.choice('ABCD')}{hour}",
            who,
        )
        for hour, what, who in zip(
            (7, 8, 13, 14), WORK, ("Khối Dân vận", "Đoàn xã", "Tư pháp", "Mặt trận"), strict=True
        )
    ]
    table = Table(
        "lich-cong-tac",
        "Lịch công tác tháng 5 năm 2024 của xã Quảng Khê",
        "Lịch tuần",
        (tuple((text, 1) for text in ("Thời gian", "Nội dung", "Địa điểm", "Đơn vị chủ trì")),),
        tuple(rows),
    )
    questions = [(f"{row[1]} diễn ra ở đâu?", row[2]) for row in rows[:2]]
    questions += [(f"Thời gian {row[1][0].lower()}{row[1][1:]} là khi nào?", row[0]) for row in rows[2:]]
    questions += [(f"Đơn vị chủ trì {rows[0][1].lower()} là đơn vị nào?", rows[0][3])]
    return table, questions


def _under_two_heads(chance: random.Random) -> _Made:
    rows = [(f"Thôn {name}", *(str(value) for value in chance.sample(range(10, 400), 4))) for name in COMMUNES[:5]]
    table = Table(
        "hoa-giai",
        "Kết quả hòa giải ở cơ sở của xã Trà Nóc",
        "Số vụ việc theo thôn",
        (
            (("Thôn", 1), ("Năm 2022", 2), ("Năm 2023", 2)),
            (("Số vụ tiếp nhận", 1), ("Số vụ hòa giải thành", 1)) * 2,
        ),
        tuple(rows),
    )
    questions = []
    for row in rows[:4]:
        column = chance.randrange(4)
        what, year = ("số vụ tiếp nhận", "số vụ hòa giải thành")[column % 2], 2022 + column // 2
        questions.append((f"Năm {year} {row[0].lower()[:5]}{row[0][5:]} có {what} là bao nhiêu?", row[1 + column]))
    return table, questions


def _fees(chance: random.Random) -> _Made:
    rows = [(name, f"{chance.randint(5, 95)}.000", f"{chance.randint(100, 900)}.000") for name in FEES]
    table = Table(
        "gia-dich-vu",
        "Giá dịch vụ sử dụng diện tích bán hàng tại chợ Nà Tấu",
        "Biểu giá",
        (tuple((text, 1) for text in ("Đối tượng", "Mức thu theo ngày (đồng)", "Mức thu theo tháng (đồng)")),),
        tuple(rows),
    )
    questions = []
    for row in rows:
        column = chance.randint(1, 2)
        what = ("ngày", "tháng")[column - 1]
        questions.append((f"{row[0]} nộp mức thu theo {what} là bao nhiêu đồng?", row[column]))
    return table, questions


def share(asked: Sequence[Asked], wrong: Sequence[object]) -> float:
    """The share of questions that are answered rightly."""
    return 1 - len(wrong) / len(asked)
