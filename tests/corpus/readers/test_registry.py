"""What the program loads when it is only asked a question, and that readers of names agree."""

import subprocess
import sys
from dataclasses import asdict
from json import dumps, loads

import pytest

from corpus.from_json import document_from_json, passage_from_json
from corpus.models import Document
from corpus.readers.registry import read_bytes
from corpus.splitting import split

HEAVY = ("lxml", "trafilatura", "justext", "docx", "pypdfium2", "openpyxl", "pptx", "markdown_it")


def test_no_reader_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys, corpus.library.library, corpus.readers.registry; "
        "corpus.readers.registry.read_bytes('a.txt', 'Sáng nay, xã Nà Tấu họp dân tại nhà văn hóa.'.encode()); "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("suffix", [".txt", ".text", ".md", ".markdown", ".csv", ".tsv"])
def test_endings_in_capitals_count_too(suffix: str) -> None:
    raw = "Xã Nà Tấu họp dân\n\nSáng nay, xã Nà Tấu họp dân tại nhà văn hóa để bàn việc làm đường.".encode()
    assert read_bytes(f"A{suffix.upper()}", raw) == read_bytes(f"a{suffix}", raw)


def test_documents_and_passages_come_back_from_json_as_they_were() -> None:
    text = "Phần đầu\n\nMột câu nói ở trang một.\n\nMột câu nói ở trang hai."
    document = Document("a", "A", None, None, None, None, text, "0", ((0, 1), (36, 2)), ((0, "Phần đầu"),))
    assert document_from_json(loads(dumps(asdict(document)))) == document
    passages = split(document)
    assert [(passage.page, passage.heading) for passage in passages] == [(1, "Phần đầu"), (2, "Phần đầu")]
    assert [passage_from_json(loads(dumps(asdict(passage)))) for passage in passages] == passages
    old = {key: value for key, value in asdict(document).items() if key not in ("pages", "headings")}
    assert document_from_json(old).pages == ()
    with pytest.raises(TypeError):
        document_from_json({"id": "a"})


def test_ids_of_passages_do_not_depend_on_pages() -> None:
    text = "Một câu nói ở trang một.\n\nMột câu nói ở trang hai."
    plain = Document("a", "A", None, None, None, None, text, "0")
    paged = Document("a", "A", None, None, None, None, text, "0", ((0, 1), (26, 2)))
    assert [passage.id for passage in split(plain)] == [passage.id for passage in split(paged)]
