"""What a person is told beside an answer: how the question was read, what no document mentions, what competes."""

from collections.abc import Iterator, Sequence

from bot.answers import Citation, Status
from corpus.dates import vietnamese_date
from corpus.vietnamese import fold
from embeddings.hits import Search

_DEPENDS_FROM = 0.5
_COMPETES_FROM = 0.93
_WORDS = 5


def notes(search: Search, citations: Sequence[Citation], status: Status) -> Iterator[str]:
    """Sentences in Vietnamese, the most important first."""
    understanding = search.understanding
    for name in understanding.missing:
        yield f"Không tài liệu nào nhắc đến “{name}”."
    if understanding.inherited and understanding.dependence >= _DEPENDS_FROM:
        yield f"Câu hỏi được hiểu tiếp theo câu trước: “{understanding.inherited}”."
    for phrase, value in understanding.resolved.items():
        yield f"“{phrase}” được hiểu là {value}."
    for short, long in understanding.expanded.items():
        if fold(short) != fold(long):
            yield f"“{short}” được hiểu là “{long}”."
    yield from _competing(search, citations, status)
    if citations and citations[0].uncertain:
        words = ", ".join(f"“{word}”" for word in citations[0].uncertain[:_WORDS])
        yield f"Văn bản được nhận dạng từ bản chụp; chữ chưa chắc trong câu trích: {words}. Xin đối chiếu với bản gốc."


def _competing(search: Search, citations: Sequence[Citation], status: Status) -> Iterator[str]:
    """Two documents that answer about equally well are both named, unless the question names one thing itself."""
    if status is not Status.ANSWERED or len(citations) < 2 or search.understanding.named:  # noqa: PLR2004 - a pair
        return
    first, second = citations[0], citations[1]
    if first.document.id != second.document.id and second.score >= _COMPETES_FROM * first.score:
        yield f"Có hai tài liệu cùng nói về việc này: {_called(first)} và {_called(second)}."


def _called(citation: Citation) -> str:
    published = citation.document.published
    return f"“{citation.document.title}”" + (f" ({vietnamese_date(published)})" if published else "")
