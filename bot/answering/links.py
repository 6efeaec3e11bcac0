"""Addresses under which a person can see a quote at its source; never a made-up one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote as percent_encode

from bot.answering.citation_address import MOST_CITED, Trail, cited, trail_of
from bot.answers import Citation
from corpus.models import Document, Passage

_FRAGMENT_WORDS = 6


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links from what a deployment knows of itself.

    Attributes:
        public_url: where its reader pages are reached, without trailing slash; None if it has none.
        bot_name: the Telegram bot's user name without `@`; None if it is not known.
    """

    public_url: str | None = None
    bot_name: str | None = None

    def together(self, citations: Sequence[Citation]) -> tuple[Citation, ...]:
        """The citations of one answer, so linked that each one's reader page leads on to the others."""
        if not self.public_url or not citations:
            return tuple(citations)
        pages = [trail_of(citations, number).reader_path(one.document.id) for number, one in enumerate(citations)]
        address = self.public_url.rstrip("/")
        return tuple(
            replace(one, link=f"{address}{page}") if number < MOST_CITED else one
            for number, (one, page) in enumerate(zip(citations, pages, strict=True))
        )

    def link(self, document: Document, passage: Passage, quote: str, further: Sequence[str] = ()) -> str | None:
        """The reader page with the quotes marked, else the page's own address, else a `t.me` deep link, else None.

        The page's own address gets a text fragment after the WICG draft "URL Fragment Text Directives": the browser
        scrolls to the quote and highlights it, named by its first and last words.

        Args:
            document: the passage's.
            passage: what is cited.
            quote: the first quote, an exact substring of the passage.
            further: more quotes of the same passage.
        """
        if self.public_url:
            path = Trail((cited(passage, [quote, *further]),)).reader_path(document.id)
            return f"{self.public_url.rstrip('/')}{path}"
        if document.url:
            page = document.url.partition(":~:")[0]
            return f"{page}{'' if '#' in page else '#'}:~:text={_text_directive(quote)}"
        if self.bot_name:
            return f"https://t.me/{self.bot_name}?start=p_{passage.id}"
        return None


def _text_directive(quote: str) -> str:
    words = quote.split()
    if len(words) <= 2 * _FRAGMENT_WORDS:
        return _encode(" ".join(words))
    return f"{_encode(' '.join(words[:_FRAGMENT_WORDS]))},{_encode(' '.join(words[-_FRAGMENT_WORDS:]))}"


def _encode(text: str) -> str:
    """Percent-encode; `-`, `,` and `&` have a meaning of their own in a text directive."""
    return percent_encode(text, safe="").replace("-", "%2D")
