"""Questions are shown in training as the program reads them."""

import random

import pytest

from embeddings.training.training_texts import parse_texts, read_texts
from embeddings.training.typing_variants import MISREAD, VARIANTS, variants
from embeddings.training.understanding import Readers

RAW = """# Xã Na Phương làm đường
family: na-phuong
genre: news
P: Ủy ban nhân dân xã Na Phương họp bàn làm đường. Bà con bản Chiềng hiến đất.
+ span.bare | ba con hien gi || đất
"""


def test_marks_are_restored_and_abbreviations_written_out_in_the_familys_language() -> None:
    texts = list(parse_texts(RAW))
    readers = Readers(texts)
    assert readers.read("ba con ban Chieng hien gi", "na-phuong") == "bà con bản Chiềng hiến gì"
    assert readers.read("UBND xã họp gì", "na-phuong") == "ủy ban nhân dân xã họp gì"
    assert readers.read("bà con hiến gì", "na-phuong") == "bà con hiến gì"


def test_variants_of_a_question() -> None:
    question = "Ai chủ trì hội nghị tổng kết công tác dân vận ở xã Na Phương?"
    made = variants(question, "vi", random.Random(3))
    assert len(made) == VARIANTS
    misread = [variants(question, "vi", random.Random(seed))[MISREAD] for seed in range(20)]
    assert len({*misread}) > 5
    lowered = question.lower().rstrip("?")
    assert all(len(one.split()) == len(lowered.split()) for one in misread)
    changed = [sum(a != b for a, b in zip(one.split(), lowered.split(), strict=True)) for one in misread]
    assert 0 < sum(changed) < 0.4 * len(lowered.split()) * len(misread)
    assert variants("Who chaired?", "en", random.Random(1))[MISREAD] == "who chaired"


def test_dates_of_texts_are_read() -> None:
    published = [text.published for text in read_texts() if text.published]
    assert len(published) > 80
    assert all(len(one) == len("05/03/2019") for one in published)
    [text] = parse_texts(RAW.replace("genre: news", "genre: news\ndate: 5/3/2019"))
    assert text.published == "05/03/2019"
    for wrong in ("31/02/2019", "2019-03-05", "5/3", ""):
        with pytest.raises(ValueError, match="dd/mm/yyyy"):
            list(parse_texts(RAW.replace("genre: news", f"genre: news\ndate: {wrong}")))
