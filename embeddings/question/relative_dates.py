"""`năm ngoái`, `tháng trước`, `hôm qua`: read against today's date, with or without marks."""

import re
from collections.abc import Callable
from datetime import date, timedelta

_Reading = Callable[[date], str]


def _month(today: date, back: int) -> str:
    years, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return f"tháng {month + 1} năm {years}"


def _day(today: date) -> str:
    return f"ngày {today.day}/{today.month}/{today.year}"


_PHRASES: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE), reading)
    for pattern, reading in (
        (r"n[ăa]m (?:ngo[áa]i|v[ừu]a qua|qua)", lambda today: f"năm {today.year - 1}"),
        (r"n[ăa]m tr[ưu][ớơo]c(?! [đd])", lambda today: f"năm {today.year - 1}"),
        (r"n[ăa]m kia", lambda today: f"năm {today.year - 2}"),
        (r"n[ăa]m nay", lambda today: f"năm {today.year}"),
        (r"(?:n[ăa]m sau|n[ăa]m t[ớo]i)", lambda today: f"năm {today.year + 1}"),
        (r"th[áa]ng (?:tr[ưu][ớơo]c|v[ừu]a qua|qua)(?! [đd])", lambda today: _month(today, 1)),
        (r"th[áa]ng n[àa]y", lambda today: _month(today, 0)),
        (r"h[ôo]m qua", lambda today: _day(today - timedelta(days=1))),
    )
)

_SEVERAL = re.compile(
    r"(?:\d|\b(?:những|nhung|các|cac|nhiều|nhieu|mấy|may|vài|vai|một|mot|hai|ba|bốn|bon|năm|nam|sáu|sau|bảy|bay|tám|tam"
    r"|chín|chin|mười|muoi|mươi|chục|chuc|trăm|tram))\s+$",
    re.IGNORECASE,
)
"""In front of a phrase: `những năm qua`, `5 năm tới` are spans of time, not one year."""


def resolve(text: str, today: date) -> tuple[str, dict[str, str]]:
    """Replace relative dates by the dates they mean.

    Returns:
        the text with dates in their places, and each phrase, as typed, with the date it was read as.
    """
    found: dict[str, str] = {}
    for pattern, reading in _PHRASES:
        meant = reading(today)
        for match in reversed(list(pattern.finditer(text))):
            if not _SEVERAL.search(text[: match.start()]):
                found[match.group()] = meant
                text = text[: match.start()] + meant + text[match.end() :]
    return text, found
