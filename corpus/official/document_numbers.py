"""Numbers of official documents in all their spellings: `30/2020/NĐ-CP`, `NĐ 30/2020`, `Nghị định 30`, `45-QĐ/TU`.

What a text or a question writes is read into parts, and two of them are of one document where the parts that both
have are the same. Kinds and their abbreviations are those of Decree 30/2020/NĐ-CP, appendix III, and of the Party's
Guidance 36-HD/VPTW (2018).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.vietnamese import fold_in_place

_KINDS = {
    "Bộ luật": "bl",
    "Biên bản": "bb",
    "Báo cáo": "bc",
    "Chương trình": "ctr",
    "Chỉ thị": "ct",
    "Công văn": "cv",
    "Công điện": "cd",
    "Dự án": "da",
    "Giấy mời": "gm",
    "Hướng dẫn": "hd",
    "Kế hoạch": "kh",
    "Kết luận": "kl",
    "Lệnh": "l",
    "Luật": "luat",
    "Nghị quyết liên tịch": "nqlt",
    "Nghị quyết": "nq",
    "Nghị định": "nd",
    "Pháp lệnh": "pl",
    "Phương án": "pa",
    "Quy chế": "qc",
    "Quy định": "qyd",
    "Quyết định": "qd",
    "Thông báo": "tb",
    "Thông cáo": "tc",
    "Thông tri": "ttri",
    "Thông tư liên tịch": "ttlt",
    "Thông tư": "tt",
    "Tờ trình": "ttr",
    "Đề án": "da",
}
KINDS: tuple[str, ...] = tuple(_KINDS)
"""Kinds of documents as they are written out."""
_OF_WORDS = {" ".join(fold_in_place(name).split()): code for name, code in _KINDS.items()}
_NAMES = {code: name for name, code in reversed(_KINDS.items())}
_ALIKE = {"qdi": "qyd", "qdd": "qd", "ndd": "nd", "hdd": "hd", "bcao": "bc", "cdd": "cd", "daa": "da"}
_CODES = frozenset((*_KINDS.values(), *_ALIKE))
_WORDS = "|".join(words.replace(" ", r"\s+") for words in sorted(_OF_WORDS, key=len, reverse=True))
_ABBREVIATED = "|".join(sorted(_CODES - {"l", "luat"}, key=len, reverse=True))
_SIGN = r"[a-z]{1,10}\d{0,3}(?:\s?[-–/&.]\s?[a-z]{1,10}\d{0,3}){0,4}"
_KIND = rf"(?P<kind>{_WORDS}|{_ABBREVIATED})\.?\s*(?:so\s*:?\s*)?"
_WHOLE = re.compile(  # Nghị định (số) 30/2020/NĐ-CP, QĐ 45-QĐ/TU, 30/2020/NĐ-CP; the kind in front may be missing
    rf"(?:(?<!\w){_KIND})?(?<![\d/.,-])(?P<number>\d{{1,6}})\s?(?:[/-]\s?(?P<year>(?:19|20)\d\d)\s?)?"
    rf"[/-]\s?(?P<sign>{_SIGN})(?![\w/-])"
)
_SHORT = re.compile(  # NĐ 30/2020, Chỉ thị 18 năm 2000, Nghị định số 30, QĐ1187
    rf"(?<![\w/-]){_KIND}[-_]?(?P<number>\d{{1,6}})(?![\d.,]\d|\d|%)"
    r"(?:\s?[/-]\s?(?P<year>(?:19|20)\d\d)(?!\d)|\s+nam\s+(?P<said>(?:19|20)\d\d)(?!\d))?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOT_COUNTED = re.compile(r"\s*(?:%|(?:nam|thang|ngay|tuan|gio|trieu|ty|nghin|dong|nguoi|ho|xa|bo|lan|dieu|khoan)\b)")


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document's number as far as a text writes it.

    Attributes:
        written: as it stands there.
        start, end: where.
        number: the serial number.
        year: four digits, None where it is not written.
        kind: code of the kind of document (`nd`, `qd`; see `KINDS`), None where it is not written.
        issuer: letters and digits of who issued it (`cp`, `ubnd`, `tu`), folded; "" where it is not written.
    """

    written: str
    start: int
    end: int
    number: int
    year: str | None = None
    kind: str | None = None
    issuer: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it says who issued the document, as documents write their own number."""
        return bool(self.issuer)

    @property
    def key(self) -> str:
        """Equal for spellings of the same whole number."""
        return "/".join((str(self.number), self.year or "", self.kind or "", self.issuer))

    def fits(self, other: "DocumentNumber") -> bool:
        """Whether both may be of one document: nothing that both say differs."""
        if self.number != other.number or (self.year and other.year and self.year != other.year):
            return False
        if self.kind and other.kind and self.kind != other.kind:
            return False
        if self.issuer and other.issuer and self.issuer != other.issuer:
            return False
        return bool((self.kind and other.kind) or (self.year and other.year) or (self.issuer and other.issuer))


def find_numbers(text: str) -> list[DocumentNumber]:
    """The documents' numbers in a text, in their order; in a question also short forms (`NĐ 30/2020`, `Nghị định 30`).

    A kind with a bare number behind it counts, unless that counts something (`nghị quyết 5 năm`).
    """
    folded = fold_in_place(text)
    found: list[DocumentNumber] = []
    for pattern in (_WHOLE, _SHORT):
        for match in pattern.finditer(folded):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            read = _read(text, folded, match)
            if read is not None:
                found.append(read)
    return sorted(found, key=lambda number: number.start)


def kind_name(code: str | None) -> str | None:
    """A kind of document written out (`nq` -> `Nghị quyết`), None for an unknown code."""
    return _NAMES.get(code or "")


def kind_code(name: str) -> str | None:
    """The code of a kind of document written out, with or without marks."""
    return _OF_WORDS.get(" ".join(fold_in_place(name).split()))


def _read(text: str, folded: str, match: re.Match[str]) -> DocumentNumber | None:
    groups = match.groupdict()
    said = groups.get("kind")
    kind = _code(" ".join(said.split())) if said else None
    sign = groups.get("sign")
    issuer = ""
    if sign is None:
        bare = not (groups.get("year") or groups.get("said"))
        if bare and (_NOT_COUNTED.match(folded, match.end()) or _YEAR.fullmatch(groups["number"])):
            return None
    else:
        pieces = [piece for piece in re.split(r"[\s\-–/&.]+", sign) if piece]
        own = next((piece for piece in _unglued(pieces) if _ALIKE.get(piece, piece) in _NAMES), None)
        if own is None and kind is None and not _could_issue(text[match.start("number") : match.end("sign")]):
            return None
        rest = _unglued(pieces)
        if own is not None:
            rest.remove(own)
            kind = _code(own)
        issuer = "-".join(rest)
    start = match.start("kind") if said else match.start("number")
    return DocumentNumber(
        written=text[start : match.end()].rstrip(),
        start=start,
        end=start + len(text[start : match.end()].rstrip()),
        number=int(groups["number"]),
        year=groups.get("year") or groups.get("said"),
        kind=kind,
        issuer=issuer,
    )


def _code(written: str) -> str:
    code = _OF_WORDS.get(written, written)
    return _ALIKE.get(code, code)


def _unglued(pieces: list[str]) -> list[str]:
    """The pieces of a sign, the first one cut where a hurried person left out the hyphen (`ndcp`, `qdubnd`)."""
    first = pieces[0]
    if len(pieces) == 1 and first not in _CODES:
        for issuer in _COMMON_ISSUERS:
            code = first.removesuffix(issuer)
            if code != first and code in _CODES:
                return [code, issuer]
    return pieces


_COMMON_ISSUERS = ("ubnd", "hdnd", "cp", "ttg", "tw", "tu", "hu", "qh", "ubtvqh", "bnv", "btc")


def _could_issue(sign: str) -> bool:
    """Whether a number without a kind is one of an office (`12/UBND-NC`, `45/2019/QH14`), not a unit (`5/m2`)."""
    letters = [character for character in sign if character.isalpha()]
    return " " not in sign and sum(map(str.isupper, letters)) * 2 > len(letters) > 1


def written_numbers(text: str) -> Iterator[DocumentNumber]:
    """Only the whole ones, as documents write them."""
    return (number for number in find_numbers(text) if number.is_whole)
