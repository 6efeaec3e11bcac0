"""Questions that compare, taken apart into one for each side."""

import pytest

from embeddings.question.comparison import read_comparison


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "số lượt tiếp dân quý II/2022 so với quý I ở huyện tăng hay giảm?",
            ("số lượt tiếp dân quý II/2022 ở huyện là bao nhiêu", "số lượt tiếp dân quý I ở huyện là bao nhiêu"),
        ),
        (
            "mức vay tối đa của quỹ năm 2021 và 2022 khác nhau thế nào",
            ("mức vay tối đa của quỹ năm 2021 là bao nhiêu", "mức vay tối đa của quỹ năm 2022 là bao nhiêu"),
        ),
        (
            "ông Ma Văn Khởi năm 2019 và năm 2022 giữ chức gì",
            ("ông Ma Văn Khởi năm 2019 giữ chức gì", "ông Ma Văn Khởi năm 2022 giữ chức gì"),
        ),
        (
            "năm 2021 số văn bản góp ý nhiều hơn hay số hội nghị phản biện nhiều hơn",
            ("năm 2021 số văn bản góp ý là bao nhiêu", "năm 2021 số hội nghị phản biện là bao nhiêu"),
        ),
        (
            "ở xã An Hòa số hộ trồng chè hay trồng quế nhiều hơn?",
            ("ở xã An Hòa số hộ trồng chè là bao nhiêu", "ở xã An Hòa số hộ trồng quế là bao nhiêu"),
        ),
        (
            "kết quả thi bơi năm 2031: số em đạt hay trượt đông hơn",
            ("kết quả thi bơi năm 2031: số em đạt là bao nhiêu", "kết quả thi bơi năm 2031: số em trượt là bao nhiêu"),
        ),
    ],
)
def test_what_is_told_of_either_side(question: str, parts: tuple[str, str]) -> None:
    found = read_comparison(question)
    assert found is not None
    assert (found.questions, found.chooses) == (parts, False)


@pytest.mark.parametrize(
    ("question", "sides", "first"),
    [
        ("Lê An hay Trần Bình là Bí thư Huyện ủy?", ("Lê An", "Trần Bình"), "Lê An là Bí thư Huyện ủy"),
        ("le an voi tran binh ai la bi thu", ("le an", "tran binh"), "le an la bi thu"),
        (
            "Chỉ thị 18/2000 với Quy định 11-QĐi/TW, cái nào của Thủ tướng",
            ("Chỉ thị 18/2000", "Quy định 11-QĐi/TW"),
            "Chỉ thị 18/2000 của Thủ tướng",
        ),
        (
            "Sở Y tế với Sở Nội vụ, sở nào được nêu là có khẩu hiệu",
            ("Sở Y tế", "Sở Nội vụ"),
            "Sở Y tế được nêu là có khẩu hiệu",
        ),
        (
            "tọa đàm 2017 hay diễn đàn trẻ 2019 họp buổi chiều",
            ("tọa đàm 2017", "diễn đàn trẻ 2019"),
            "tọa đàm 2017 họp buổi chiều",
        ),
        ("ở Hà Khê, Lê An hay Trần Bình chủ trì", ("Lê An", "Trần Bình"), "Lê An chủ trì ở Hà Khê"),
        (
            "tà đạo được nhắc trong bài hội nghị đầu năm 2022 hay bài tọa đàm 2017",
            ("hội nghị đầu năm 2022", "tọa đàm 2017"),
            "tà đạo được nhắc trong hội nghị đầu năm 2022",
        ),
        ("khẩu hiệu ấy là của năm dân vận 2014 hay 2019", ("năm dân vận 2014", "năm dân vận 2019"), None),
    ],
)
def test_one_side_is_the_answer(question: str, sides: tuple[str, str], first: str | None) -> None:
    found = read_comparison(question)
    assert found is not None
    assert (found.sides, found.chooses) == (sides, True)
    assert first is None or found.questions[0] == first


@pytest.mark.parametrize(
    "question",
    [
        "ai chủ trì hội nghị năm 2019",
        "hội nghị họp ngày nào và ai chủ trì",
        "từ năm 2019 đến năm 2022 xã làm đường",
        "vậy đến năm 2023 ai làm bí thư",
        "bà con ở khối tỉnh hiểu nông hay sâu",
        "hội nghị có họp ở Hải Phòng hay không",
    ],
)
def test_no_comparison(question: str) -> None:
    assert read_comparison(question) is None


