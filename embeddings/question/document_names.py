"""Documents' numbers of a question put as the documents write them: `NĐ 30/2020` -> `Nghị định số 30/2020/NĐ-CP`."""

from corpus.official.document_numbers import find_numbers
from corpus.vietnamese import fold
from embeddings.index.known_numbers import KnownNumbers


def respell_numbers(text: str, known: KnownNumbers) -> tuple[str, dict[str, str]]:
    """The text with its numbers as the corpus writes them; one that may be several, or none, stays as it is.

    Returns:
        the text, and each number, as typed, with what it was read as.
    """
    read: dict[str, str] = {}
    for number in reversed(find_numbers(text)):
        fits = known.fitting(number)
        if len(fits) != 1:
            continue
        if number.key == fits[0].number.key and fold(fits[0].code) in fold(number.written):
            continue  # it is written so already
        read[number.written] = fits[0].written
        text = text[: number.start] + fits[0].written + text[number.end :]
    return text, read
