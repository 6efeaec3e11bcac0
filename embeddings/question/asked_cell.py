"""How questions ask for cells of tables: what only asks, what asks for the largest or smallest, what asks otherwise."""

import re
from dataclasses import dataclass

_NO_CELL = re.compile(
    r"\b(?:vi sao|tai sao|vi dau|the nao|bang cach nao|lam sao|ra sao|de lam gi|hay la|so voi|gom nhung|nhung gi"
    r"|liet ke|co phai|co dung|bao nhieu (?:xa|huyen|phuong|thon|ban|don vi))\b"
    r"|\b(?:khong|chua|phai khong|dung khong|chu)\W*$"
)
_MOST = re.compile(r"\b(?:nhieu|cao|lon|dong|dai|rong) (?:\w+ ){0,6}?nhat\b")
_LEAST = re.compile(r"\b(?:it|thap|nho|ngan|hep) (?:\w+ ){0,6}?nhat\b")
_DEGREE = re.compile(r"\b(?:nhieu|cao|lon|dong|dai|rong|it|thap|nho|ngan|hep|nhat)\b")
_WHICH = re.compile(r"([^\W\d]+(?: [^\W\d]+)?) nao\b")

RECKONED = frozenset(["tang", "giam", "chenh", "lech", "trung", "binh", "gap"])
"""Folded words that ask for what has to be worked out, unless a column is called so."""
ASKING = frozenset(
    re.split(
        r"\s+",
        "bao nhieu may la co cua o tai trong va cac nhung duoc thi nao gi ai dau khi so con nguoi nam theo cho biet "
        "xin nop giu huong nhan phai chiu dam nhiem dang thuoc to chuc dien ra hoi minh toi em anh chi voi nhe a hien "
        "nay het vay the dat khoang tong ket qua nhat",
    )
)
"""Folded words that only ask, or join a row with a column, unless a column is called so."""
ASKED_AS = {
    "ai": ("ho ten", "ho va ten", "ten", "nguoi phu trach", "nguoi thuc hien", "chu tri", "phu trach"),
    "khi nao": ("thoi gian", "ngay", "thoi han", "thoi diem", "han"),
    "ngay nao": ("ngay", "thoi gian", "thoi han"),
    "bao gio": ("thoi gian", "ngay", "thoi han"),
    "o dau": ("dia diem", "dia chi", "noi", "tru so"),
}
"""Folded question words -> how names of columns begin that they ask for without naming them."""


@dataclass(frozen=True, slots=True)
class AskedExtreme:
    """A question for the row with the largest or smallest figure.

    Attributes:
        most: whether the largest is asked for.
        noun: folded words of what is asked for (`xã nào` -> xa).
        rest: the other folded words.
    """

    most: bool
    noun: frozenset[str]
    rest: tuple[str, ...]


def may_ask_for_cell(plain: str) -> bool:
    """Whether a question can be answered with one cell: not one for reasons, for yes or no, or for a list.

    Args:
        plain: its folded words.
    """
    return _NO_CELL.search(plain) is None


def asked_extreme(plain: str) -> AskedExtreme | None:
    """What a question asks for that wants the largest or smallest (`xã nào nhiều hộ nghèo nhất`), None for others.

    Args:
        plain: its folded words.
    """
    which, most = _WHICH.search(plain), _MOST.search(plain)
    if which is None or (most is None and _LEAST.search(plain) is None):
        return None
    rest = _DEGREE.sub(" ", _WHICH.sub(" ", plain)).split()
    return AskedExtreme(most is not None, frozenset(which[1].split()), tuple(rest))