def test_those_that_somebody_works_with_are_no_second_side() -> None:
    assert read_comparison("Hội Nông dân và Hội Phụ nữ xã nào tổ chức hội thi nấu ăn") is None
    assert read_comparison("đại hội ngày 25 và 26/8/2025 bầu ai làm chủ tịch") is None
    assert read_comparison("Đảng ủy Khối phối hợp với những ai để chỉ đạo thực hiện Chỉ thị 18") is None


@pytest.mark.parametrize(
    ("question", "sides", "by_number"),
    [
        (
            "doanh nghiệp ký cam kết ở huyện Bình An hay thành phố Sông Lô nhiều hơn",
            ("huyện Bình An", "thành phố Sông Lô"),
            1,
        ),
        ("tiền thưởng của Tổ Một với Tổ Hai, bên nào thấp hơn", ("Tổ Một", "Tổ Hai"), -1),
        ("xã Đoài với xã Hạ, xã nào thu ngân sách nhiều hơn", ("xã Đoài", "xã Hạ"), 1),
        ("Tổ Hai với Tổ Một bên nào có doanh nghiệp nhỏ và vừa nhiều hơn", ("Tổ Hai", "Tổ Một"), 1),
        ("hội viên Hội Người cao tuổi năm 2020 hay năm 2021 ít hơn", ("năm 2020", "năm 2021"), -1),
        ("mức vay tối đa của quỹ năm 2021 và 2022 khác nhau thế nào", ("năm 2021", "năm 2022"), 0),
        ("2009 hay 2013 hòa giải thành đạt cao hơn", ("năm 2009", "năm 2013"), 1),
        ("năm 2020 và năm 2021 năm nào số mô hình ít hơn", ("năm 2020", "năm 2021"), -1),
        ("Hải Trung với Tân Thiện phường nào điểm cao hơn", ("Hải Trung", "Tân Thiện"), 1),
        ("bà Lựu với ông Mlô ai được hỗ trợ nhiều tháng lương cơ sở hơn", ("bà Lựu", "ông Mlô"), 1),
        ("Đoàn Một với Đoàn Hai, đoàn nào đi trước", ("Đoàn Một", "Đoàn Hai"), -1),
        ("giữa Chỉ thị 18 với Quy định 11 thì văn bản nào cũ hơn", ("Chỉ thị 18", "Quy định 11"), -1),
        ("ở Bình An Lê Văn Bé hay Vũ Thị Hoa đọc đề dẫn", ("ở Bình An Lê Văn Bé", "Vũ Thị Hoa"), 0),
        ("tọa đàm bàn giải pháp là hồi 2017 hay 2020", ("2017", "2020"), 0),
        ("Đoàn Một với Đoàn Hai, đoàn nào ra đời muộn hơn", ("Đoàn Một", "Đoàn Hai"), 1),
    ],
)
def test_which_side_has_more(question: str, sides: tuple[str, str], by_number: int) -> None:
    found = read_comparison(question)
    assert found is not None
    assert (found.sides, found.by_number) == (sides, by_number)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("bà Lựu với ông Mlô ai được hỗ trợ nhiều tháng lương hơn", "bà Lựu được hỗ trợ bao nhiêu tháng lương"),
        ("năm 2020 và năm 2021 năm nào số mô hình ít hơn", "năm 2020 số mô hình bao nhiêu"),
        ("Đoàn Một với Đoàn Hai, đoàn nào đi trước", "Đoàn Một đi ngày nào"),
        ("tiền thưởng của Tổ Một với Tổ Hai, bên nào thấp hơn", "tiền thưởng của Tổ Một bao nhiêu"),
        ("Tiền thưởng xã Đông năm 2021 hay năm 2022 cao hơn", "Tiền thưởng xã Đông năm 2021 bao nhiêu"),
    ],
)
def test_what_is_asked_of_the_first_side(question: str, asked: str) -> None:
    found = read_comparison(question)
    assert found is not None
    assert found.questions[0] == asked
