"""A small corpus and a small encoder, for tests in which neither the five articles nor the model matter."""

import re
import unicodedata
import zlib
from collections.abc import Sequence

import numpy as np

from corpus.models import Document
from embeddings.encoder.encoder import Progress, Vectors


class WordEncoder:
    """Vectors in which texts with the same words are near each other."""

    fingerprint = "words"
    dimension = 64

    def __init__(self, max_tokens: int = 512) -> None:
        self.max_tokens = max_tokens
        self.read: list[str] = []

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row[0] = 0.1
            for word in re.findall(r"\w+", text.lower()):
                row[zlib.crc32(word.encode()) % self.dimension] += 1
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    def encode_documents(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        self.read += texts
        if on_progress:
            on_progress(len(texts), len(texts))
        return self.encode_questions(texts)

    def token_counts(self, texts: Sequence[str]) -> list[int]:
        return [len(re.findall(r"\w+", text)) for text in texts]


def document(identity: str, title: str, *paragraphs: str) -> Document:
    """A document of these paragraphs."""
    text = unicodedata.normalize("NFC", "\n\n".join(paragraphs))
    return Document(identity, title, "2021-03-05", None, None, None, text, "0" * 64)


LIBRARY = (
    document(
        "giao-thong",
        "Làm đường ở bản Na Phương",
        "Bà con bản Na Phương đã hiến 3.300 m2 đất để làm đường liên bản.",
        "Con đường mới dài 7,5 km, khánh thành ngày 15/11/2017 theo Chỉ thị 18/2000/CT-TTg.",
    ),
    document(
        "y-te",
        "Trạm y tế xã Hòa Sơn",
        "Ông Dương Văn Tiến phụ trách trạm y tế. Ông Dương quê ở xã Dương Quang.",
        "Năm 2020 trạm khám bệnh cho 1.250 người.",
    ),
    document("hop", "Cuộc họp thôn", "Ủy ban nhân dân (UBND) xã chủ trì cuộc họp; mặt trận tổ quốc tham dự."),
)
