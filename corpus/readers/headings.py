"""Which short lines of office files are headings, by their numbers and weight."""

import re

_NUMBERED = re.compile(r"(?:[IVXLC]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)/-]\s|(?:Điều|Chương|Mục|Phần)\s")
_ARTICLE = re.compile(r"(?:Điều|Chương|Mục|Phần)\s+(?:\d{1,3}[a-z]?|[IVXLC]{1,6})\b")
_HEADING_WORDS = 25


def looks_like_heading(text: str, *, bold: bool) -> bool:
    """Whether a short line is one by its number and weight; one that begins with `Điều 5` needs no weight."""
    if len(text.split()) > _HEADING_WORDS or text.endswith((".", ";", ",", ":")):
        return False
    return _ARTICLE.match(text) is not None or (bold and (_NUMBERED.match(text) is not None or text.isupper()))
