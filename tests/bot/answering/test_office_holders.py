"""Who holds an office, where a document names others under a part of its name."""

from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.forms.offices import answer_office
from bot.answering.links import Links
from bot.answers import AnswerKind, Status
from corpus.models import Document
from embeddings import Retriever
from embeddings.index.building import build
from embeddings.index.publishing import publish
from embeddings.question.question import Question
from tests.embeddings.fakes import WordEncoder

TEXT = """Hội nghị của Khối các cơ quan tỉnh bàn việc tiếp dân.

Đồng chí Lò Văn Pánh, Bí thư Đảng ủy Khối chủ trì hội nghị.

Đồng chí Hà Thị Nhan, Bí thư Đảng ủy, Giám đốc Sở Y tế phát biểu."""


def test_who_is_named_under_less_of_a_body_holds_another_office(tmp_path: Path) -> None:
    page = Document("hop", "Hội nghị của Khối", None, None, None, None, TEXT, "hop".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    answerer = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links())
    held = answer_office(answerer.ask(Question("Bí thư Đảng ủy Khối các cơ quan tỉnh là ai?")))
    assert held is not None
    assert [piece.text for piece in held.pieces] == ["Lò Văn Pánh"]
    both = answer_office(answerer.ask(Question("Bí thư Đảng ủy là ai?")))
    assert both is not None
    assert len(both.pieces) == 2


OCCASIONS = {
    "giao-ban": """Quý III/2019, tỉnh Tân Hải có nhiều việc mới.
Ban Dân vận Tỉnh ủy họp giao ban; việc tôn giáo được bàn.

Đồng chí Hứa Trọng Nghiệp, Phó Trưởng Ban, chủ trì.""",
    "chi-thi": """Chỉ thị số 05-CT/TU của Tỉnh ủy Thanh Lâm về dân vận.

Phó Bí thư Tỉnh ủy Lê Khả Trạch ký.""",
    "bien-ban": """Biên bản đối thoại tại công ty ở tỉnh Lạc Xuyên. Đại diện: chị Hứa Thị Gấm, Chủ tịch Công đoàn cơ sở.

Hai bên cùng ký.

CHỦ TỊCH CÔNG ĐOÀN: Hứa Thị Gấm""",
    "ngay-hoi": "Dự lễ có bà Lèng Thị Mỷ, Trưởng Ban Dân vận Tỉnh ủy Cao Vân.",
    "ba-cung": "Ông Lò Khánh Xuyên, nguyên Trưởng Ban Dân vận Tỉnh ủy Cao Vân kể chuyện cũ.",
    "tai-nguyen": """Dự có ông Phạm Đình Thắng, nguyên Giám đốc Sở Tài nguyên và Môi trường.

Ông Đỗ Văn Thành, Giám đốc Sở Tài nguyên và Môi trường phát biểu.""",
}

