"""Whether an office that is asked for is the one that somebody is named under.

Rank, deputy and `thường trực` must be the same. The bodies must be the same as well, as far as both are told: what only
the question says must stand in the document around (`Chủ tịch UBND tỉnh Thái Nguyên`, where the text says
`Chủ tịch UBND tỉnh` and is about Thái Nguyên), what only the text says may be a level or a place
(`Trưởng Ban Dân vận` asked for, `Trưởng Ban Dân vận Tỉnh ủy` held) if the question names none itself.
"""

from collections.abc import Sequence
from typing import Protocol

from embeddings.extraction.office_grammar import is_singular
from embeddings.extraction.offices import Office

_LEVELS = frozenset(
    {
        *("trung", "uong", "tinh", "huyen", "xa", "thanh", "pho", "thi", "quan", "phuong", "tran", "thon"),
        *("ban", "buon", "ap", "xom", "khu", "dan", "uy", "khoi"),
    }
)
_OWN_LEVELS = _LEVELS - {"ban", "khu", "dan", "khoi"}
"""Levels that are no kind of body as well."""
_PLACE_BEHIND = frozenset(
    ("tinh", "huyen", "xa", "pho", "quan", "phuong", "tran", "thon", "buon", "ap", "xom", "uy", "doan")
)
_PARTY = frozenset({"dang", "doan"})
_LONGEST_PLACE = 4
_SURE = 2
"""Words of a body that must stand together in the document where its full name is not beside the person's."""


class Context(Protocol):
    """The document around somebody who is named under an office."""

    def letterhead(self) -> "Context":
        """Only what tells who issued the document: an office signed with has no body beside it."""
        ...

    def has(self, words: Sequence[str]) -> bool:
        """Whether the folded words stand next to each other in the text, its title or its publisher."""
        ...

    def has_name(self, words: Sequence[str]) -> bool:
        """Whether they do so as a name, the first with a capital or a number."""
        ...


def is_same_office(asked: Office, held: Office, around: Context) -> bool:
    """Whether `held` answers a question for `asked`.

    Args:
        asked: as the question names it.
        held: as a text names it.
        around: the document it is named in.
    """
    if asked.key != held.key or asked.former != held.former:
        return False
    if is_singular(asked.rank) and not asked.body:
        return True
    return is_same_body(asked.body, held.body, around if held.body else around.letterhead())


def is_same_body(asked: Sequence[str], held: Sequence[str], around: Context) -> bool:
    """Whether two bodies, folded words each, are the same as far as both are told."""
    wanted, had = set(asked), set(held)
    asked_place, held_place = place_of(asked), place_of(held)
    if asked_place and held_place and not set(asked_place) & set(held_place):
        return False
    if asked and tuple(held[: len(asked)]) == tuple(asked) and not wanted & _OWN_LEVELS:
        return True  # Tổ trưởng, Trưởng Ban Vận động: named in short
    if asked and held and not _may_be_one(asked, held):
        return False
    only_held = [word for word in held if word not in wanted and word not in held_place]
    if any(word not in _LEVELS | _PARTY for word in only_held):
        return False
    if only_held and asked and wanted & _OWN_LEVELS:
        return False
    only_asked = [word for word in asked if word not in had]
    return not only_asked or _is_around(asked, held, only_asked, around)


def _may_be_one(asked: Sequence[str], held: Sequence[str]) -> bool:
    """Whether two names may be one body's: of one kind (phòng is not ban), and one tells all that the other does."""
    return asked[0] == held[0] and (_holds(asked, held) or _holds(held, asked))


def _holds(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    """Whether all words of the shorter name stand in the longer one, in their order, levels and places aside."""
    behind = iter(longer)
    place = set(place_of(shorter))
    return all(word in behind for word in shorter if word not in place and word not in _OWN_LEVELS - {"uy"})


def _is_around(asked: Sequence[str], held: Sequence[str], only_asked: Sequence[str], around: Context) -> bool:
    """Whether the document tells what only the question says: the rest of the body's name, its level, its place.

    Of a body that is held by its kind alone (`Phó Trưởng Ban`) it must have the kind before the rest (`Ban Tôn giáo`).
    """
    place = place_of(asked)
    if place and not around.has_name(place):
        return False
    name = [word for word in only_asked if word not in place]
    level = [word for word in name if word in _LEVELS]
    core = [word for word in name if word not in _LEVELS]
    if level and not core and not _has_level(asked, level, place, around):
        return False
    if not core:
        return True
    start = asked.index(core[0])
    run = asked[max(start - len(held), 0) if len(held) == 1 else start : start + _SURE]
    return around.has(run) and all(around.has([word]) for word in core)


def _has_level(asked: Sequence[str], level: Sequence[str], place: Sequence[str], around: Context) -> bool:
    start = asked.index(level[0])
    run = list(asked[start : start + len(level)])
    return around.has([*run, *place]) or (bool(place) and around.has([*run, "uy", *place])) or around.has([*run, "uy"])


def place_of(body: Sequence[str]) -> Sequence[str]:
    """The folded words of the place a body ends with: `thai nguyen` of `uy ban nhan dan tinh thai nguyen`."""
    for number in range(len(body) - 1, -1, -1):
        if body[number] in _PLACE_BEHIND:
            behind = body[number + 1 :]
            return behind if 0 < len(behind) <= _LONGEST_PLACE else ()
    return ()
