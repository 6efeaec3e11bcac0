"""A small library and an answerer without a model, over the project's real dataclasses."""

import re
import time
from collections.abc import Sequence
from dataclasses import replace

from bot.answers import Answer, Citation, Status
from corpus.models import Document, Passage
from corpus.splitting import sentence_spans, split
from corpus.vietnamese import fold
from embeddings.question.question import Question

STOP = frozenset(
    ["la", "gi", "nao", "ai", "co", "nhung", "cac", "cua", "va", "thi", "o", "dau", "khi", "con", "may", "bao", "nhieu"]
)


def document(name: str, title: str, text: str, published: str | None = None, url: str | None = None) -> Document:
    return Document(name, title, published, "Báo Thử nghiệm" if url else None, None, url, text, name * 2)


LIBRARY = (
    document(
        "trong-cay-2031",
        "Phát động Tết trồng cây năm 2031 <khẩn> & “kịp thời”",
        "Sáng nay xã Bình An tổ chức lễ phát động Tết trồng cây.\n\nChủ đề của Tết trồng cây năm 2031 là "
        "Vì một xã Bình An xanh & sạch <giai đoạn 1>. Phát biểu tại buổi lễ, bà Lê Thị Mận kêu gọi mỗi hộ trồng 3 cây."
        "\n\nXã dự kiến trồng "
        "1.200 cây xoài trước ngày 15/3.",
        "2031-02-10",
        "https://binhan.example.vn/tet-trong-cay",
    ),
    document(
        "thu-vien-2030",
        "Thư viện xã Bình An mở cửa trở lại",
        "Thư viện xã Bình An mở cửa trở lại từ tháng 9 năm 2030.\n\nGiờ mở cửa của thư viện là 7 giờ 30 đến 17 giờ "
        "các ngày trong tuần.\n\nThư viện hiện có 4.500 cuốn sách, trong đó 1.200 cuốn dành cho thiếu nhi.",
        "2030-09",
    ),
    document(
        "nuoc-sach",
        "Kế hoạch cấp nước sạch",
        "Nhà máy nước Bình An có công suất 900 khối mỗi ngày.\n\n"
        "Giá nước sạch là 6.500 đồng mỗi khối, "
        "áp dụng cho mọi hộ dân trong xã.",
    ),
)


class FakeRetriever:
    """The retriever's face, without an index."""

    def __init__(self, library: Sequence[Document], generation: str) -> None:
        self.documents = {found.id: found for found in library}
        self.passages: Sequence[Passage] = [passage for found in library for passage in split(found)]
        self.generation_id = generation

    def passages_of(self, document_id: str) -> Sequence[Passage]:
        return [passage for passage in self.passages if passage.document_id == document_id]

    def passage(self, identifier: str) -> Passage | None:
        return next((passage for passage in self.passages if passage.id == identifier), None)


class FakeAnswerer:
    """Answers by counting shared words; slow, failing or new on demand."""

    def __init__(self, library: Sequence[Document] = LIBRARY, generation: str = "g1", seconds: float = 0.0) -> None:
        self.retriever = FakeRetriever(library, generation)
        self.seconds = seconds
        self.asked: list[Question] = []

    def visible_to(self, groups: frozenset[str] | None) -> "FakeAnswerer":
        return self

    def answer(self, question: Question, top: int = 3) -> Answer:
        needs = question.previous is not None and len(_words(question.text)) < 3
        follows = (question.previous or "") if needs else ""
        return replace(self._alone(question, top), follows=follows, topic=follows)

    def _alone(self, question: Question, top: int) -> Answer:
        self.asked.append(question)
        if self.seconds:
            time.sleep(self.seconds)
        if "nổ tung" in question.text:
            raise ValueError(f"cannot digest {question.text}")
        words = _words(question.text)
        if not words or len(question.text) > 4096:
            notes: tuple[str, ...] = ("Câu hỏi cần có chữ hoặc số.",)
            return Answer(question.text, Status.INVALID, None, (), 0.0, notes, self.retriever.generation_id, 1.0)
        if len(words) < 3 and question.previous:
            words |= _words(question.previous)
        scored = sorted(
            ((len(words & _words(f"{found.text} ")) / len(words), found) for found in self.retriever.passages),
            key=lambda pair: -pair[0],
        )
        citations = tuple(
            self._cite(found, words, score, rank) for rank, (score, found) in enumerate(scored[:top], start=1)
        )
        best = scored[0][0]
        status = Status.ANSWERED if best >= 0.6 else Status.RELATED if best >= 0.3 else Status.NOT_FOUND
        missing = sorted(word for word in re.findall(r"\b[A-ZĐ]\w+ [A-ZĐ]\w+", question.text))
        notes = tuple(f"Không tài liệu nào nhắc đến “{name}”." for name in missing if status is not Status.ANSWERED)
        text = None
        if status is Status.ANSWERED:
            found = re.search(r" là ([^.,]+)", citations[0].quote)
            text = found[1] if found else citations[0].quote.split(",")[0]
        return Answer(question.text, status, text, citations, best, notes, self.retriever.generation_id, 1.0)

    def _cite(self, found: Passage, words: set[str], score: float, rank: int) -> Citation:
        source = self.retriever.documents[found.document_id]
        spans = sentence_spans(found.text)
        start, end = max(spans, key=lambda span: len(words & _words(found.text[span[0] : span[1]])))
        return Citation(source, found, found.text[start:end], source.url and f"{source.url}#:~:text=x", score, rank)


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", fold(text))) - STOP
