"""What who has read an answer at a terminal wants to see next: more of its document, or another passage."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from bot.answers import Answer, Citation
from bot.phrases import NO_OTHER, NOTHING_ASKED, NOTHING_TO_SHOW, OPENING, phrases
from bot.small_talk import Remark
from bot.terminal.rendering import indented, plain, print_source
from corpus.models import Passage

WRONG = "Xin lỗi anh/chị."
_OPENING_LENGTH = 1200
"""Characters of a document's beginning that are shown at most, but for its first passage, which is shown whole."""


class ReadingOn:
    """Goes on from the answer given last; a passage that was shown is not shown again as another one."""

    def __init__(self) -> None:
        self._answer: Answer | None = None
        self._place = 0

    def answered(self, answer: Answer) -> None:
        """Remember an answer that was shown, with the first of its citations."""
        self._answer, self._place = answer, 0

    def show(self, screen: Console, said: Remark, passages: Sequence[Passage]) -> None:
        """Show what a remark asks for.

        Args:
            screen: where to.
            said: what was said about the answer given last.
            passages: of the document that `document_id` names, in reading order.
        """
        cited = self._cited
        if cited is None:
            screen.print(Text(NOTHING_TO_SHOW if self._answer else NOTHING_ASKED))
        elif said is Remark.MORE:
            places = [place for place, passage in enumerate(passages) if passage.id == cited.passage.id]
            around = passages[max(places[0] - 1, 0) : places[0] + 2] if places else [cited.passage]
            self._print(screen, cited, [passage.text for passage in around])
        elif said is Remark.SUMMARY:
            screen.print(Text(OPENING))
            self._print(screen, cited, _beginning(passages) or [cited.passage.text])
        else:
            self._show_another(screen, said)

    @property
    def document_id(self) -> str | None:
        """The document of the passage shown last."""
        return self._cited.document.id if self._cited else None

    @property
    def _cited(self) -> Citation | None:
        return self._answer.citations[self._place] if self._answer and self._answer.citations else None

    def _show_another(self, screen: Console, said: Remark) -> None:
        assert self._answer is not None  # noqa: S101 - only called where there is one
        if said is Remark.WRONG:
            screen.print(Text(WRONG))
        if self._place + 1 >= len(self._answer.citations):
            screen.print(Text(NO_OTHER))
            return
        self._place += 1
        citation = self._answer.citations[self._place]
        self._print(screen, citation, [citation.passage.text])

    def _print(self, screen: Console, citation: Citation, texts: Sequence[str]) -> None:
        for text in texts:
            shown = Text(plain(text))
            shown.highlight_words([plain(quote) for quote in citation.quotes], style="bold")
            screen.print(indented(shown))
        assert self._answer is not None  # noqa: S101 - its citation is shown
        print_source(screen, citation, phrases(self._answer.language))


def _beginning(passages: Sequence[Passage]) -> list[str]:
    found: list[str] = []
    for passage in passages:
        if found and sum(map(len, found)) + len(passage.text) > _OPENING_LENGTH:
            break
        found.append(passage.text)
    return found
