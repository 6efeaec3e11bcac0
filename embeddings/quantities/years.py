"""The years that a text is of, without those it compares with or counts from, or that papers it rests on are of."""

import re

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ONE = r"\b(?:19|20)\d\d\b(?![.,]\d)"
_UP_TO = r"(?:[^.,;:\n]|[.,](?=\d))"
_OTHERS = re.compile(
    rf"\b(?:so với|cùng kỳ|kể từ|từ năm|hơn năm|giai đoạn)\b{_UP_TO}{{0,40}}?{_ONE}"
    rf"(?:\s*(?:[-–—]|và|(?:đến|tới)\b{_UP_TO}{{0,20}}?)\s*(?:năm\s+)?{_ONE})*"
    r"|\b(?-i:Căn cứ)\b(?:[^.;\n]|\.(?!\s))*",
    re.IGNORECASE,
)


def own_years_in(text: str) -> str:
    """A text without the years that it is not of: `giảm 14 tổ so với năm 2021`, `Căn cứ Luật ... năm 2015;`."""
    return _OTHERS.sub(" ", text)


def own_years(text: str) -> set[str]:
    """The years that a text is of, as it names them."""
    return set(YEAR.findall(own_years_in(text)))


def years_compared(text: str) -> set[str]:
    """The years that a text compares with or counts from, and those of papers that it rests on."""
    return {year for found in _OTHERS.finditer(text) for year in YEAR.findall(found.group())}
