"""Texts that programs have spoilt in known ways: mended where that is beyond doubt, left alone otherwise."""

import base64
import json
import quopri
from pathlib import Path

import pytest

from corpus.errors import UnreadableError
from corpus.folder.reading_folder import DEFAULT_DOCUMENTS
from corpus.mending import mend_lines, mend_text
from corpus.readers.registry import read_bytes
from tests.corpus.readers.test_cases_pdf import CASES

NOTICE = (
    "Thông báo về việc thu quỹ phòng chống thiên tai năm 2024\n\n"
    "Ủy ban nhân dân xã Tân Hòa thông báo mức thu quỹ phòng chống thiên tai năm 2024 đối với người lao động trong xã "
    "là 15.000 đồng một người.\n\n"
    "Người khuyết tật, sinh viên và thành viên hộ nghèo được miễn đóng góp; thời hạn nộp chậm nhất là ngày 31 tháng 7."
)
SPOILT = {
    "quoted-printable": quopri.encodestring(NOTICE.encode()).decode(),
    "base64": base64.encodebytes(NOTICE.encode()).decode(),
    "json escapes": json.dumps(NOTICE)[1:-1],
    "entities": "".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in NOTICE),
    "entities twice": "".join(letter if letter.isascii() else f"&amp;#{ord(letter)};" for letter in NOTICE),
    "letters doubled": "".join(letter * 2 if letter.strip() else letter for letter in NOTICE),
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_was_done_to_a_whole_text_is_undone_and_told(how: str) -> None:
    assert mend_text(SPOILT[how]) == NOTICE
    page = read_bytes("a.txt", SPOILT[how].encode())
    assert "\n\n".join((page.title, *page.paragraphs)) == NOTICE
    assert any("has been mended" in sentence for sentence in page.warnings)


@pytest.mark.parametrize("lossy", [False, True])
def test_text_encoded_twice_is_mended(lossy: bool) -> None:
    raw = (CASES / "txt-double-utf8" / "thong-bao.txt").read_bytes()
    if lossy:  # an editor has made plain spaces of those that do not break
        raw = raw.decode().replace("\u00a0", " ").encode()
    page = read_bytes("a.txt", raw)
    assert page.title == "Thông báo về việc thu quỹ phòng chống thiên tai năm 2024"
    assert page.paragraphs[0].startswith("Ủy ban nhân dân xã Tân Hòa thông báo mức thu quỹ phòng chống thiên tai")
    assert page.paragraphs[0].endswith("là 15.000 đồng một người.")
    assert page.warnings == ("It was spoilt by being encoded twice or otherwise, and has been mended; look it over.",)


@pytest.mark.parametrize(
    ("spelled", "meant"),
    [
        ("Q U Y Ế T   Đ Ị N H", "QUYẾT ĐỊNH"),
        ("Q U Y Ế T Đ Ị N H", "QUYẾT ĐỊNH"),
        ("V ề v i ệ c k h e n t h ư ở n g", "Về việc khen thưởng"),
        ("H À N Ộ I , n g à y", "HÀ NỘI, ngày"),
    ],
)
def test_words_spelled_letter_by_letter_are_put_together(spelled: str, meant: str) -> None:
    assert mend_lines(f"Một dòng\n{spelled}\nMột dòng") == f"Một dòng\n{meant}\nMột dòng"


@pytest.mark.parametrize(
    "text",
    [
        "1 2 3 4 5 6 7",
        "a b c d e f",
        "C A B D A B C",
        "XÃ\u00a0AN HÒA",
        "«Sao mà vui quá»",
        "Câu hỏi: a) b) c) d) đ) e)",
    ],
)
def test_what_only_looks_spoilt_is_left_alone(text: str) -> None:
    assert mend_lines(text) == text
    assert mend_text(text) == text


@pytest.mark.parametrize("path", sorted(DEFAULT_DOCUMENTS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_five_articles_are_left_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert mend_lines(mend_text(text)) == text


def test_codes_in_place_of_text_are_refused() -> None:
    code = base64.encodebytes(bytes(range(256)) * 20).decode()
    with pytest.raises(UnreadableError, match="base64"):
        read_bytes("a.txt", f"Công văn số 12\n{code}".encode())
