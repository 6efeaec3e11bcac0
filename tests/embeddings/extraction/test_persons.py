"""Where persons are named."""

import pytest

from embeddings.extraction.persons import persons


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Giám đốc Sở Tài nguyên và Môi trường Nguyễn Văn Thìn phát biểu", ["Nguyễn Văn Thìn"]),
        ("học sinh trường Nguyễn Văn Thìn", []),
        ("hội nghị yêu cầu Trần Văn An báo cáo", ["Trần Văn An"]),
        ("qua cầu Nguyễn Văn Trỗi", []),
    ],
)
def test_what_stands_before_a_name(text: str, names: list[str]) -> None:
    assert [text[start:end] for start, end in persons(text)] == names
