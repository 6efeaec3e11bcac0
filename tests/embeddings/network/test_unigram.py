"""The tokenizer gives what the library's own gives for the same vocabulary, token by token."""

from pathlib import Path
from typing import Never

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Encoding, Tokenizer

from corpus.folder.reading_folder import DEFAULT_DOCUMENTS
from corpus.vietnamese import fold
from embeddings.network.bundled_weights import build_tokenizer, open_weights
from embeddings.network.unigram import UnigramTokenizer

ODD = [
    "",
    " ",
    "▁",
    "▁▁ ▁a",
    "<s> </s> <unk> <pad>",
    "\u200b\u200b",
    "\ufdfa" * 10,
    "漢字かな交じり文 😀😀👨‍👩‍👧 ok",
    "\U000e0001\U0010ffff ab \U000e0001",
    "e\u0302\u0301 nfd",
    "½ ﬁ ㎏ Å",
    "\x00\x01 a\tb\r\nc",
    "không \u00a0  gian  ",
    "30/2020/NĐ-CP",
    "x" * 3000,
]


@pytest.fixture(scope="module")
def both() -> tuple[UnigramTokenizer, Tokenizer]:
    vocabulary = open_weights().vocabulary
    return UnigramTokenizer.of(vocabulary), build_tokenizer(vocabulary)


def seen(encoding: Encoding) -> tuple[list[int], list[tuple[int, int]], list[str], list[int]]:
    return encoding.ids, encoding.offsets, encoding.tokens, encoding.special_tokens_mask


@pytest.mark.parametrize("number", range(len(ODD)))
def test_odd_texts(both: tuple[UnigramTokenizer, Tokenizer], number: int) -> None:
    ours, theirs = both
    assert seen(ours.encode(ODD[number])) == seen(theirs.encode(ODD[number]))


def test_documents_with_marks_and_without(both: tuple[UnigramTokenizer, Tokenizer]) -> None:
    ours, theirs = both
    for path in DEFAULT_DOCUMENTS.glob("*.txt"):
        for text in (path.read_text("utf-8"), fold(path.read_text("utf-8"))):
            assert seen(ours.encode(text)) == seen(theirs.encode(text))
            alone = ours.encode(text, add_special_tokens=False)
            assert seen(alone) == seen(theirs.encode(text, add_special_tokens=False))


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text(both: tuple[UnigramTokenizer, Tokenizer], text: str) -> None:
    ours, theirs = both
    assert seen(ours.encode(text)) == seen(theirs.encode(text))


def test_what_is_remembered_of_a_text_is_told_again_with_and_without_special_tokens(
    both: tuple[UnigramTokenizer, Tokenizer],
) -> None:
    ours, theirs = both
    for text in [*ODD, *reversed(ODD), "đường " * 2000]:
        for special in (True, False, True):
            told = ours.encode(text, add_special_tokens=special)
            assert seen(told) == seen(theirs.encode(text, add_special_tokens=special))
            told.truncate(1)  # what a caller does to its encoding is nobody else's


def test_it_is_kept_and_read_again(both: tuple[UnigramTokenizer, Tokenizer], tmp_path: Path) -> None:
    ours, theirs = both
    ours.save(tmp_path)
    again = UnigramTokenizer.load(tmp_path)
    for text in ODD:
        assert seen(again.encode(text)) == seen(theirs.encode(text))


def test_ctrl_c_stays_ctrl_c(both: tuple[UnigramTokenizer, Tokenizer], monkeypatch: pytest.MonkeyPatch) -> None:
    def pressed(word: str) -> Never:
        raise KeyboardInterrupt

    ours = both[0]
    monkeypatch.setattr(ours, "_cut", pressed)
    with pytest.raises(KeyboardInterrupt):
        ours.encode("họp ở đâu, ai ngừng giữa chừng?")
