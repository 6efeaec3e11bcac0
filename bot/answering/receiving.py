"""Where one has to turn to: the body that receives, not others of whom it receives as well.

`UBND phường A tiếp nhận hồ sơ của người dân các phường B, C và D cũ` answers `phường D nộp ở đâu` with A, never with B.
"""

import re

from corpus.vietnamese import fold
from embeddings.syllables import CAPITALS, token_spans, tokens

Span = tuple[int, int]

_WHERE = re.compile(r"\b(?:o|den|tai|toi|ve|cho) dau\b|\bdau\W*$|\b(?:co quan|don vi|noi|cho) nao\b|\bai\b")
_TURNS_TO = re.compile(
    r"\b(?:nop|gui|lien he|gap|lam (?:thu tuc|ho so|giay to)|giai quyet|tiep nhan|nhan|dang ky|khieu nai)\b"
)
_KIND = r"(?:(?:các )?(?:phường|xã|thị trấn|huyện|quận|tỉnh|thành phố|thôn|bản)\s+)?"
_WORD = rf"[{CAPITALS}][^\W_]*"
_NAME = rf"{_KIND}{_WORD}(?:\s+(?:{_WORD}|\d+))*"
_RUN = re.compile(rf"{_NAME}(?:(?:\s*[,;]\s*|\s+(?:và|hoặc)\s+){_NAME})+")
_ONE = re.compile(_NAME)
_BODY = (
    r"(?:Ủy ban|Uỷ ban|UBND|Sở|Phòng|Trung tâm|Bộ phận|Công an|Văn phòng|Chi cục|Cục|Ban|Hội|Trạm|Bưu điện|Kho bạc"
    r"|Chi nhánh|Tòa án|Viện kiểm sát|Thanh tra|Bảo hiểm)[^,;:.()]{0,120}?"
)
_RECEIVES = re.compile(
    rf"^(?:\W*(?:\d+[.)]|[a-zđ]\))\s*)?(?P<body>{_BODY})\s+(?:trực tiếp\s+|có trách nhiệm\s+|chịu trách nhiệm\s+)?"
    r"(?:tiếp nhận|nhận hồ sơ|thụ lý|giải quyết|hướng dẫn|cấp (?:giấy|phép|thẻ|sổ|bản sao|phát)|chi trả)\b"
)


def asks_where_to_turn(question: str) -> bool:
    """Whether a question, with or without marks, asks where or to whom one has to go with something."""
    folded = fold(question)
    return _WHERE.search(folded) is not None and _TURNS_TO.search(folded) is not None


def receiving_body(said: str) -> Span | None:
    """The body that receives, where a sentence begins with it."""
    match = _RECEIVES.match(said)
    return match.span("body") if match else None


def stands_beside_the_named(question: str, said: str, span: Span) -> bool:
    """Whether words are names in one enumeration with a name of the question: then they are as little the answer as it.

    Args:
        question: with its marks.
        said: the sentence.
        span: of the words in it.
    """
    asked = f" {' '.join(map(fold, tokens(question)))} "
    for run in _RUN.finditer(said):
        if run.start() < span[1] and span[0] < run.end():
            names = [(run.start() + one.start(), run.start() + one.end()) for one in _ONE.finditer(run[0])]
            named = [each for each in names if f" {_bare(said[slice(*each)])} " in asked]
            if named and not any(span[0] <= start and end <= span[1] for start, end in named):
                return True
    return False


def _bare(name: str) -> str:
    """A name, folded, without the word for what it is."""
    words = (name[start:end] for start, end in token_spans(name))
    return " ".join(fold(word) for word in words if word[0].isupper() or word.isdigit())
