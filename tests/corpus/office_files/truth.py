"""Official documents made up by a program: what they say is known, whatever they are printed as."""

import random
from dataclasses import dataclass

_COMMUNES = (
    *("Tân Hòa", "Kim Long", "Nà Tấu", "Bình Sơn", "Phú Lộc", "Sông Xoài", "Hòa Ninh", "Mường Ảng"),
    *("Đại Lãnh", "Vĩnh Thạnh", "Quảng Khê", "Ea Súp", "Trà Nóc", "Cẩm Thủy", "Yên Định", "Sơn Kỳ", "Thới Bình"),
)
_DISTRICTS = ("Minh Phú", "Lai Vung", "Hương Thủy", "Đức Trọng", "Quế Võ", "Châu Thành")
_SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Võ", "Đặng", "Bùi", "Lò", "Hoàng", "Y")
_MIDDLES = ("Văn", "Thị", "Minh", "Hữu", "Quốc", "Ngọc", "Thanh")
_NAMES = ("Khang", "Lực", "Mận", "Thủy", "Duyên", "Tưởng", "Ngọ", "Phượng", "Quyết", "Ánh")
_SUBJECTS = (
    ("QUYẾT ĐỊNH", "QĐ-UBND", "Ban hành Quy chế phối hợp công tác dân vận trên địa bàn huyện {district}"),
    ("KẾ HOẠCH", "KH-UBND", "Xây dựng nông thôn mới kiểu mẫu huyện {district} giai đoạn {year} - {later}"),
    ("BÁO CÁO", "BC-UBND", "Kết quả rà soát hộ nghèo, hộ cận nghèo của huyện {district} năm {year}"),
    ("THÔNG BÁO", "TB-UBND", "Kết luận của Chủ tịch Ủy ban nhân dân huyện {district} tại phiên họp tháng {month}"),
)
_ALL_CLAUSES = """\
Khối Dân vận các xã phối hợp với Mặt trận Tổ quốc tuyên truyền, vận động {families} hộ dân hiến {metres} mét vuông \
đất để mở rộng đường liên thôn trước ngày {day:02}/{month:02}/{later}.
Phòng Tài chính - Kế hoạch cân đối {money}.000.000 đồng từ nguồn chi thường xuyên, quyết toán trong quý {quarter} \
theo đúng quy định của Luật Ngân sách nhà nước.
Ủy ban nhân dân xã {commune} tiếp công dân vào sáng thứ Năm hằng tuần; người đứng đầu trực tiếp đối thoại với \
nhân dân ít nhất {times} lần trong năm.
Mỗi thôn, bản thành lập một tổ dân vận khéo gồm {members} thành viên, hoạt động theo nguyên tắc tự nguyện, công \
khai và có sự giám sát của cộng đồng dân cư.
Hồ sơ đề nghị hỗ trợ sửa chữa nhà ở được giải quyết trong {days} ngày làm việc kể từ ngày nhận đủ giấy tờ hợp lệ; \
trường hợp từ chối phải trả lời bằng văn bản và nêu rõ lý do.
Đồng chí {person}, Trưởng phòng Nội vụ, chịu trách nhiệm theo dõi, đôn đốc và báo cáo kết quả thực hiện trước \
ngày {day:02} hằng tháng.
Tỷ lệ hộ nghèo của xã {commune} giảm từ {before},{tenth}% xuống còn {after},{tenth}%; có {families} hộ được vay \
vốn ưu đãi để chăn nuôi bò sinh sản và trồng cây ăn quả.
Các cơ quan, đơn vị gửi báo cáo về Văn phòng Hội đồng nhân dân và Ủy ban nhân dân huyện để tổng hợp, trình \
Thường trực Huyện ủy xem xét, cho ý kiến chỉ đạo."""
_CLAUSES = _ALL_CLAUSES.splitlines()
_HEADINGS = (
    "Phạm vi và đối tượng áp dụng",
    "Nhiệm vụ của Khối Dân vận",
    "Kinh phí thực hiện",
    "Chế độ thông tin, báo cáo",
    "Tổ chức thực hiện",
)
_COLUMNS = ("Số hộ", "Hộ nghèo", "Hộ cận nghèo", "Kinh phí (triệu đồng)")


