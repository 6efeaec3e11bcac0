"""Questions that ask several things at once, taken apart: `họp ở đâu, ai chủ trì?` -> `họp ở đâu`, `ai chủ trì`."""

import re

from corpus.vietnamese import fold
from embeddings.syllables import CAPITALS, is_marked

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
    r"|\s+(?:và|va|rồi|với lại|đồng thời|and)\s+"
    r"|(?<!nào)(?<!nao)\s+còn\s+(?=(?:năm|nam|ngày|ngay|hội nghị|hoi nghi|ai|ở|o)\s)"
    r"|\s*\.\s+(?=\S)",
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
_COUNTED_AND_NAMED = re.compile(
    r"^[^,]*\b(?:bao nhieu|may|bn) (?P<noun>\S+)(?: \S+)?, (?:(?:la|gom|do la) )?(?:nhung )?(?P=noun) (?:gi|nao|j)$"
)
"""`mấy việc, việc gì`."""
_BEFORE_ASKING = re.compile(
    r"(?:^|\s+)(?:ngày|ngay|hôm|hom|khi|lúc|luc|giờ|gio|năm|nam|tháng|thang|đ/c|đồng chí|dong chi|ông|bà|người|nguoi"
    r"|đơn vị|don vi|cơ quan|co quan|xã|huyện|huyen|tỉnh|từ|tu|vào|vao|ở|o|tại|tai|do|bởi|boi|có|co|là|la|thì|thi"
    r"|được|duoc|bị|bi|và|va|những|nhung|các|cac|họp|hop|tổ chức|to chuc|diễn ra|dien ra|bắt đầu|bat dau)$",
    re.IGNORECASE,
)
_ASKS_ONLY = re.compile(
    r"^(?:(?:có|co|do|từ|tu|vào|vao|ở|o|tại|tai|được|duoc|những|nhung)\s+)?"
    r"(?:ai|đâu|dau|bao nhiêu|bao nhieu|bn|mấy|may|khi nào|khi nao|bao giờ|bao gio|bao lâu|bao lau|nhung ai"
    r"|(?:năm|nam|tháng|thang|ngày|ngay|hôm|hom|lúc|luc|đ/c|đồng chí|dong chi|ông|bà|người|nguoi|đơn vị|don vi|cơ quan"
    r"|co quan)\s+(?:nào|nao))"
    r"(?:\s|$)",
    re.IGNORECASE,
)
"""Begins a part that asks something of what another part names."""
_WHEN_OR_WHERE = re.compile(
    r"(?:từ |tu |vào |vao |trong )?"
    r"(?:(?:năm|nam|tháng|thang|ngày|ngay|hôm|hom) (?:nào|nao)|khi nào|khi nao|bao giờ|bao gio)"
    r"|(?:ở|o|tại|tai) (?:đâu|dau)",
    re.IGNORECASE,
)
"""A part that asks when or where alone."""
_OF_SOMETHING = re.compile(
    r"^(?:thời hạn|thoi han|thời gian|thoi gian|số|so|mức|muc|tổng(?! kết)|tong(?! ket)|kinh phí|kinh phi|tiền|tien"
    r"|giá|gia|tỷ lệ|ty le"
    r"|chủ đề|chu de|tên|ten|chức vụ|chuc vu)\b",
    re.IGNORECASE,
)
"""Begins what is told of something, which the next part asks something else of."""
_CHECKED = re.compile(
    r"^(?P<first>[^,?]+(?:,\s+[^,?]+)*?)\s*[,?]\s+(?:trong đó\s+|có phải\s+)?(?:có|co)\s+"
    r"(?P<checked>(?:[^\s,?]+\s+){1,6})(?:không|khong|ko|k|chưa)$",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:ai|(?:đồng chí|đ/c|người|ông|bà|vị|cán bộ|đại biểu) nào)\b", re.IGNORECASE)
_SOMEBODY = re.compile(
    rf"(?:đồng chí|đ/c|ông|bà|anh|chị|cô|chú)\s+(?:[{CAPITALS}]\w*\s*)+$"
    rf"|(?!(?:Đồng chí|Ông|Bà|Anh|Chị|Cô|Chú)\b)[{CAPITALS}]\w*"
)
"""A person by name and nothing that is said of him, or a body."""
_OF_KIND = re.compile(r"\b(?P<kind>\w+(?:\s+\w+)?)\s+nào\b")
_LEAST_TOPIC = 3
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
    if _ONE_THING.search(fold(text)) or _COUNTED_AND_NAMED.search(fold(text)):
        return (question,)
    parts = _apart(text)
    checked = _CHECKED.match(text) if len(parts) == 1 else None
    if checked and _asks(checked["first"]) and not _is_of_kind(checked["checked"], checked["first"]):
        parts = [checked["first"].strip(), text[checked.end("first") :].strip(" ,?")]
    return tuple(parts) if 1 < len(parts) <= _MOST_PARTS else (question,)


def before_check(question: str) -> str | None:
    """What a question asks before it asks whether one thing is among it (`những hội nào góp, có hội phụ nữ không`).

    None where something of another kind is asked besides (`bắt đầu lúc mấy giờ, có hỗ trợ tiền ăn không`).

    Args:
        question: with its marks restored.
    """
    found = _CHECKED.match(question.strip(" ?.!"))
    if found is None or not _asks(found["first"]) or not _is_of_kind(found["checked"], found["first"]):
        return None
    return found["first"].strip()


def _is_of_kind(checked: str, first: str) -> bool:
    """Whether something is of the kind that is asked for: told by the same noun, or a name where persons are."""
    if _WHO.search(first) and _SOMEBODY.match(checked):
        return True
    kind = _OF_KIND.search(first.lower())
    return kind is not None and any(
        checked.lower().startswith(f"{noun} ") for noun in (kind["kind"], kind["kind"].split()[-1])
    )


def about(part: str, first: str) -> str | None:
    """A later part with what the first one asks about before it; None where it names something, or the first nothing.

    Args:
        part: `ai chủ trì`.
        first: `hội nghị tổng kết của huyện họp ở đâu`, for `hội nghị tổng kết của huyện ai chủ trì`.
    """
    asking = (_ASKS if is_marked(first) else _ASKS_UNMARKED).search(first)
    if asking and not asking.start() and _WHEN_OR_WHERE.fullmatch(part.strip()):  # `ai lập ra tổ`, `từ năm nào`
        done = first[asking.end() :].split()
        return f"{' '.join(done)} {part.strip()}" if len(done) >= _LEAST_TOPIC else None
    if asking is None or not _ASKS_ONLY.match(part.strip()) or _OF_SOMETHING.match(first):
        return None
    topic = first[: asking.start()].strip()
    while (shorter := _BEFORE_ASKING.sub("", topic)) != topic:
        topic = shorter
    return f"{topic} {part.strip()}" if len(topic.split()) >= _LEAST_TOPIC else None


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
