"""An HTML page -> the article on it: decoded as declared, its body voted on, its head compared with what is shown."""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree, html
from lxml.html import HtmlElement

from corpus.article.bylines import ending_places
from corpus.article.furniture import read_lines
from corpus.article.furniture.vocabulary import Role, role_of
from corpus.article.page import Dropped, Mark, Page, read_page
from corpus.cleaning import clean, decode
from corpus.dates import Stamp, read_date_line
from corpus.errors import UnreadableError
from corpus.mending import mend_text
from corpus.readers.html.html_blocks import Block, read_blocks, repair_tree, take_out_unseen
from corpus.readers.html.html_body import article_lines
from corpus.readers.html.html_head import Head, read_head
from corpus.readers.html.html_unread import refuse_shells, unread_parts
from corpus.readers.reader_limits import DEFAULT_LIMITS, Limits
from corpus.readers.warning_texts import GUESSED, LEGACY, MENDED
from corpus.vietnamese import fold

_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
_DECLARED_WITHIN = 4096  # bytes; browsers look no further than a quarter of this
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_UNNESTED = frozenset(
    re.split(
        r"\s+",
        "area base br col embed hr img input link meta param source track wbr p li dt dd tr td th thead tbody tfoot "
        "option optgroup colgroup rp rt body html head",
    )
)
_TITLE_WORDS = 3
_BEGINNING = 0.6  # share of a headline that a cut-off one must hold
_AFTER = 3  # lines below the article in which it may be signed
_BEFORE = 8  # lines between headline and article that may tell date and author
_RUNNING = 120  # characters; a line so long is running text
_HALF = 0.5
_HEADING_WORDS = 25
_NUMBERED = re.compile(r"(?:[IVXLC]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)/-]\s|(?:Điều|Chương|Mục|Phần)\s")


def read_html(raw: bytes, limits: Limits = DEFAULT_LIMITS) -> Page:
    """Read a saved or fetched HTML page.

    Raises:
        UnreadableError: if it is empty, no HTML, nested too deeply, or shows no text.
    """
    decoded = decode_html(raw)
    text = mend_text(decoded)
    tree = _parse(text, limits)
    legacy = repair_tree(tree)
    head = read_head(tree)
    left_out = take_out_unseen(tree)
    blocks = read_blocks(tree)
    refuse_shells(tree, blocks)
    if not blocks:
        raise UnreadableError("it is HTML that shows no text")
    page = _understand(blocks, article_lines(tree, blocks), head)
    page = replace(page, unread=tuple(unread_parts(tree, blocks, page, left_out)))
    said = [*((LEGACY,) if legacy else ()), *((MENDED,) if text != decoded else ())]
    return replace(page, warnings=(*page.warnings, *said))


