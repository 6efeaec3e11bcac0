"""Examples of verdicts, from training texts."""

from pathlib import Path

import pytest

from embeddings.training.verdicts import _figures, examples
from embeddings.verdicts.verdict_model import AFFIRMED, CONTRADICTED, UNDECIDED, Likelihood

TEXT = """# Xã Hòa Bình họp dân
family: hoa-binh
date: 05/10/2023
P: Sáng 5/10, xã Hòa Bình họp dân. Có 80 người dự.
P: Xã thu 12 triệu đồng.
+ yes | xã thu 12 triệu đồng phải không || Xã thu 12 triệu đồng
"""


def test_a_paragraph_is_judged_with_what_stands_above_it(tmp_path: Path) -> None:
    (tmp_path / "aa-1.txt").write_text(TEXT, "utf-8")
    found = list(examples([tmp_path / "aa-1.txt"]))
    assert len(found) == 2
    assert {one.setting for one in found} == {"Xã Hòa Bình họp dân\n05/10/2023\nSáng 5/10, xã Hòa Bình họp dân."}
    assert {one.heading for one in found} == {"5/10/2023: Xã Hòa Bình họp dân"}
    assert not any(one.seen for one in found)  # a text with a date is younger than the reader


def test_verdicts_are_counted_by_what_they_are_given_to() -> None:
    yes, no, neither = Likelihood(0.8, 0.1, 0.1), Likelihood(0.1, 0.8, 0.1), Likelihood(0.5, 0.3, 0.2)
    decided = [(AFFIRMED, yes), (AFFIRMED, yes), (CONTRADICTED, no), (CONTRADICTED, yes), (CONTRADICTED, neither)]
    figures = _figures([*decided, (UNDECIDED, no)])
    assert figures == pytest.approx({"right": 0.6, "opposite": 0.2, "given where undecided": 1.0})
