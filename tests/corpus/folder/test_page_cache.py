"""What pages are kept under: the code that read them (that they are kept and read again: `test_durability.py`)."""

from pathlib import Path

import pytest

from corpus.folder.page_cache import code_digest


@pytest.mark.parametrize("changed", ["cleaning.py", "readers/docx/docx_tables.py", "article/furniture/words.toml"])
def test_a_change_anywhere_in_the_code_has_every_page_read_anew(tmp_path: Path, changed: str) -> None:
    for name in ("cleaning.py", "readers/docx/docx_tables.py", "article/furniture/words.toml", "documents/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before")
    before = code_digest(tmp_path)
    (tmp_path / "documents" / "a.txt").write_text("after")
    assert code_digest(tmp_path) == before
    (tmp_path / changed).write_text("after")
    assert code_digest(tmp_path) != before


def test_a_module_that_moves_counts_as_changed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("same")
    before = code_digest(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert code_digest(tmp_path) != before