def decode_html(raw: bytes) -> str:
    """Read HTML as it declares its encoding, unless its bytes say otherwise.

    A byte order mark wins, then UTF-8 if the bytes are valid UTF-8, then the declared encoding, then what
    `corpus.cleaning.decode` finds.

    Raises:
        UnreadableError: if there is nothing in it, or it is not text.
    """
    declared = _DECLARED.search(raw[:_DECLARED_WITHIN])
    if declared is None or raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return decode(raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        name = codecs.lookup(declared[1].decode("ascii")).name
    except LookupError:
        return decode(raw)
    if name in ("utf-8", "ascii", "iso8859-1", "cp1252", "utf-16"):  # what editors declare of any page
        return decode(raw)
    text = raw.decode(name, errors="replace")
    return decode(raw) if text.count("\ufffd") > len(text) // 100 else text


def _parse(text: str, limits: Limits) -> HtmlElement:
    text = unicodedata.normalize("NFC", text.replace("\x00", ""))
    if _TAG.search(text) is None:
        raise UnreadableError("it holds no HTML; if it is plain text, name it .txt")
    if _ENTITY.search(text):
        raise UnreadableError("it declares XML entities of its own, which are never expanded")
    depth = _depth(text)
    if depth > limits.depth:
        raise UnreadableError(f"its elements are nested {depth} deep, and the limit is {limits.depth}")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableError("it is HTML that shows no text") from error


def _depth(text: str) -> int:
    depth = deepest = 0
    for closing, name in _TAG.findall(text):
        if name.lower() not in _UNNESTED:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _understand(blocks: Sequence[Block], chosen: Sequence[bool], head: Head) -> Page:
    body = [place for place, taken in enumerate(chosen) if taken]
    if not body:
        return _whole(blocks, head)
    title = _title_place(blocks, body, head)
    text = next((place for place in body if len(blocks[place].text) >= _RUNNING), body[0])
    top = _head_lines(blocks, text, body[0] if title is None else title, known=title is not None)
    after = range(body[-1] + 1, min(body[-1] + 1 + _AFTER, len(blocks)))
    foot = [place for place in after if _signs(blocks[place], right_below=place == after[0])]
    taken = sorted({*top, *foot, *body} if title is None else {title, *top, *foot, *(p for p in body if p > title)})
    page = _read(blocks, taken, title)
    if title is None and page.title:
        guessed = next((place for place in taken if blocks[place].text == page.title), None)
        if guessed is not None:  # what stands above it is the site's
            taken = [place for place in taken if place >= guessed]
            page = _read(blocks, taken, guessed)
        if page.guessed:
            page = replace(page, warnings=(*page.warnings, GUESSED))
    return _with_head(page, head, blocks, set(taken))


def _read(blocks: Sequence[Block], taken: Sequence[int], title: int | None) -> Page:
    return read_page(
        "\n".join(blocks[place].text for place in taken),
        [_mark(blocks[place], is_title=place == title) for place in taken],
        blocks[title].text if title is not None else "",
    )


def _signs(block: Block, *, right_below: bool) -> bool:
    """Whether a line below an article may tell its source, author or date."""
    lines = read_lines(f"-\n{block.text}")  # the first line of a page ends nothing
    return not block.around and (bool(ending_places(lines)) or (right_below and lines[-1].date is not None))


def _head_lines(blocks: Sequence[Block], text: int, first: int, *, known: bool) -> list[int]:
    """Lines above the running text that may tell headline, date and author, from the first line of the article on."""
    start = first if known else max(0, first - _BEFORE)
    free = [place for place in range(start, text) if not blocks[place].around and blocks[place].linked <= _HALF]
    return free[:_BEFORE] + free[-_BEFORE:]


def _whole(blocks: Sequence[Block], head: Head) -> Page:
    marks = [Mark(heading=block.heading > 1, table=block.table, cells=block.cells) for block in blocks]
    page = read_page("\n".join(block.text for block in blocks), marks)
    return _with_head(page, head, blocks, set(range(len(blocks))))


def _title_place(blocks: Sequence[Block], body: Sequence[int], head: Head) -> int | None:
    """The line above or at the start of the article that the head or an h1 gives as its headline."""
    last = body[min(1, len(body) - 1)]
    places = [place for place in range(last + 1) if _could_be_title(blocks[place])]
    for title in head.titles:
        wanted = _plain(title)
        same = [place for place in places if _same_headline(_plain(blocks[place].text), wanted)]
        if same:
            return max(same, key=lambda place: (-(blocks[place].heading or 9), place))
    first = [place for place in places if blocks[place].heading == 1 and not blocks[place].around]
    return first[-1] if first else None


def _could_be_title(block: Block) -> bool:
    return len(block.text.split()) >= _TITLE_WORDS and role_of(block.text) is Role.CONTENT


def _same_headline(shown: str, declared: str) -> bool:
    """Whether a declared headline is the line shown, with the site's name behind it or cut off."""
    if shown == declared or declared.startswith(shown + " "):
        return True
    return shown.startswith(declared) and len(declared) >= len(shown) * _BEGINNING


def _mark(block: Block, *, is_title: bool) -> Mark:
    return Mark(heading=not is_title and _is_heading(block), table=block.table, cells=block.cells)


def _is_heading(block: Block) -> bool:
    if block.table is not None or len(block.text.split()) > _HEADING_WORDS:
        return False
    return block.heading > 0 or (block.bold and (_NUMBERED.match(block.text) is not None or block.text.isupper()))


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def _with_head(page: Page, head: Head, blocks: Sequence[Block], taken: set[int]) -> Page:
    """Complete what is shown by what the head declares, and say where they differ."""
    warnings = list(page.warnings)
    published = page.published
    if head.published is not None and published != head.published:
        if published is None or _only_updated(page):
            published = head.published
        else:
            warnings.append(
                f"It shows the date {published}, while its metadata says {head.published}; the one shown was taken."
            )
    left_out = [
        Dropped(block.text, role if (role := role_of(block.text)) is not Role.CONTENT else Role.LAYOUT)
        for place, block in enumerate(blocks)
        if place not in taken
    ]
    return replace(
        page,
        title=page.title or clean(head.titles[0] if head.titles else ""),
        published=published,
        author=page.author or head.author,
        publisher=page.publisher or head.publisher,
        url=head.url,
        dropped=(*page.dropped, *left_out),
        warnings=tuple(warnings),
    )


def _only_updated(page: Page) -> bool:
    stamps = {
        date.stamp
        for line in page.dropped
        if line.role is Role.DATE and (date := read_date_line(line.text)) is not None
    }
    return stamps == {Stamp.UPDATED}