@dataclass(frozen=True)
class Table:
    """Rows of figures by commune; `columns[0]` heads the names."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class OfficeDocument:
    """What a made-up document says.

    Attributes:
        body: the paragraphs between the subject and the table, headings (`Điều 1. ...`) among them.
        closing: the paragraph below the table.
    """

    office: tuple[str, str]
    number: str
    place: str
    date: str
    kind: str
    subject: str
    body: tuple[str, ...]
    table: Table
    closing: str
    post: str
    signer: str

    @property
    def place_and_date(self) -> str:
        year, month, day = self.date.split("-")
        return f"{self.place}, ngày {day} tháng {month} năm {year}"

    @property
    def title(self) -> str:
        return f"{self.kind} {self.subject}"


def office_document(seed: int, clauses: int = 9, rows: int = 8) -> OfficeDocument:
    """The same document for the same seed."""
    chance = random.Random(seed)
    district, year, month, day = (
        chance.choice(_DISTRICTS),
        chance.randint(2015, 2025),
        chance.randint(3, 12),
        chance.randint(10, 28),
    )
    kind, sign, subject = _SUBJECTS[seed % len(_SUBJECTS)]
    head = subject.format(district=district, year=year, later=year + 5, month=month)
    body = [f"Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm {year - 1};"] if sign[0] == "Q" else []
    for number in range(clauses):
        if number % 2 == 0 and number // 2 < len(_HEADINGS):
            body.append(f"Điều {number // 2 + 1}. {_HEADINGS[number // 2]}")
        body.append(f"{number % 2 + 1}. {_filled(_CLAUSES[(seed + number) % len(_CLAUSES)], chance, year)}")
    names = chance.sample(_COMMUNES, min(rows, len(_COMMUNES)))
    figures = tuple(
        (
            f"Xã {name}",
            *(f"{chance.randint(1, 4)}.{chance.randint(100, 999)}", *_two(chance)),
            f"{chance.randint(40, 980)}",
        )
        for name in names
    )
    return OfficeDocument(
        office=("ỦY BAN NHÂN DÂN", f"HUYỆN {district.upper()}"),
        number=f"{chance.randint(11, 1980)}/{sign}",
        place=district,
        date=f"{year}-{month:02}-{day:02}",
        kind=kind,
        subject=head,
        body=tuple(body),
        table=Table(f"Biểu tổng hợp kết quả theo xã năm {year}", ("Đơn vị", *_COLUMNS), figures),
        closing="Trong quá trình thực hiện nếu có vướng mắc, các đơn vị phản ánh về Phòng Nội vụ để được hướng dẫn.",
        post="CHỦ TỊCH",
        signer=_person(chance),
    )


def _two(chance: random.Random) -> tuple[str, str]:
    return str(chance.randint(11, 340)), str(chance.randint(11, 340))


def _person(chance: random.Random) -> str:
    return f"{chance.choice(_SURNAMES)} {chance.choice(_MIDDLES)} {chance.choice(_NAMES)}"


def _filled(clause: str, chance: random.Random, year: int) -> str:
    return clause.format(
        families=chance.randint(120, 990),
        metres=f"{chance.randint(1, 9)}.{chance.randint(100, 999)}",
        day=chance.randint(1, 28),
        month=chance.randint(1, 12),
        later=year + 1,
        money=chance.randint(25, 950),
        quarter=chance.choice(("I", "II", "III", "IV")),
        commune=chance.choice(_COMMUNES),
        times=chance.randint(2, 6),
        members=chance.randint(5, 15),
        days=chance.randint(5, 25),
        person=_person(chance),
        before=chance.randint(9, 20),
        after=chance.randint(2, 8),
        tenth=chance.randint(1, 9),
    )
