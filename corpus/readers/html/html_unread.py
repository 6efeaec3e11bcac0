"""What of an HTML page is not in its text: what scripts make, attached files, pictures, struck-out and hidden text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

from lxml.html import HtmlElement

from corpus.article.furniture.vocabulary import Role, role_of
from corpus.article.page import Page, Unread
from corpus.cleaning import clean
from corpus.errors import UnreadableError
from corpus.readers.html.html_blocks import Block
from corpus.vietnamese import fold

_FILES = frozenset(
    (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".odt", ".ods", ".rtf", ".zip", ".rar", ".7z")
)
_AROUND = frozenset(("nav", "aside", "footer", "header"))
_SHELL = 400  # characters; a page that shows less and waits for scripts has not begun
_SENTENCE = 60
_WAITING = re.compile(r"(?:dang (?:tai|load)|loading|please wait|vui long (?:cho|bat javascript))\b.{0,40}")
_NEEDS_SCRIPT = re.compile(r"javascript", re.IGNORECASE)
_MOUNTS = frozenset(("root", "app", "__next", "__nuxt", "main-app", "application"))
_FEW = 600  # characters; a text so short may be printed on its pictures
_PICTURES = 2
_HIDDEN = 300  # letters; fewer are labels of tools
_NAMED = 5


def refuse_shells(tree: HtmlElement, blocks: Sequence[Block]) -> None:
    """Refuse a page that shows its text only once scripts have run.

    Raises:
        UnreadableError: if it does.
    """
    shown = [block.text for block in blocks if role_of(block.text) is Role.CONTENT and not block.linked]
    sentences = any(len(text) >= _SENTENCE and text.endswith((".", "!", ":", ";")) for text in shown)
    if sentences or sum(map(len, shown)) >= _SHELL or not any(True for _ in tree.iter("script")):
        return
    noscript = " ".join("".join(element.itertext()) for element in tree.iter("noscript"))
    waits = any(_WAITING.fullmatch(fold(text).strip(" .…")) for text in shown)
    if waits or _NEEDS_SCRIPT.search(noscript) or any(_is_mount(element) for element in tree.iter()):
        raise UnreadableError("it is a page that shows its text by JavaScript only; print it to a PDF in a browser")


def unread_parts(tree: HtmlElement, blocks: Sequence[Block], page: Page, left_out: Counter[str]) -> Iterator[Unread]:
    """What the page shows or offers beside what was read of it."""
    files = list(_attached(tree).values())
    if files:
        named = ", ".join(files[:_NAMED]) + (" and others" if len(files) > _NAMED else "")
        what = "1 attached file is" if len(files) == 1 else f"{len(files)} attached files are"
        yield Unread("attachments", len(files), f"{what} not read; the text itself may be in it: {named}.")
    kept = set(page.paragraphs)
    rows = sum(block.table is not None and not block.around and block.text not in kept for block in blocks)
    if rows:
        what = "1 row of a table is" if rows == 1 else f"{rows} rows of tables are"
        yield Unread("rows", rows, f"{what} left out as beside the article.")
    pictures = sum(not (image.get("src") or "").startswith("data:") for image in tree.iter("img"))
    if len(page.text) < _FEW and pictures >= _PICTURES:
        yield Unread("pictures", pictures, f"Its text is short, and {pictures} pictures on it are not read.")
    if count := left_out["struck_out"]:
        what = "1 struck-out piece of text is" if count == 1 else f"{count} struck-out pieces of text are"
        yield Unread("struck_out", count, f"{what} left out.")
    if left_out["hidden"] >= _HIDDEN:
        yield Unread("hidden", left_out["hidden"], f"{left_out['hidden']} letters that the page hides are left out.")


def _is_mount(element: HtmlElement) -> bool:
    """Whether a script builds the page inside this element: it is empty and named for it, or of a kind of its own."""
    tag = element.tag if isinstance(element.tag, str) else ""
    own = "-" in tag and tag.partition("-")[0] in ("app", "ng", "my")
    return own or ((element.get("id") or "").lower() in _MOUNTS and not clean("".join(element.itertext())))


def _attached(tree: HtmlElement) -> dict[str, str]:
    """The files a page links to or shows in a viewer: by the last part of their addresses what they are called."""
    found: dict[str, str] = {}
    for element in tree.iter("a", "iframe", "embed", "object"):
        name = _file_name(element.get("href") or element.get("src") or element.get("data") or "")
        if not name or any(outer.tag in _AROUND for outer in element.iterancestors()):
            continue
        shown = clean("".join(element.itertext()))
        is_name = PurePosixPath(shown).suffix.lower() in _FILES and "/" not in shown
        if is_name or name not in found:
            found[name] = shown[:80] if is_name else name
    return found


def _file_name(address: str) -> str:
    """The name of the document an address leads to, also through a viewer's `?file=`; "" if it is none."""
    try:
        parts = urlsplit(address.strip())
        asked = [value for values in parse_qs(parts.query).values() for value in values]
    except ValueError:
        return ""
    for path in (parts.path, *asked):
        name = PurePosixPath(unquote(path).partition("?")[0]).name
        if PurePosixPath(name).suffix.lower() in _FILES:
            return name[:80]
    return ""
