"""What a page shows of an answer: quotes with dots where they were cut, the words that answer standing out."""

import pytest

from bot.web.pages.answer_view import Piece, Seen, _said
from corpus.models import Document, Passage

TEXT = "Năm 2020 có ý nghĩa đặc biệt, được chọn là “Năm dân vận khéo”, vì vậy cần đổi mới. Xã đã họp.\n- Một\n- Hai"


@pytest.mark.parametrize(
    ("quotes", "shown"),
    [
        (("được chọn là “Năm dân vận khéo”",), "… được chọn là “Năm dân vận khéo”"),
        (("Năm 2020 có ý nghĩa đặc biệt",), "Năm 2020 có ý nghĩa đặc biệt …"),
        (("có ý nghĩa đặc biệt", "Xã đã họp."), "… có ý nghĩa đặc biệt … […] Xã đã họp."),
        (("- Một",), "- Một"),
        (("Hai",), "… Hai"),
        ((TEXT,), " ".join(TEXT.split())),
        (("không có trong đoạn",), "không có trong đoạn"),
    ],
)
def test_dots_stand_where_a_sentence_was_cut(quotes: tuple[str, ...], shown: str) -> None:
    document = Document("a", "A", None, None, None, None, TEXT, "")
    seen = Seen(document, Passage("a" * 16, "a", 0, 0, len(TEXT), TEXT), quotes)
    assert "".join(piece.text for piece in _said(seen, [])) == shown
    first = quotes[0].split()[0]
    assert Piece(first, strong=True) in _said(seen, [first])
