"""What official documents say of themselves, and which of several hold."""

from corpus.models import Document, Official
from corpus.official.record import corrected, own_number, read_official
from corpus.official.standing import Status, standings

DECISION = "\n\n".join(
    (
        "ỦY BAN NHÂN DÂN",
        "XÃ TÂN HÒA",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Số: 45/QĐ-UBND",
        "Tân Hòa, ngày 09 tháng 02 năm 2024",
        "QUYẾT ĐỊNH",
        "Về việc thành lập Tổ hòa giải",
        "Điều 1. Thành lập Tổ hòa giải thôn Đông.",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.",
        "Nơi nhận:",
        "- Như Điều 1;",
        "- Lưu: VT.",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Võ Minh Khang",
    )
)


def _document(identity: str, title: str, text: str, published: str | None = None, **said: str) -> Document:
    official = read_official(title, text, published)
    official = corrected(official, said) if said else official
    return Document(identity, title, published, None, None, None, text, "", official=official)


def test_what_a_decision_says_of_itself_and_where() -> None:
    official = read_official("QUYẾT ĐỊNH Về việc thành lập Tổ hòa giải", DECISION, None)
    assert official is not None
    assert (official.number, official.kind, official.subject) == (
        "45/QĐ-UBND",
        "Quyết định",
        "Về việc thành lập Tổ hòa giải",
    )
    assert (official.agency, official.place, official.date) == ("ỦY BAN NHÂN DÂN XÃ TÂN HÒA", "Tân Hòa", "2024-02-09")
    assert (official.signer, official.office) == ("Võ Minh Khang", "Phó chủ tịch")
    assert official.recipients == ("Như Điều 1", "Lưu: VT")
    assert official.effective == "2024-02-09"
    said = {name: DECISION[start:end] for name, start, end in official.places}
    assert said == {
        "number": "45/QĐ-UBND",
        "subject": "Về việc thành lập Tổ hòa giải",
        "date": "ngày 09 tháng 02 năm 2024",
        "effective": "kể từ ngày ký",
        "signer": "Võ Minh Khang",
    }


def test_head_and_foot_are_told_from_what_the_document_says() -> None:
    official = read_official("", DECISION, None)
    assert official is not None
    assert DECISION[official.body :].startswith("QUYẾT ĐỊNH\n\nVề việc")
    assert official.foot == DECISION.index("Nơi nhận")
    assert official.frames(0, DECISION.index("Số: 45"))
    assert not official.frames(DECISION.index("Điều 1"), DECISION.index("Điều 2"))


def test_a_title_with_kind_and_number_is_enough_an_article_about_a_document_is_not() -> None:
    text = "Mức phụ cấp là 500.000 đồng một tháng."
    official = read_official("Nghị quyết số 27/2023/NQ-HĐND quy định mức phụ cấp", text, "2023-12-08")
    assert official is not None
    assert (official.number, official.subject, official.date) == (
        "27/2023/NQ-HĐND",
        "quy định mức phụ cấp",
        "2023-12-08",
    )
    assert read_official("Sơ kết 5 năm thực hiện Nghị quyết số 27/2023/NQ-HĐND", text, None) is None
    told = "Ngày 12/3/2019, Tỉnh ủy ban hành Quyết định số 45-QĐ/TU kèm theo Quy định về tiếp dân."
    official = read_official("Quyết định ban hành Quy định về tiếp dân", told, "2019-03-12")
    assert official is not None
    assert official.number == "45-QĐ/TU"


OLD = "Mức phụ cấp là 300.000 đồng. Nghị quyết này có hiệu lực từ ngày 01/8/2018."
NEW = (
    "Mức phụ cấp là 500.000 đồng. Nghị quyết này có hiệu lực từ ngày 01/01/2024 và thay thế Nghị quyết số "
    "11/2018/NQ-HĐND ngày 12 tháng 7 năm 2018."
)


def test_who_replaced_whom() -> None:
    documents = [
        _document("old", "Nghị quyết số 11/2018/NQ-HĐND về phụ cấp", OLD, "2018-07-12"),
        _document("new", "Nghị quyết số 27/2023/NQ-HĐND về phụ cấp", NEW, "2023-12-08"),
        _document("news", "Tin về phụ cấp", "Nghị quyết số 11/2018/NQ-HĐND đã được thực hiện."),
    ]
    known = standings(documents)
    assert set(known) == {"old", "new"}
    old = known["old"]
    assert (old.by, old.ended, old.over) == (("new",), "2024-01-01", Status.REPLACED)
    assert [old.on(day) for day in ("2018-01-01", "2023-12-31", "2024-01-01")] == [
        Status.NOT_YET,
        Status.IN_FORCE,
        Status.REPLACED,
    ]
    assert known["new"].replaces == ("old",)
    assert known["new"].on("2026-01-01") is Status.IN_FORCE


def test_a_number_of_another_date_or_kind_is_another_document() -> None:
    other_date = _document("a", "Nghị quyết số 11/2018/NQ-HĐND về phí", OLD, "2018-09-30")
    other_kind = _document("b", "Quyết định số 11/2018/QĐ-UBND về phí", OLD, "2018-07-12")
    new = _document("new", "Nghị quyết số 27/2023/NQ-HĐND về phụ cấp", NEW, "2023-12-08")
    assert standings([other_date, other_kind, new])["new"].replaces == ()


def test_what_an_admin_says_counts() -> None:
    old = _document("old", "Nghị quyết số 11/2018/NQ-HĐND", OLD, "2018-07-12", replaced_by="30/2025/NQ-HĐND")
    assert standings([old])["old"].by_number == "30/2025/NQ-HĐND"
    new = _document("new", "Nghị quyết số 27/2023/NQ-HĐND", "Mức mới.", "2023-12-08", replaces="11/2018/NQ-HĐND")
    assert standings([_document("old", "Nghị quyết số 11/2018/NQ-HĐND", OLD, "2018-07-12"), new])["old"].by == ("new",)
    expired = _document("x", "Nghị quyết số 5/2010/NQ-HĐND", OLD, "2010-01-01", expires="2015-12-31")
    assert standings([expired])["x"].on("2016-01-01") is Status.EXPIRED
    assert own_number(corrected(Official(), {"number": "45/QĐ-UBND"})) is not None
