"""Halves of characters."""

import pytest

from corpus.surrogates import without_surrogates


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Đường \ud83d", "Đường \ufffd"),
        ("\ude00 hai", "\ufffd hai"),
        ("\ud83d\ude00", "\U0001f600"),
        ("Đường", "Đường"),
    ],
)
def test_what_is_left_can_be_written(text: str, whole: str) -> None:
    assert without_surrogates(text) == whole
    whole.encode()