ISSUED = {
    "bao-cao": """Ban Thường vụ Hội Nông dân tỉnh Hà Khê báo cáo kết quả công tác Hội và phong trào nông dân \
năm 2019, phương hướng, nhiệm vụ năm 2020 như sau:

Đề nghị UBND tỉnh bố trí hai tỷ đồng mỗi năm bổ sung Quỹ Hỗ trợ nông dân; đề nghị Sở Nông nghiệp kiểm tra phân bón giả.

T/M BAN THƯỜNG VỤ - CHỦ TỊCH: Phí Văn Đoàn

Nơi nhận:
- UBND tỉnh;
- Lưu VP.""",
    "ke-hoach": """UBND tỉnh Bình An ban hành kế hoạch rút ngắn thời gian đi lại của người dân.

CHỦ TỊCH: Phan Thế Quyền""",
    "dai-hoi": """Hội Cựu chiến binh tỉnh Vân Sơn tổ chức đại hội, nâng cao vận động hội viên.

Đồng chí Lê Mậu Thiêm, Phó Bí thư Thường trực Tỉnh ủy dự.""",
    "thi-dua": """Thành phố Lạc Xuyên xếp hạng các phường về mức độ hài lòng của người dân khi làm thủ tục hành \
chính tại bộ phận một cửa.

Phường Ga Mới đứng cuối, đứng đầu là phường Chợ Đầm. Chủ tịch UBND phường Đào Công Uẩn kể ba việc đã làm.""",
    "quyet-dinh": """Ban Chỉ đạo của tỉnh Lạc Xuyên nhiệm kỳ 2015 - 2020, phấn đấu đến năm 2025:

Đồng chí Khổng Thị Nhã, Chủ tịch Hội Phụ nữ tỉnh, ủy viên.""",
}


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("issued")
    pages = [
        Document(name, name, "2019-07-22", None, None, None, text, name.ljust(64, "0")) for name, text in ISSUED.items()
    ]
    publish(folder, build(folder, pages, WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Chủ tịch UBND tỉnh Hà Khê là ai?", []),
        ("Chủ tịch Hội Nông dân tỉnh Hà Khê là ai?", ["Phí Văn Đoàn"]),
        ("Chủ tịch UBND tỉnh Bình An là ai?", ["Phan Thế Quyền"]),
        ("Phó Bí thư Thường trực Tỉnh ủy Cao Vân là ai?", []),
        ("Phó Bí thư Thường trực Tỉnh ủy Vân Sơn là ai?", ["Lê Mậu Thiêm"]),
        ("Chủ tịch UBND tỉnh Bình An dự đại hội của Hội Cựu chiến binh tỉnh Vân Sơn là ai?", []),
        ("Phó Bí thư Thường trực Tỉnh ủy dự báo cáo phương hướng nhiệm vụ phong trào nông dân là ai?", []),
        ("Chủ tịch UBND phường Ga Mới là ai?", []),
        ("Chủ tịch UBND phường Chợ Đầm là ai?", ["Đào Công Uẩn"]),
        ("Chủ tịch Hội Phụ nữ tỉnh Lạc Xuyên năm 2020 là ai?", []),
        ("Chủ tịch Hội Phụ nữ tỉnh Lạc Xuyên năm 2025 là ai?", []),
        ("Chủ tịch Hội Phụ nữ tỉnh Lạc Xuyên năm 2019 là ai?", ["Khổng Thị Nhã"]),
        ("Chủ tịch Hội Phụ nữ tỉnh Lạc Xuyên nhiệm kỳ 2015 - 2020 là ai?", ["Khổng Thị Nhã"]),
    ],
)
def test_who_issued_a_document_where_and_when_decides_whose_office_it_is(
    issued: Answerer, question: str, names: list[str]
) -> None:
    held = answer_office(issued.ask(Question(question)))
    assert [piece.text for piece in held.pieces] == names if held else not names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("chủ tịch UBND tỉnh Bình An", ["Phan Thế Quyền"]),
        ("chủ tịch UBND tỉnh Bình An năm 2019", ["Phan Thế Quyền"]),
        ("chu tich hoi nong dan tinh ha khe nam 2019?", ["Phí Văn Đoàn"]),
        ("kế hoạch của chủ tịch UBND tỉnh Bình An", None),
        ("Hội Nông dân tỉnh Hà Khê", None),
    ],
)
def test_an_office_alone_asks_for_who_holds_it(issued: Answerer, question: str, names: list[str] | None) -> None:
    answer = issued.answer(Question(question))
    if names is None:
        assert answer.kind is not AnswerKind.OFFICE
    else:
        assert [one.text for one in answer.answers] == names


LONG = "Thành phố xếp hạng các xã về mức độ hài lòng của người dân khi làm thủ tục tại bộ phận một cửa của các xã.\n\n"
ONE_LINE = "UBND xã Minh Sơn kế hoạch làm đường cho dân trong xã năm nay. " * 4


