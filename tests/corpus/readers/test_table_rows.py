"""Tables as rows with their columns' names: heads found, groups and merged cells, records, what is no data."""

import pytest

from corpus.readers.table_rows import Grid, is_data, row_texts

POOR = [
    ["STT", "Tên xã", "Số hộ nghèo", "Tỷ lệ (%)"],
    ["1", "Tân Hòa", "47", "4,7"],
    ["2", "Kim Long", "77", "2,6"],
]


def texts(*rows: list[str], heads: int | None = None, repeated: set[tuple[int, int]] | None = None) -> list[str]:
    return [row.text for row in row_texts(Grid(list(rows), heads, repeated or set()))]


def test_each_row_says_what_its_cells_are() -> None:
    rows = row_texts(Grid(POOR))
    assert [row.text for row in rows] == [
        "STT: 1 | Tên xã: Tân Hòa | Số hộ nghèo: 47 | Tỷ lệ (%): 4,7",
        "STT: 2 | Tên xã: Kim Long | Số hộ nghèo: 77 | Tỷ lệ (%): 2,6",
    ]
    assert [(cell.column, rows[1].text[cell.start : cell.end]) for cell in rows[1].cells] == [
        ("STT", "2"),
        ("Tên xã", "Kim Long"),
        ("Số hộ nghèo", "77"),
        ("Tỷ lệ (%)", "2,6"),
    ]


def test_heads_of_two_rows_and_numbers_of_columns() -> None:
    rows = [
        ["TT", "Xã", "Trẻ dưới 1 tuổi", "Trẻ dưới 1 tuổi"],
        ["TT", "Xã", "Tiêm đủ", "Hoãn"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["1", "Tân Hòa", "91", "6"],
    ]
    repeated = {(1, 0), (1, 1), (0, 3)}
    assert texts(*rows, repeated=repeated) == [
        "TT: 1 | Xã: Tân Hòa | Trẻ dưới 1 tuổi, Tiêm đủ: 91 | Trẻ dưới 1 tuổi, Hoãn: 6"
    ]


def test_rows_that_name_a_group_stand_before_each_of_its_rows() -> None:
    rows = [POOR[0], ["I", "Vùng cao", "", ""], POOR[1], ["II", "Vùng thấp", "", ""], POOR[2]]
    assert texts(*rows) == [
        "I Vùng cao | STT: 1 | Tên xã: Tân Hòa | Số hộ nghèo: 47 | Tỷ lệ (%): 4,7",
        "II Vùng thấp | STT: 2 | Tên xã: Kim Long | Số hộ nghèo: 77 | Tỷ lệ (%): 2,6",
    ]


def test_years_as_heads() -> None:
    assert texts(["Chỉ tiêu", "2019", "2020"], ["Số hộ nghèo", "120", "98"], ["Số hộ khá", "40", "52"]) == [
        "Chỉ tiêu: Số hộ nghèo | 2019: 120 | 2020: 98",
        "Chỉ tiêu: Số hộ khá | 2019: 40 | 2020: 52",
    ]


def test_a_record_says_what_its_labels_name() -> None:
    rows = [["Số ký hiệu", "45/QĐ-UBND"], ["Ngày ban hành", "09/02/2024"], ["Người ký", "Võ Minh Khang"]]
    assert texts(*rows) == ["Số ký hiệu: 45/QĐ-UBND", "Ngày ban hành: 09/02/2024", "Người ký: Võ Minh Khang"]


def test_a_list_of_people_has_its_heads() -> None:
    rows = [["Họ và tên", "Chức vụ"], ["Lê Thị Mận", "Phó Chủ tịch"], ["Võ Minh Khang", "Chủ tịch"]]
    assert texts(*rows) == [
        "Họ và tên: Lê Thị Mận | Chức vụ: Phó Chủ tịch",
        "Họ và tên: Võ Minh Khang | Chức vụ: Chủ tịch",
    ]


def test_a_cell_merged_downwards_is_said_in_each_of_its_rows() -> None:
    rows = [["Huyện", "Xã", "Số hộ"], ["Minh Phú", "Tân Hòa", "12"], ["Minh Phú", "Kim Long", "15"]]
    assert texts(*rows, repeated={(2, 0)})[1] == "Huyện: Minh Phú | Xã: Kim Long | Số hộ: 15"


def test_heads_the_file_marks_are_believed_and_empty_cells_left_out() -> None:
    assert texts(["1", "2"], ["a", ""], ["", "b"], heads=1) == ["1: a", "2: b"]


def test_heads_repeated_below_are_not_rows() -> None:
    assert len(texts(*POOR, POOR[0], ["3", "An Khê", "68", "3,8"])) == 3


@pytest.mark.parametrize(
    "rows",
    [
        [["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Số: 12/QĐ-UBND", "Tân Hòa, ngày 2 tháng 3"]],
        [["Nơi nhận: - Như trên", "TM. ỦY BAN NHÂN DÂN"], ["- Lưu: VT", "Võ Minh Khang"]],
        [["Một khung quanh cả trang"]],
        [["Mục", "Một đoạn văn dài. " * 100], ["Mục", "Một đoạn văn nữa."]],
    ],
)
def test_what_lays_out_a_page_is_no_data(rows: list[list[str]]) -> None:
    assert not is_data(Grid(rows))


def test_data_is_data() -> None:
    assert is_data(Grid(POOR))
