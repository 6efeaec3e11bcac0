"""A cell's value as a Vietnamese sheet shows it: 1.500.000, 4,7%, 31/12/2023."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

_DECIMALS = re.compile(r"[0#?]\.([0#?]+)")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ENGLISH = re.compile(r"-?\D{0,4}\d{1,3}(?:,\d{3})*(?:\.\d+)?\D{0,4}|-?\d+\.\d+\D{0,4}")
"""A figure with commas between thousands and a point before decimals."""
_UNWRITTEN = re.compile(r"[^\d.-]")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_DIGITS = 10
_LARGEST = 1e15


def shown(value: Any, number_format: str = "General") -> str:
    """What a cell shows.

    Args:
        value: as openpyxl gives it.
        number_format: of the cell, in Excel's notation.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, _QUOTED.sub("", number_format.partition(";")[0]))
    write = next((write for kind, write in _WRITERS if isinstance(value, kind)), str)
    return write(value)


def odf_value(kind: str, value: str, text: str) -> str:
    """What a cell of an OpenDocument sheet shows, whatever language it was saved in.

    Args:
        kind: of its value: `float`, `percentage`, `currency`, `date` and so on.
        value: as the file keeps it, "" if it keeps none.
        text: as it was shown when the file was saved.
    """
    if kind == "date":
        try:
            return _moment(datetime.fromisoformat(value))
        except ValueError:
            return text
    if kind not in ("float", "percentage", "currency") or not _ENGLISH.fullmatch(text):
        return text
    digits = _UNWRITTEN.sub("", text)
    reckoned = float(value) * (100 if kind == "percentage" else 1) if _PLAIN.fullmatch(value) else None
    if reckoned is None or abs(float(digits) - reckoned) > abs(reckoned) * 0.01 + 1:
        return text
    return text.replace(",", "\x00").replace(".", ",").replace("\x00", ".")


def _moment(value: datetime) -> str:
    return f"{value:%d/%m/%Y}" if (value.hour, value.minute) == (0, 0) else f"{value:%d/%m/%Y %H:%M}"


def _number(value: float, number_format: str) -> str:
    percent = "%" in number_format
    value = value * 100 if percent else value
    found = _DECIMALS.search(number_format)
    if abs(value) >= _LARGEST or value != value:  # noqa: PLR0124 - not a number
        return str(value)
    if found is not None:
        text = f"{value:,.{len(found[1])}f}"
    elif number_format in ("", "General", "@") or (percent and value != int(value)):
        text = f"{round(value, _DIGITS):,.{_DIGITS}f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:,.0f}"
    if "," not in number_format:
        text = text.replace(",", "")
    return text.replace(",", "\x00").replace(".", ",").replace("\x00", ".") + ("%" if percent else "")


def _duration(value: timedelta) -> str:
    minutes = int(value.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"


_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (type(None), lambda _: ""),
    (bool, lambda value: "TRUE" if value else "FALSE"),
    (datetime, _moment),
    (date, lambda value: f"{value:%d/%m/%Y}"),
    (time, lambda value: f"{value:%H:%M}"),
    (timedelta, _duration),
)
