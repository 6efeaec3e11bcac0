"""Units merged in 2025, asked for by a name that no document has."""

import re

import pytest

from embeddings.question.merged_units import _table, renamed, replaced

_KIND = re.compile("(?:tỉnh|thành phố|phường|xã|thị trấn|đặc khu) ", re.IGNORECASE)


def ask(question: str, *known: str) -> tuple[str, list[str]]:
    found = renamed(question, known.__contains__)
    return replaced(question, found, question), [one.sentence for one in found]


@pytest.mark.parametrize(
    ("question", "known", "read"),
    [
        ("Tỉnh Hải Dương có bao nhiêu xã?", "Hải Phòng", "thành phố Hải Phòng có bao nhiêu xã?"),
        ("Hải Dương có bao nhiêu xã?", "Hải Phòng", "thành phố Hải Phòng có bao nhiêu xã?"),
        ("xa song xoai co may truong", "Tân Thành", "phường Tân Thành co may truong"),
        ("phường Thanh Bình cũ nộp hồ sơ ở đâu", "Lê Thanh Nghị", "phường Lê Thanh Nghị nộp hồ sơ ở đâu"),
        ("phường Lê Thanh Nghị có mấy tổ", "Trần Phú", "phường Trần Phú có mấy tổ"),
        ("Thành phố Hải Phòng có gì", "Hải Dương", "tỉnh Hải Dương có gì"),
    ],
)
def test_a_unit_is_found_by_its_other_name(question: str, known: str, read: str) -> None:
    text, (sentence,) = ask(question, known)
    assert text == read
    assert "01/07/2025" in sentence


@pytest.mark.parametrize(
    ("question", "known"),
    [
        ("Tỉnh Hải Dương có bao nhiêu xã?", ("Hải Dương", "Hải Phòng")),
        ("Tỉnh Hải Dương có bao nhiêu xã?", ("Thái Nguyên",)),
        ("đời sống hòa bình ra sao", ("Phú Thọ",)),
        ("phường Hải Dương có gì", ("Hải Phòng",)),
        ("xã Sóng Xoài có gì", ("Tân Thành",)),
        ("", ("Hải Phòng",)),
    ],
)
def test_what_documents_name_and_what_no_unit_is_stays(question: str, known: tuple[str, ...]) -> None:
    assert ask(question, *known) == (question, [])


def test_a_reading_without_marks_is_put_in_the_same_names() -> None:
    found = renamed("tỉnh Hải Dương có gì", {"Hải Phòng"}.__contains__)
    assert replaced("tinh hai duong co gi", found, "tỉnh Hải Dương có gì") == "thành phố Hải Phòng co gi"
    assert replaced("có gì", found, "tỉnh Hải Dương có gì") == "có gì"


def test_the_table_is_that_of_the_resolutions() -> None:
    units = [unit for group in _table().values() for unit in group]
    provinces = [unit for unit in units if not unit.former and unit.name.startswith(("Tỉnh ", "Thành phố "))]
    assert len({unit.name for unit in provinces}) == 23  # of the 34, those made of several
    gone = {name for unit in provinces for name in unit.counterparts}
    assert len(gone) == 63 - 34


def test_units_of_every_kind_can_be_asked_for() -> None:
    kinds = {unit.name.split()[0] + " ": unit for units in _table().values() for unit in units}
    assert "Đặc " in kinds
    for unit in kinds.values():
        assert len(renamed(f"{unit.name} ở đâu", lambda _: True)) == 0
        renamed(f"{unit.name} ở đâu", lambda _: False)


def test_names_of_the_table_are_found_and_those_of_provinces_without_what_they_are_too() -> None:
    asked = 0
    for place, units in enumerate(_table().values()):
        unit = units[0]
        is_province = unit.name.startswith(("Tỉnh ", "Thành phố "))
        bare = _KIND.sub("", unit.name)
        elsewhere = [other for other in unit.counterparts if not other.endswith(bare)]
        if len(units) > 1 or not elsewhere or len(unit.counterparts) > 3 or (place % 5 and not is_province):
            continue
        for name in (unit.name, unit.name.lower(), *([bare] if is_province else [])):
            assert renamed(f"hỏi về {name} có gì", lambda other, bare=bare: other != bare), name  # type: ignore[misc]
            asked += 1
    assert asked > 200


@pytest.mark.parametrize(
    ("question", "known", "former"),
    [
        ("Tỉnh Bắc Kạn có gì", "Thái Nguyên", True),
        ("phường Thanh Bình nộp hồ sơ ở đâu", "Lê Thanh Nghị", True),
        ("Thành phố Hải Phòng có gì", "Hải Dương", False),
    ],
)
def test_a_name_of_before_is_told_from_one_of_today(question: str, known: str, former: bool) -> None:
    (one,) = renamed(question, {known}.__contains__)
    assert one.former is former
