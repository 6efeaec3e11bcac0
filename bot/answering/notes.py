"""What a person is told beside an answer: how the question was read, what no document mentions, what competes."""

from collections.abc import Callable, Iterator, Sequence

from bot.answering.drafts import Draft
from bot.answers import AnswerKind, Citation, Language, Status
from bot.phrases import Phrases, phrases, within_quotes
from corpus.dates import vietnamese_date
from corpus.vietnamese import fold
from embeddings.hits import Search
from embeddings.syllables import tokens

InOneLine = Callable[[str, str], bool]

_COMPETES_FROM = 0.93
_WORDS = 5


def notes(
    search: Search,
    citations: Sequence[Citation],
    draft: Draft,
    language: Language,
    in_one_line: InOneLine = lambda *_: False,
) -> Iterator[str]:
    """Sentences in the language of the question, the most important first.

    Args:
        search: how the question was understood.
        citations: best first.
        draft: of the answer.
        language: of the question.
        in_one_line: whether one of two documents (ids) came in the place of the other: then they do not compete.
    """
    understanding, text = search.understanding, phrases(language)
    shown = [f" {' '.join(tokens(fold(citation.passage.text)))} " for citation in citations]
    for name in understanding.missing:
        if not any(f" {' '.join(tokens(fold(name)))} " in passage for passage in shown):
            yield text.missing.format(name=within_quotes(name))
    yield from understanding.notes
    if understanding.previous:
        yield text.follows.format(question=within_quotes(understanding.previous))
    for phrase, value in understanding.resolved.items():
        yield text.read_as.format(short=within_quotes(phrase), long=value)
    for short, long in understanding.expanded.items():
        if fold(short) != fold(long):
            yield text.read_as.format(short=within_quotes(short), long=within_quotes(long))
    if len(citations) > 1 and not in_one_line(citations[0].document.id, citations[1].document.id):
        yield from _competing(search, citations, draft, text)
    if citations and citations[0].uncertain:
        words = ", ".join(f"“{word}”" for word in citations[0].uncertain[:_WORDS])
        yield text.uncertain.format(words=words)


def unsearched(search: Search, language: Language) -> tuple[str, ...]:
    """What is said, before anything else, where a part of the documents could not be searched."""
    return (phrases(language).part_away,) if search.away else ()


def _competing(search: Search, citations: Sequence[Citation], draft: Draft, text: Phrases) -> Iterator[str]:
    """Two documents that answer about equally well are both named, unless the question names one thing itself."""
    plain = draft.status is Status.ANSWERED and draft.kind in (AnswerKind.SPAN, AnswerKind.SENTENCE)
    if not plain or len(citations) < 2 or search.understanding.named:  # noqa: PLR2004 - a pair
        return
    first, second = citations[0], citations[1]
    if first.document.id != second.document.id and second.score >= _COMPETES_FROM * first.score:
        yield text.two_documents.format(first=_called(first), second=_called(second))


def _called(citation: Citation) -> str:
    published = citation.document.published
    return f"“{within_quotes(citation.document.title)}”" + (f" ({vietnamese_date(published)})" if published else "")
