"""Numbers and dates of a text, each under keys that do not depend on how it is written.

`3.300`, `3300` and `ba nghìn ba trăm` have the key `3300`; `20/2/2014`, `ngày 20 tháng 2 năm 2014` and `20 February
2014` have `20/2/2014`, and the coarser `20/2`, `2/2014` (with the word `tháng` in front) and `2014`; `21 tỷ` has
21000000000, `XIII` 13, `một trăm phần trăm` `100%`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.quantities.dates import date_at, date_keys
from embeddings.quantities.number_tokens import NumberToken, tokens_of, with_numbers
from embeddings.remembered import remembered
from embeddings.syllables import is_marked


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or date.

    Attributes:
        start, end: where it stands in the text.
        keys: what it is found by, the most exact first.
        is_date: whether it is a day or a month.
    """

    start: int
    end: int
    keys: tuple[str, ...]
    is_date: bool = False


def quantities(text: str) -> list[Quantity]:
    """Every number and date of an NFC text, in its order; a lone `một` and numbers of documents are left out."""
    return list(_read_out(text))


@remembered(2048)
def _read_out(text: str) -> tuple[Quantity, ...]:
    tokens = with_numbers(tokens_of(text), unmarked=not is_marked(text))
    found: list[Quantity] = []
    place = 0
    while place < len(tokens):
        dated = date_at(tokens, place)
        if dated:
            length, keys = dated
            found.append(Quantity(tokens[place].start, tokens[place + length - 1].end, keys, is_date=True))
            place += length
            continue
        token = tokens[place]
        if token.number:
            percent = _percent(tokens, place + 1)
            end = tokens[place + percent].end if percent else token.end
            found.append(Quantity(token.start, end, (f"{token.number}%" if percent else token.number,)))
            place += percent
        place += 1
    return tuple(found)


def day_first(iso: str) -> tuple[str, ...]:
    """Keys of an ISO date (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`), the most exact first."""
    year, *rest = (int(part) for part in iso.split("-"))
    return date_keys(rest[1] if len(rest) > 1 else None, rest[0] if rest else None, year)


def _percent(tokens: Sequence[NumberToken], place: int) -> int:
    """How many tokens from a place on say "per cent"."""
    if place < len(tokens) and tokens[place].text == "%":
        return 1
    said = [token.folded for token in tokens[place : place + 2]]
    return 2 if said == ["phan", "tram"] else 0
