"""Clauses asked for by number, over made decisions, regulations and laws: at least 98% are looked up right."""

import random

from corpus.models import Document
from corpus.official.record import read_official
from tests.embeddings.clauses import Clause, of_articles, share_right

KINDS = (
    ("Quyết định số {n}/2022/QĐ-UBND", "Quyết định {n}/2022", "quy định mức thu phí {what}"),
    ("Nghị quyết số {n}/NQ-HĐND", "Nghị quyết {n}", "về phát triển {what} giai đoạn 2021 - 2025"),
    ("Quy chế quản lý {what}", "quy chế quản lý {what}", ""),
    ("Luật {what}", "luật {what}", ""),
)
WHAT = ("chợ", "bến xe", "nghĩa trang", "rừng phòng hộ", "cây xanh", "nước sạch", "làng nghề", "thư viện")
WHERE = ("huyện Minh Phú", "thị xã Tân An")
WORDS = """
cơ quan đơn vị cá nhân tổ chức thực hiện báo cáo kiểm tra hồ sơ thủ tục quản lý sử dụng kinh phí ngân sách trách nhiệm
thời hạn giải quyết đề nghị phê duyệt công khai giám sát xử lý vi phạm khen thưởng
""".split()  # noqa: SIM905 - to be read
ROMAN = ("I", "II", "III", "IV")


def made(number: int) -> tuple[Document, list[Clause]]:
    """A document with chapters, Điều, khoản, điểm and references to its own parts, and its clauses."""
    chance = random.Random(number)
    title, name, subject = KINDS[number % len(KINDS)]
    what = f"{WHAT[number % len(WHAT)]} {WHERE[number // len(WHAT)]}"
    title = f"{title} {subject}".strip().format(n=20 + number, what=what)
    lines: list[str] = []
    articles: list[tuple[str, list[str]]] = []
    for article in range(1, chance.randint(6, 14)):
        if article % 4 == 1 and number % 2:
            words = " ".join(chance.sample(WORDS, 4)).upper()
            lines += [f"Chương {ROMAN[article // 4]}", f"VỀ {words}"]
        lines.append(f"Điều {article}. Về việc {' '.join(chance.sample(WORDS, 3))}")
        clauses = []
        for clause in range(1, chance.randint(2, 6)):
            text = f"{' '.join(chance.sample(WORDS, 9)).capitalize()} theo khoản {chance.randint(1, 3)} Điều {article}"
            points = chance.randint(2, 4) if chance.random() < 0.3 else 0
            parts = [f"{letter}) {' '.join(chance.sample(WORDS, 6)).capitalize()};" for letter in "abcd"[:points]]
            text += ":" if parts else "."
            lines += [f"{clause}. {text}", *parts]
            clauses.append(" ".join([text, *parts]))
        articles.append((str(article), clauses))
    identity = f"d{number}"
    text = "\n\n".join(lines)
    document = Document(identity, title, None, None, None, None, text, "", official=read_official(title, text, None))
    return document, list(of_articles(identity, name.format(n=20 + number, what=what), articles))


def test_clauses_are_looked_up_right() -> None:
    documents, clauses = zip(*(made(number) for number in range(16)), strict=True)
    asked = [clause for each in clauses for clause in each]
    assert len(asked) > 300
    share, wrong = share_right(documents, asked)
    assert share >= 0.98, wrong[:20]
