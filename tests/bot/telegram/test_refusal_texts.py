"""Every reason for which a document is not taken in is told in Vietnamese."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram.refusal_texts import UNTOLD, in_vietnamese

CORPUS = Path(__file__).parents[3] / "corpus"
ROOMS = ("cleaning.py", "folder", "intake", "plausibility.py", "readers")
RAISED = ("UnreadableError", "FetchError")
FILLED = "a PDF"
"""Stands for what is filled in: mostly a kind of file, and as good as a number or a name elsewhere."""


def reasons() -> Iterator[str]:
    """What the readers of documents raise, and return to be raised."""
    for room in ROOMS:
        for path in sorted([CORPUS / room] if room.endswith(".py") else (CORPUS / room).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
                    yield from _texts(node.args[0])
                elif isinstance(node, ast.Return | ast.Assign) and node.value is not None:
                    yield from (text for text in _texts(node.value) if text.startswith(("it is ", "it holds ")))


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts an expression may have as its value, as far as they can be seen."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from _texts(value)


FOUND = sorted(
    {
        text.replace("it is 7", f"it is {FILLED}").replace("and 7", "and it is empty")  # a reason within a reason
        for text in reasons()
    }
)


def test_the_reasons_are_found() -> None:
    assert len(FOUND) > 80


@pytest.mark.parametrize("reason", FOUND)
def test_every_reason_has_vietnamese_words(reason: str) -> None:
    told = in_vietnamese(f"The file is skipped: {reason}.")
    assert not told.startswith(UNTOLD.partition("{")[0]), told
    assert not {"is", "it", "its", "the"} & set(told.split()), told


def test_what_is_told_says_what_to_do() -> None:
    assert in_vietnamese("The file is skipped: it is an encrypted PDF; save it without a password.") == (
        "tệp có mật khẩu; vui lòng lưu lại không đặt mật khẩu"
    )
    assert in_vietnamese(
        "The file is skipped: it is a Word document (.docx), whatever its name says; name it .docx."
    ) == ("tệp thật ra là tệp Word; vui lòng đổi đuôi tên thành .docx")
    assert in_vietnamese("The address is not fetched: the server answers 404 (Not Found).") == (
        "không có trang này (mã 404)"
    )
    assert in_vietnamese("The address is not fetched: it leads on to 'http://a.vn/', and there is no host a.vn.") == (
        "địa chỉ chuyển tới http://a.vn/, mà không có trang nào tên a.vn"
    )


def test_an_unknown_reason_is_kept_for_who_looks_after_the_machine() -> None:
    assert in_vietnamese("Strange things happened.") == UNTOLD.format(sentence="Strange things happened.")
