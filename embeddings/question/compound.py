"""Questions that ask several things at once, taken apart: `họp ở đâu, ai chủ trì?` -> `họp ở đâu`, `ai chủ trì`."""

import re

from corpus.vietnamese import fold
from embeddings.syllables import is_marked

_ASKS = re.compile(
    r"\b(?:ai|gì|j|nào|đâu|mấy|bao nhiêu|bao giờ|bao lâu|bn|khi nào|lúc nào|hôm nào|sao|thế nào|ra sao|ntn|bao xa"
    r"|what|who|when|where|which|why|how many|how much|how)\b",
    re.IGNORECASE,
)
_ASKS_UNMARKED = re.compile(fold(_ASKS.pattern).replace("\\b", r"\b"), re.IGNORECASE)
_GOES_ON = re.compile(
    r"^(?:(?:mỗi|moi) \S+ (?:là|la|bao)|(?:đó |do |cụ thể |cu the )?(?:là|la)|gồm|gom|bao gồm|bao gom|hay|hoặc|hoac)\b",
    re.IGNORECASE,
)
"""What begins a piece that says more about the piece before."""
_JOINT = re.compile(
    r"\s*(?:[?;]|,)\s*(?:và|va|rồi|roi|còn|con|đồng thời|nữa là|với lại|and)?\s+"
    r"|\s+(?:và|va|rồi|với lại|đồng thời|and)\s+|\s*\.\s+(?=\S)",
    re.IGNORECASE,
)
_WHAT = "chức vụ|chức danh|chức|quê|tuổi|tên|địa chỉ|nhiệm vụ|vai trò"
_SHARED = re.compile(
    rf"^(?P<what>(?:{_WHAT}|{fold(_WHAT)})(?: hiện nay| hien nay)?)\s+(?:của|cua)\s+(?P<first>.+?)\s+"
    r"(?:và|va|với|voi)\s+(?:của\s+|cua\s+)?(?P<second>.+?)\s+"
    r"(?P<end>(?:lần lượt |lan luot |khi đó |khi do )*(?:là|la)\s+.+)$",
    re.IGNORECASE,
)
_ONE_THING = re.compile(
    r"\b(?:ai va ai|gi va gi|nhung ai va|khac (?:nhau|gi)|giong nhau|so voi|hon hay kem|tang hay giam|hay la|cung nhau"
    r"|chenh)\b"
)
_LEAST_WORDS = 2
_MOST_PARTS = 4


def split_question(question: str) -> tuple[str, ...]:
    """The parts of a question that each ask for something of their own; the question alone if it asks one thing.

    Args:
        question: with its marks restored.
    """
    text = question.strip(" ?.!")
    shared = _SHARED.match(text)
    if shared:
        return tuple(f"{shared['what']} của {shared[name].strip(' ,')} {shared['end']}" for name in ("first", "second"))
    if _ONE_THING.search(fold(text)):
        return (question,)
    parts = _apart(text)
    return tuple(parts) if 1 < len(parts) <= _MOST_PARTS else (question,)


def _apart(text: str) -> list[str]:
    """Pieces between joints, those that ask nothing put back to the piece before (or, at the beginning, behind)."""
    pieces: list[str] = []
    position = 0
    for joint in _JOINT.finditer(text):
        pieces.append(text[position : joint.start()])
        pieces.append(text[joint.start() : joint.end()])
        position = joint.end()
    pieces.append(text[position:])
    parts: list[str] = [pieces[0]]
    for number in range(2, len(pieces), 2):
        between, piece = pieces[number - 1], pieces[number]
        if _asks(piece) and _asks(parts[-1]):
            parts.append(piece)
        else:
            parts[-1] += between + piece
    return [part.strip(" ,;?.") for part in parts if part.strip(" ,;?.")]


def _asks(piece: str) -> bool:
    pattern = _ASKS if is_marked(piece) else _ASKS_UNMARKED
    found = pattern.search(piece) is not None
    return found and len(piece.split()) >= _LEAST_WORDS and not _GOES_ON.match(piece.strip())
