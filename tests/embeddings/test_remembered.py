"""What is kept of texts."""

from embeddings.remembered import LONGEST_REMEMBERED, remembered


def test_a_text_is_read_once_and_a_long_one_is_not_kept() -> None:
    """Further arguments tell what was asked of it apart."""
    read: list[str] = []

    @remembered(10)
    def first(text: str, count: int = 1) -> str:
        read.append(text)
        return text[:count]

    assert [first("dân vận"), first("dân vận"), first("dân vận", 3), first("dân vận", 3)] == ["d", "d", "dân", "dân"]
    assert read == ["dân vận"] * 2
    long = "a" * (LONGEST_REMEMBERED + 1)
    assert [first(long), first(long)] == ["a", "a"]
    assert read[2:] == [long] * 2


def test_no_more_texts_are_kept_than_wanted() -> None:
    """Those asked for last are."""
    read: list[str] = []

    @remembered(2)
    def length(text: str) -> int:
        read.append(text)
        return len(text)

    assert [length(text) for text in ("một", "hai", "bốn", "hai", "một")] == [3] * 5
    assert read == ["một", "hai", "bốn", "một"]
