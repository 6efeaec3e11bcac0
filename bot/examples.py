"""Questions offered to a newcomer: prepared ones that the present documents answer, else the titles of documents."""

from bot.answering.answerer import Answerer
from bot.answers import Status
from embeddings.question.question import Question

EXAMPLES_SHOWN = 3

EXAMPLES = (
    "Năm 2020 được chọn là năm gì?",
    "Hai khâu đột phá trong Năm dân vận 2014 là gì?",
    "Năm 2019 là năm gì?",
    "Cán bộ dân vận phải như thế nào?",
    "Ai phát biểu chỉ đạo tại hội nghị tổng kết?",
    "Buổi tọa đàm bàn về điều gì?",
)
"""Candidates; those the documents do not answer are left out."""


def examples(answerer: Answerer) -> tuple[str, ...]:
    """Three questions for a newcomer."""
    answered = [text for text in EXAMPLES if answerer.answer(Question(text)).status is Status.ANSWERED]
    titles = [document.title for document in answerer.retriever.documents.values()]
    return tuple([*answered, *sorted(titles, key=len), *EXAMPLES][:EXAMPLES_SHOWN])
