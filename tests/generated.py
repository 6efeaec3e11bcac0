"""Documents made up by the thousand: sentences out of building blocks, each numbered so that no two are the same."""

import random
from pathlib import Path

_WHO = [
    "Thôn Hòa Bình",
    "Xã Minh Tân",
    "Bản Na Phương",
    "Phường Đông Sơn",
    "Chi hội phụ nữ",
    "Ban Dân vận",
    "Mặt trận Tổ quốc",
]
_DID = [
    "đã vận động",
    "tổ chức họp với",
    "hỗ trợ",
    "khảo sát ý kiến của",
    "hướng dẫn",
    "cùng làm đường với",
    "thăm hỏi",
]
_WHOM = ["hộ dân", "gia đình chính sách", "đoàn viên", "người cao tuổi", "hộ nghèo", "cán bộ cơ sở"]
_WHEN = ["trong quý I", "trước mùa mưa", "từ đầu năm", "sau Tết Nguyên đán", "nhân ngày 15/10"]


def write_documents(folder: Path, count: int, paragraphs: int = 4, sentences: int = 3) -> None:
    """Write `count` text files, the same ones each time."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"bao-cao-{number:04}.txt").write_text(text_of(number, paragraphs, sentences), encoding="utf-8")


def text_of(number: int, paragraphs: int = 4, sentences: int = 3, edition: int = 0) -> str:
    """A document's text; another edition has another last sentence."""
    chosen = random.Random(number)

    def sentence(place: str) -> str:
        who, did, whom, when = (chosen.choice(words) for words in (_WHO, _DID, _WHOM, _WHEN))
        return f"{who} {did} {chosen.randrange(10, 990)} {whom} {when}, theo báo cáo số {number}.{place}."

    body = [
        " ".join(sentence(f"{paragraph + 1}.{place + 1}") for place in range(sentences))
        for paragraph in range(paragraphs)
    ]
    if edition:
        body[-1] += f" Báo cáo được bổ sung lần thứ {edition}."
    return f"Báo cáo công tác dân vận số {number}\n\n" + "\n\n".join(body) + "\n"
