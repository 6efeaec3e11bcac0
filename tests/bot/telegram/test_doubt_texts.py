"""Whatever is doubtful about a document that can be read is told in Vietnamese."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from bot.telegram.doubt_texts import UNTOLD, doubt_in_vietnamese
from corpus.readers.unread_sentences import unread_of

CORPUS = Path(__file__).parents[3] / "corpus"
ROOMS = (
    "folder/doubts.py",
    "intake/received.py",
    "library/recognising.py",
    "plausibility.py",
    "readers",
)
NO_DOUBTS = ("It was there", "Its text is there already", "Only what surrounds", "What came has", "The same ")
"""Sentences of the same look that say what became of a document; they are told by other words."""
ENGLISH = {"is", "it", "its", "the", "are", "was", "were", "page", "pages", "others", "not", "read", "of"}


def sentences() -> Iterator[str]:
    """Every sentence that a reader of documents may have to say, each gap filled with a 7."""
    for room in ROOMS:
        for path in sorted([CORPUS / room] if room.endswith(".py") else (CORPUS / room).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            nodes = {id(part) for node in ast.walk(tree) if _is_other(node) for part in ast.walk(node)}
            for node in ast.walk(tree):
                if id(node) not in nodes:
                    for text in _texts(node, tree):
                        if text.endswith(".") and " " in text and text[0] in "ACIHLMNOST17{":
                            yield text


def _is_other(node: ast.AST) -> bool:
    """Whether a part of a program holds texts that are no such sentence: docstrings, errors, patterns, pieces."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile":
        return True
    return isinstance(node, ast.FormattedValue) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith("Error")
    )


def _texts(node: ast.AST, tree: ast.Module) -> list[str]:
    """The texts an expression may have as its value; of a name, those it was given last above."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, tree), *_texts(node.orelse, tree)]
    if isinstance(node, ast.BinOp):
        return ["".join(pair) for pair in product(_texts(node.left, tree) or ["7"], _texts(node.right, tree) or ["7"])]
    if isinstance(node, ast.JoinedStr):
        return ["".join(parts) for parts in product(*(_part(value, tree) for value in node.values))]
    return []


def _part(value: ast.expr, tree: ast.Module) -> list[str]:
    if isinstance(value, ast.Constant):
        return [str(value.value)]
    assert isinstance(value, ast.FormattedValue)
    name = value.value.id if isinstance(value.value, ast.Name) and value.value.id in {"what", "said"} else ""
    given = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and node.lineno < value.lineno
        and any(isinstance(one, ast.Name) and one.id == name for one in node.targets)
    ]
    return _texts(max(given, key=lambda node: node.lineno).value, tree) if given else ["7"]


FOUND = sorted({text for text in sentences() if not text.startswith(NO_DOUBTS)})


def test_the_sentences_are_found() -> None:
    assert len(FOUND) > 50
    assert any("recognised on" in text for text in FOUND)
    assert any("attached files are not read" in text for text in FOUND)


@pytest.mark.parametrize("sentence", FOUND)
def test_every_doubt_has_vietnamese_words(sentence: str) -> None:
    told = doubt_in_vietnamese(sentence.replace("{}", "7"))
    assert not told.startswith(UNTOLD.partition("{")[0]), told
    assert not ENGLISH & set(told.lower().replace(",", " ").split()), told


def test_the_numbers_and_names_are_kept() -> None:
    assert doubt_in_vietnamese(
        "3 attached files are not read; the text itself may be in it: a.pdf, b.doc and others."
    ) == ("chưa đọc 3 tệp đính kèm, có thể nội dung nằm trong đó: a.pdf, b.doc…")
    assert doubt_in_vietnamese("It is nearly the same text as ke-hoach-5 (97%).") == (
        "nội dung gần trùng với ke-hoach-5 (giống 97%)"
    )
    counts = {"pictures": 1, "comments": 2}
    assert [doubt_in_vietnamese(part.sentence) for part in unread_of(counts)] == [
        "chưa đọc 1 ảnh",
        "chưa đọc 2 ý kiến ghi bên lề",
    ]


def test_a_doubt_about_a_file_in_a_file_is_told_with_its_name() -> None:
    assert doubt_in_vietnamese("phu luc.docx: 1 chart is not read.") == "phu luc.docx: chưa đọc 1 biểu đồ"


def test_an_unknown_doubt_is_told_as_it_is() -> None:
    assert doubt_in_vietnamese("Strange: things happened.") == UNTOLD.format(sentence="Strange: things happened.")
