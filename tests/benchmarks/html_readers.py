"""What the HTML readers find alone and by vote: `python -m tests.benchmarks.html_readers`.

Every article among the tests (the five articles and the made-up pages of `tests/corpus/pages`) is printed in the
layouts of `tests/corpus/readers/layouts.py`. Letters are counted: those of the article's paragraphs that are found, and
those found that are none of them. Title, date and names around the text are left out of account.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import html

from corpus.folder.reading_folder import DEFAULT_DOCUMENTS
from corpus.readers.html import html_body
from corpus.readers.html.html_blocks import Block, read_blocks
from corpus.readers.registry import read_bytes
from tests.corpus.readers.layouts import LAYOUTS, Article

PAGES = Path(__file__).parents[1] / "corpus" / "pages"
Voice = Callable[[html.HtmlElement, list[Block]], list[bool]]


def articles() -> Iterator[Article]:
    """What is to be found."""
    for path in sorted(DEFAULT_DOCUMENTS.glob("*.txt")):
        page = read_bytes(path.name, path.read_bytes())
        yield Article(page.title, page.published, page.paragraphs)
    for path in sorted(PAGES.rglob("*.json")):
        said = json.loads(path.read_text("utf-8"))
        yield Article(said["title"], said["published"], tuple(said["kept"]))


def trafilatura(tree: html.HtmlElement, blocks: list[Block]) -> list[bool]:
    """What trafilatura takes for the article."""
    return html_body._found_in(html_body._by_trafilatura(tree), blocks)


def justext(tree: html.HtmlElement, blocks: list[Block]) -> list[bool]:
    """What jusText takes for it."""
    return html_body._found_in(html_body._by_justext(tree), blocks)


def own_rules(tree: html.HtmlElement, blocks: list[Block]) -> list[bool]:
    """What the rules for pages saved as text take for it."""
    return html_body._by_own_rules(blocks, range(len(blocks)))[0]


VOICES: dict[str, Voice] = {
    "trafilatura": trafilatura,
    "jusText": justext,
    "own rules": own_rules,
    "the vote": html_body.article_lines,
}


def main() -> None:
    """Print the figures."""
    known = list(articles())
    print(
        f"{len(known)} articles; share of their letters found / letters found that are not theirs, per letter of theirs"
    )
    print("layout".ljust(12), *(name.rjust(16) for name in VOICES))
    for layout in LAYOUTS:
        shares = [_shares(layout, voice, known) for voice in VOICES.values()]
        print(layout.__name__.ljust(12), *(f"{found:.3f} / {foreign:.3f}".rjust(16) for found, foreign in shares))


def _shares(layout: Callable[[Article], str], voice: Voice, known: list[Article]) -> tuple[float, float]:
    wanted = found = foreign = 0
    for article in known:
        tree = html.document_fromstring(layout(article))
        blocks = read_blocks(tree)
        paragraphs = set(article.paragraphs)
        beside = {article.title, article.shown_date}
        taken = {block.text for block, chosen in zip(blocks, voice(tree, blocks), strict=True) if chosen}
        wanted += sum(map(len, paragraphs))
        found += sum(map(len, taken & paragraphs))
        foreign += sum(
            len(line) for line in taken - paragraphs if not any(line in said or said in line for said in beside)
        )
    return found / wanted, foreign / wanted


if __name__ == "__main__":
    main()
