"""Questions that offer two persons at their end: `Bí thư Huyện ủy là A hay B`, `ai chủ trì, A hay B`."""

import re
from dataclasses import dataclass

from embeddings.extraction.offices import offices
from embeddings.syllables import CAPITALS

_ADDRESS = r"(?:(?:đồng chí|đ/c|ông|bà|anh|chị|cô|thầy)\s+)?"
_NAME = rf"[{CAPITALS}][^\s,?]*(?:\s+[{CAPITALS}][^\s,?]*){{1,4}}"
_NAMES = rf"{_ADDRESS}(?P<first>{_NAME})\s+(?:hay|hoặc)(?:\s+là)?\s+{_ADDRESS}(?P<second>{_NAME})"
_WHO = r"(?:ai|người nào|đồng chí nào|vị nào|ông nào|bà nào)"
_LAST = tuple(
    re.compile(rf"^{before},?\s+{_NAMES}$")
    for before in (
        rf"(?P<said>.+?)\s+(?:là|do)\s+{_WHO}",
        rf"(?:{_WHO}|[Aa]i)\s+(?:là\s+)?(?P<said>.+?)",
        r"(?P<said>.+?)\s+là",
    )
)
_ONE_WHO = re.compile(r"^(?:người|vị|đồng chí|ông|bà)\s+(?:đã\s+)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OfferedNames:
    """Two persons that a question offers.

    Attributes:
        names: as typed, without a form of address.
        said: what is said of one of them.
        questions: the same as a claim of each.
    """

    names: tuple[str, str]
    said: str
    questions: tuple[str, str]


def read_offered_names(question: str) -> OfferedNames | None:
    """The two persons at the end of a question, and what is asked of them; None where it offers none.

    Args:
        question: with its marks and capitals restored.
    """
    found = next((match for pattern in _LAST if (match := pattern.match(question.strip(" ?.!")))), None)
    if found is None or any(offices(found[side]) for side in ("first", "second")):
        return None
    said, names = found["said"].strip(" ,"), (found["first"], found["second"])
    does = _ONE_WHO.sub("", said)
    if any(not office.start for office in offices(does)):
        return OfferedNames(names, said, (f"{names[0]} là {said}", f"{names[1]} là {said}"))
    return OfferedNames(names, does, (f"{names[0]} {does}", f"{names[1]} {does}"))
