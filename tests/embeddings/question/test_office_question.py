"""Questions for who holds an office and for the offices that somebody holds."""

import pytest

from embeddings.index.office_records import OfficeDirectory
from embeddings.question.office_question import OfficeAsked, read_office_claim, read_office_question

TEXT = "Đồng chí Lê Văn An, Phó Bí thư Đảng ủy Khối các cơ quan tỉnh; đồng chí Trần Thị Nhân, Chủ tịch HĐND tỉnh dự."
DIRECTORY = OfficeDirectory.read_out([("a", TEXT, "2020-01-10")])


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Chủ tịch HĐND tỉnh Thái Nguyên là ai?", "Chủ tịch HĐND tỉnh Thái Nguyên"),
        ("chủ tịch hội đồng nhân dân tỉnh là ai", "chủ tịch hội đồng nhân dân tỉnh"),  # `nhân` is nobody's name here
        ("phó bí thư đảng ủy khối năm 2014 là ai", "phó bí thư đảng ủy khối"),
        ("ai là Giám đốc Sở Y tế", "Giám đốc Sở Y tế"),
        ("chủ tịch ubnd xã yên sậy là ai", "chủ tịch ubnd xã yên sậy"),
        ("ai làm Trưởng ban Công nhân và đô thị Trung ương Đoàn", "Trưởng ban Công nhân và đô thị Trung ương Đoàn"),
    ],
)
def test_holders(question: str, office: str) -> None:
    read = read_office_question(question, DIRECTORY)
    assert read is not None
    assert read.asked is OfficeAsked.HOLDER
    assert read.office is not None
    assert question[read.office.start : read.office.end] == office


def test_offices_of_a_person() -> None:
    read = read_office_question("ông Lê Văn An giữ chức gì?", DIRECTORY)
    assert read is not None
    assert (read.asked, read.persons) == (OfficeAsked.OFFICE, {"le van an"})
    besides = read_office_question("ông Lê Văn An ngoài Phó Bí thư Đảng ủy Khối còn giữ chức gì nữa", DIRECTORY)
    assert besides is not None
    assert besides.asked is OfficeAsked.OFFICE


def test_who_came_after_somebody() -> None:
    read = read_office_question("ai thay ông Lê Văn An làm Phó Bí thư Đảng ủy Khối", DIRECTORY)
    assert read is not None
    assert (read.asked, read.persons) == (OfficeAsked.HOLDER, {"le van an"})


@pytest.mark.parametrize(
    "question",
    [
        "hội nghị họp ở đâu?",
        "Chủ tịch UBND tỉnh phát biểu khi nào?",
        "những tổ chức nào được nêu theo đồng chí Lê Văn An?",  # `tổ chức` is no `chức`
        "đồng chí Lê Văn An nhắc đến tổ chức nào?",
        "đồng chí Lê Văn An trả lời các câu hỏi ở đâu?",
        "ông Lê Văn An làm Phó Bí thư Đảng ủy Khối từ năm nào?",
        "bà Trần Thị Nhân làm gì ở tọa đàm?",
        "",
    ],
)
def test_no_question_for_an_office(question: str) -> None:
    assert read_office_question(question, DIRECTORY) is None


@pytest.mark.parametrize(
    "question",
    [
        "Lê Văn An là Bí thư Đảng ủy Khối à",
        "anh Lê Văn An có phải Bí thư Đảng ủy Khối không",
        "Bí thư Đảng ủy Khối năm 2014 là ông Lê Văn An phải không",
    ],
)
def test_a_claim(question: str) -> None:
    claim = read_office_claim(question, DIRECTORY)
    assert claim is not None
    assert claim.persons == {"le van an"}
    assert not claim.office.office.deputy


def test_what_else_somebody_is_asks_for_no_body_and_what_somebody_does_at_a_meeting_for_no_office() -> None:
    besides = read_office_question("le van an ngoai pho bi thu dang uy khoi con la gi", DIRECTORY)
    assert besides is not None
    assert besides.asked is OfficeAsked.OFFICE
    assert read_office_question("Lê Văn An làm gì ở tọa đàm", DIRECTORY) is None
    plain = read_office_question("Lê Văn An làm gì ở tỉnh", DIRECTORY)
    assert plain is not None
    assert plain.asked is OfficeAsked.OFFICE