@pytest.mark.parametrize(
    ("text", "question", "name"),
    [
        ("Quận 7 họp dân. Ông Phí Văn Đoàn, Chủ tịch UBND quận dự.", "Chủ tịch UBND Quận 7 là ai?", "Phí Văn Đoàn"),
        ("Xã Hòa bình họp. Ông Lò Văn Pánh, Chủ tịch UBND xã dự.", "Chủ tịch UBND xã Hòa Bình là ai?", "Lò Văn Pánh"),
        ("Bà Hoàng Thị Lụa, Chủ tịch Công đoàn Viên chức.", "Chủ tịch Công đoàn Viên chức là ai?", "Hoàng Thị Lụa"),
        (
            "Ông Lê Mậu Thiêm, Phó Chủ tịch UBND tỉnh, Trưởng Ban An toàn giao thông tỉnh, lãnh đạo các sở.",
            "Trưởng Ban An toàn giao thông tỉnh là ai?",
            "Lê Mậu Thiêm",
        ),
        (
            f"{LONG}Ngày hội của xã Tân Lập. Bí thư Đảng ủy xã Nguyễn Văn Khoa dự. Chủ tịch UBND xã Trần Văn Hùng dự.",
            "Chủ tịch UBND xã Tân Lập là ai?",
            "Trần Văn Hùng",
        ),
        (
            f"{ONE_LINE}TM. ỦY BAN NHÂN DÂN XÃ MINH SƠN CHỦ TỊCH Phí Văn Đoàn",
            "Chủ tịch UBND xã Minh Sơn là ai?",
            "Phí Văn Đoàn",
        ),
        (
            "HỘI NÔNG DÂN HUYỆN LỤC SƠN\n\nBáo cáo.\n\nCHỦ TỊCH\nTrần Văn Hùng\n\nNơi nhận:\nUBND huyện Lục Sơn;",
            "Chủ tịch UBND huyện Lục Sơn là ai?",
            None,
        ),
        ("Tỉnh Hà Giang họp. Ông Lê An, Chủ tịch UBND tỉnh dự.", "Chủ tịch UBND tỉnh Hà Nam 2020 là ai?", None),
        ("UBND tỉnh Vân Sơn. CHỦ TỊCH: Phí Văn Đoàn", "chủ tịch UBND xã", None),
    ],
)
def test_how_documents_name_and_sign(tmp_path: Path, text: str, question: str, name: str | None) -> None:
    page = Document("a", "Tin", "2020-05-01", None, None, None, text, "a".ljust(64, "0"))
    publish(tmp_path, build(tmp_path, [page], WordEncoder()))
    answer = Answerer(Retriever.open(tmp_path, encoder=WordEncoder()), Links()).answer(Question(question))
    assert [one.text for one in answer.answers] == ([name] if name else [])
    assert (answer.status is Status.ANSWERED) == (name is not None)


@pytest.fixture(scope="module")
def occasions(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("occasions")
    pages = [
        Document(name, name, None, None, None, None, text, name.ljust(64, "0")) for name, text in OCCASIONS.items()
    ]
    publish(folder, build(folder, pages, WordEncoder()))
    return Answerer(Retriever.open(folder, encoder=WordEncoder()), Links())


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Phó Trưởng Ban Dân vận Tỉnh ủy Tân Hải chủ trì giao ban quý 3/2019 là ai?", ["Hứa Trọng Nghiệp"]),
        ("Phó Trưởng Ban Dân vận Tỉnh ủy Tân Hải chủ trì giao ban quý 2/2019 là ai?", []),
        ("pho truong ban dan van tinh uy tan hai quy 3/2019 la ai", ["Hứa Trọng Nghiệp"]),
        ("Phó Trưởng Ban Tôn giáo tỉnh Tân Hải là ai?", []),
        ("Phó Bí thư Tỉnh ủy ký Chỉ thị 05-CT/TU là ai?", ["Lê Khả Trạch"]),
        ("Phó Bí thư Tỉnh ủy ký Chỉ thị 15-CT/TU là ai?", []),
        ("Phó Bí thư Tỉnh ủy ở Cao Bằng là ai?", []),
        ("Chủ tịch Công đoàn cơ sở là ai?", ["Hứa Thị Gấm"]),
        ("Chủ tịch Liên đoàn Lao động tỉnh Lạc Xuyên là ai?", []),
        ("Trưởng Ban Dân vận Tỉnh ủy Cao Vân là ai?", ["Lèng Thị Mỷ"]),
        ("Ai từng là Trưởng Ban Dân vận Tỉnh ủy Cao Vân?", ["Lò Khánh Xuyên"]),
        ("Ai là Giám đốc Sở Tài nguyên và Môi trường?", ["Đỗ Văn Thành"]),
        ("Ai từng là Phó Bí thư Tỉnh ủy Thanh Lâm?", []),
        ("Tôi là Nguyễn Văn Nam, xin hỏi Phó Bí thư Tỉnh ủy Thanh Lâm là ai?", ["Lê Khả Trạch"]),
    ],
)
def test_of_another_occasion_or_body_nobody_is_named(occasions: Answerer, question: str, names: list[str]) -> None:
    held = answer_office(occasions.ask(Question(question)))
    assert held is not None
    assert [piece.text for piece in held.pieces] == names
